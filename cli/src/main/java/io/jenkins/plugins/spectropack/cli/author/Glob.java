package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell pattern as Go's {@code path/filepath} has them: {@code *} and {@code ?} for anything but a slash, {@code [a-z]},
 * {@code [^a-z]}, and a backslash before what stands for itself. Matching takes time in the product of both lengths at most.
 */
final class Glob {

    private final List<Part> parts;

    private Glob(List<Part> parts) {
        this.parts = parts;
    }

    /** One place of a pattern: a star, or what one character may be, as pairs of the first and the last. */
    private record Part(boolean star, boolean negated, List<int[]> ranges) {

        boolean takes(int character) {
            boolean inRange = ranges.stream().anyMatch(range -> range[0] <= character && character <= range[1]);
            return inRange != negated;
        }
    }

    /**
     * Reads a pattern.
     *
     * @param line what to name in a message
     * @throws PackException if it is none
     */
    static Glob of(String pattern, String line) throws PackException {
        return new Glob(new Reader(pattern.codePoints().toArray(), line).parts());
    }

    /** Whether a whole name matches. */
    boolean matches(String name) {
        int[] text = name.codePoints().toArray();
        int part = 0;
        int at = 0;
        int lastStar = -1;
        int startOfLastStar = 0;
        while (at < text.length) {
            if (part < parts.size() && parts.get(part).star()) {
                lastStar = part++;
                startOfLastStar = at;
            } else if (part < parts.size() && parts.get(part).takes(text[at])) {
                part++;
                at++;
            } else if (lastStar >= 0 && text[startOfLastStar] != '/') {
                part = lastStar + 1;
                at = ++startOfLastStar;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part).star()) {
            part++;
        }
        return part == parts.size();
    }

    private static final class Reader {

        private static final Part STAR = new Part(true, false, List.of());
        private static final Part ANY = new Part(false, true, List.of(new int[] {'/', '/'}));

        private final int[] pattern;
        private final String line;
        private int at;

        Reader(int[] pattern, String line) {
            this.pattern = pattern;
            this.line = line;
        }

        List<Part> parts() throws PackException {
            List<Part> parts = new ArrayList<>();
            while (at < pattern.length) {
                switch (pattern[at]) {
                    case '*' -> {
                        parts.add(STAR);
                        at++;
                    }
                    case '?' -> {
                        parts.add(ANY);
                        at++;
                    }
                    case '[' -> parts.add(choice());
                    default -> {
                        int character = escaped();
                        parts.add(new Part(false, false, List.of(new int[] {character, character})));
                    }
                }
            }
            return parts;
        }

        private Part choice() throws PackException {
            at++;
            boolean negated = at < pattern.length && pattern[at] == '^';
            if (negated) {
                at++;
            }
            List<int[]> ranges = new ArrayList<>();
            while (ranges.isEmpty() || at >= pattern.length || pattern[at] != ']') {
                int first = end();
                int last = first;
                if (at < pattern.length && pattern[at] == '-') {
                    at++;
                    last = end();
                }
                ranges.add(new int[] {first, last});
            }
            at++;
            return new Part(false, negated, ranges);
        }

        /** The end of a range, which may neither be missing nor stand there bare if it has a meaning. */
        private int end() throws PackException {
            if (at >= pattern.length || pattern[at] == '-' || pattern[at] == ']') {
                throw bad();
            }
            return escaped();
        }

        private int escaped() throws PackException {
            if (pattern[at] == '\\' && ++at >= pattern.length) {
                throw bad();
            }
            return pattern[at++];
        }

        private PackException bad() {
            return new PackException(
                    HelmIgnore.FILE,
                    "The pattern '" + line + "' is none that Helm takes: it has a '[' without its ']', or ends with a"
                            + " '\\'. Mend it.");
        }
    }
}
