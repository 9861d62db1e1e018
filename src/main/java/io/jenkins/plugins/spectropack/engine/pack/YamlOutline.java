package io.jenkins.plugins.spectropack.engine.pack;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The upper levels of a YAML file, all its documents taken together. Reads the parser's events one by one: nothing is
 * constructed, no alias is expanded, and neither memory nor the stack grows with how deep a file nests.
 */
final class YamlOutline {

    /** More than any published pack has in all its manifests. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    // The parser's time grows with the square of a line's length.
    private static final int MAX_LINE = 1024 * 1024;

    private static final int MAX_DEPTH = 200;
    private static final int MAX_ALIASED = 1_000_000;
    private static final int KEPT_LEVELS = 3;

    private final Map<List<String>, Key> keys = new LinkedHashMap<>();
    private final List<Key> duplicates = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Map<String, Long> anchors = new HashMap<>();
    private long aliased;

    private YamlOutline() {}

    /**
     * A key of a mapping.
     *
     * @param name the key itself
     * @param line where it stands, from 1
     * @param text its value, if that is a scalar; else empty
     */
    record Key(String name, int line, String text) {}

    /** A file is not YAML, or not such that other programs would read it. */
    static final class Problem extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        Problem(int line, String message) {
            super(message);
            this.line = line;
        }

        /** Where it is, from 1; 0 if that is not known. */
        int line() {
            return line;
        }
    }

    /** A mapping or sequence that is being read, or a document. */
    private static final class Frame {
        private final boolean mapping;
        private final List<String> path;
        private final String anchor;
        private final Set<String> seen = new HashSet<>();
        private boolean keyComes;
        private Key key;
        private long weight = 1;

        Frame(boolean mapping, List<String> path, String anchor) {
            this.mapping = mapping;
            this.path = path;
            this.anchor = anchor;
            keyComes = mapping;
        }
    }

    /** Whether a file is small enough to be read in a reasonable time. */
    static boolean isReadable(byte[] bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                start = i + 1;
            } else if (i - start >= MAX_LINE) {
                return false;
            }
        }
        return bytes.length <= MAX_BYTES;
    }

    /** Reads a whole file. */
    static YamlOutline of(byte[] bytes) throws Problem {
        YamlOutline outline = new YamlOutline();
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(MAX_BYTES).build();
        try {
            Iterator<Event> events = new Parse(settings)
                    .parseInputStream(new ByteArrayInputStream(bytes))
                    .iterator();
            while (events.hasNext()) {
                outline.read(events.next());
            }
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            throw new Problem(
                    mark.map(Mark::getLine).orElse(-1) + 1,
                    "The file is not YAML"
                            + mark.map(at -> " (line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ")")
                                    .orElse("")
                            + ": " + sentence(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new Problem(0, "The file is not YAML: " + sentence(String.valueOf(e.getMessage())));
        }
        return outline;
    }

    private static String sentence(String message) {
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }

    /** The keys below a path of keys; none if there is no mapping. */
    List<Key> keys(String... path) {
        List<String> parent = List.of(path);
        return keys.entrySet().stream()
                .filter(entry -> entry.getKey().size() == parent.size() + 1
                        && entry.getKey().subList(0, parent.size()).equals(parent))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Keys that stand in a mapping that has them already. */
    List<Key> duplicates() {
        return duplicates;
    }

    private void read(Event event) throws Problem {
        switch (event.getEventId()) {
            case DocumentStart -> {
                anchors.clear();
                frames.clear();
                frames.push(new Frame(false, List.of(), null));
            }
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                begin(event, scalar.getValue());
                end(anchor(scalar), 1);
            }
            case Alias -> {
                begin(event, null);
                end(null, weight((AliasEvent) event));
            }
            case MappingStart, SequenceStart -> {
                List<String> path = begin(event, null);
                if (frames.size() > MAX_DEPTH) {
                    throw new Problem(
                            line(event), "The file nests more than " + MAX_DEPTH + " levels deep. Flatten it.");
                }
                String anchor = anchor((NodeEvent) event);
                if (anchor != null) {
                    anchors.put(anchor, null);
                }
                frames.push(new Frame(event.getEventId() == Event.ID.MappingStart, path, anchor));
            }
            case MappingEnd, SequenceEnd -> {
                Frame frame = frames.pop();
                end(frame.anchor, frame.weight);
            }
            default -> {
                // The stream's and the documents' ends, and comments, say nothing.
            }
        }
    }

    /**
     * Notes a node as the next key or value of what it stands in.
     *
     * @param text of a scalar, else null
     * @return the path of what is in the node; null if that is not kept
     */
    private List<String> begin(Event event, String text) {
        Frame parent = frames.peek();
        if (!parent.mapping) {
            return frames.size() == 1 ? List.of() : null;
        }
        boolean isKey = parent.keyComes;
        parent.keyComes = !isKey;
        if (isKey) {
            parent.key = text == null ? null : new Key(text, line(event), "");
            if (text != null && !parent.seen.add(text)) {
                duplicates.add(parent.key);
            }
            return null;
        }
        if (parent.path == null || parent.key == null || parent.path.size() >= KEPT_LEVELS) {
            return null;
        }
        List<String> path = new ArrayList<>(parent.path);
        path.add(parent.key.name());
        keys.put(List.copyOf(path), new Key(parent.key.name(), parent.key.line(), text == null ? "" : text));
        return path;
    }

    private void end(String anchor, long weight) {
        if (anchor != null) {
            anchors.put(anchor, weight);
        }
        frames.peek().weight += weight;
    }

    /** How many values an alias stands for. Programs that put them all in its place must not drown. */
    private long weight(AliasEvent alias) throws Problem {
        String name = alias.getAlias().getValue();
        if (!anchors.containsKey(name)) {
            throw new Problem(
                    line(alias),
                    "The alias '*" + name + "' refers to nothing. Put the value in quotes if it is no alias.");
        }
        Long weight = anchors.get(name);
        if (weight == null) {
            throw new Problem(line(alias), "The alias '*" + name + "' refers to what it stands in. Remove it.");
        }
        aliased += weight;
        if (aliased > MAX_ALIASED) {
            throw new Problem(
                    line(alias), "The aliases stand for more than " + MAX_ALIASED + " values. Use fewer of them.");
        }
        return weight;
    }

    private static String anchor(NodeEvent event) {
        return event.getAnchor().map(anchor -> anchor.getValue()).orElse(null);
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }
}
