package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the files of a pack differ from those of an archive that is published already. Keeps the first few names only, since an
 * archive of somebody else may hold any number of files.
 */
public final class PackDifference {

    private static final int SHOWN = 20;
    private static final int LONGEST_NAME = 200;

    private final SortedMap<String, Kind> first = new TreeMap<>();
    private String problem;
    private long count;
    private long lineEnds;

    PackDifference() {}

    /** What became of a file. */
    enum Kind {
        NEW("new"),
        GONE("gone"),
        CHANGED("changed"),
        LINE_ENDS("only line ends differ");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Notes a file that differs. */
    void add(String path, Kind kind) {
        count++;
        lineEnds += kind == Kind.LINE_ENDS ? 1 : 0;
        first.put(path, kind);
        if (first.size() > SHOWN) {
            first.remove(first.lastKey());
        }
    }

    /**
     * Notes that an archive cannot be compared.
     *
     * @param text what it is, within a sentence
     */
    void cannotCompare(String text) {
        problem = text;
    }

    /** Whether the files are the same. */
    public boolean isNone() {
        return count == 0 && problem == null;
    }

    /** What differs, in sentences for a log. */
    @Override
    public String toString() {
        if (isNone()) {
            return "No file differs.";
        }
        StringBuilder text = new StringBuilder();
        if (count > 0 && count == lineEnds) {
            text.append("Only line ends differ, in ")
                    .append(first.keySet().stream().map(PackDifference::name).collect(Collectors.joining(", ")));
        } else if (count > 0) {
            text.append("What differs: ")
                    .append(first.entrySet().stream().map(PackDifference::entry).collect(Collectors.joining(", ")));
        }
        if (count > first.size()) {
            text.append(" and ").append(count - first.size()).append(" more");
        }
        if (count > 0) {
            text.append('.');
        }
        if (problem != null) {
            text.append(count > 0 ? " " : "")
                    .append("The archive there ")
                    .append(problem)
                    .append('.');
        }
        return text.toString();
    }

    private static String entry(Map.Entry<String, Kind> file) {
        return name(file.getKey()) + " (" + file.getValue().words + ")";
    }

    private static String name(String path) {
        return Printable.of(path.length() <= LONGEST_NAME ? path : path.substring(0, LONGEST_NAME) + "…");
    }
}
