package io.jenkins.plugins.spectropack.engine.pack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The upper levels of a YAML file. Reads the parser's events one by one: nothing is constructed, no alias is expanded, and
 * neither memory nor the stack grows with how deep a file nests or how much it holds. What Go programs read, such as Helm and
 * Kubernetes, is read; what they refuse is told apart, as doubts.
 */
final class YamlOutline {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_ALIASED = 1_000_000;
    private static final int KEPT_LEVELS = 6;
    private static final int KEPT_NODES = 50_000;
    private static final int WATCHED_KEYS = 200_000;

    private final List<YamlNode> documents = new ArrayList<>();
    private final List<YamlNode.Key> duplicates = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Map<String, Long> anchors = new HashMap<>();
    private final GoYaml go;
    private long moreDuplicates;
    private long aliased;
    private int nodes;
    private int watched;

    private YamlOutline(String text) {
        go = new GoYaml(text);
    }

    /** A mapping or sequence that is being read, or a document. */
    private static final class Frame {
        private final boolean mapping;
        private final YamlNode node;
        private final String anchor;
        private final Set<String> seen = new HashSet<>();
        private boolean keyComes;
        private String key;
        private int keyLine;
        private long weight = 1;

        /** Without a node if what is in it is not kept. */
        Frame(boolean mapping, YamlNode node, String anchor) {
            this.mapping = mapping;
            this.node = node;
            this.anchor = anchor;
            keyComes = mapping;
        }
    }

    /** Reads a whole file. */
    static YamlOutline of(byte[] bytes) throws YamlProblem {
        String text = YamlText.decode(bytes);
        try {
            return parse(text);
        } catch (YamlProblem e) {
            String asGoReads = YamlText.asGoReads(text);
            if (asGoReads.equals(text)) {
                throw e;
            }
            try {
                return parse(asGoReads);
            } catch (YamlProblem worse) {
                throw e;
            }
        }
    }

    private static YamlOutline parse(String text) throws YamlProblem {
        YamlOutline outline = new YamlOutline(text);
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(YamlText.MAX_BYTES).build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            while (events.hasNext()) {
                outline.read(events.next());
            }
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            throw new YamlProblem(
                    mark.map(Mark::getLine).orElse(-1) + 1,
                    "The file is not YAML"
                            + mark.map(at -> " (line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ")")
                                    .orElse("")
                            + ": " + sentence(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new YamlProblem(0, "The file is not YAML: " + sentence(String.valueOf(e.getMessage())));
        }
        return outline;
    }

    private static String sentence(String message) {
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }

    /** The documents in the file, without those that hold nothing. */
    List<YamlNode> documents() {
        return documents;
    }

    /** The keys below a path of keys, of all documents; none if there is no mapping. */
    List<YamlNode.Key> keys(String... path) {
        List<YamlNode.Key> keys = new ArrayList<>();
        for (YamlNode document : documents) {
            Optional<YamlNode> node = Optional.of(document);
            for (String key : path) {
                node = node.flatMap(parent -> parent.get(key));
            }
            node.ifPresent(parent -> keys.addAll(parent.keys()));
        }
        return keys;
    }

    /** Keys that stand in a mapping that has them already, the first so many of them. */
    List<YamlNode.Key> duplicates() {
        return duplicates;
    }

    /** How many more such keys there are. */
    long moreDuplicates() {
        return moreDuplicates;
    }

    /** What go-yaml would refuse. */
    List<GoYaml.Doubt> doubts() {
        return go.doubts();
    }

    private void read(Event event) throws YamlProblem {
        go.read(event);
        switch (event.getEventId()) {
            case DocumentStart -> {
                anchors.clear();
                frames.clear();
                frames.push(new Frame(false, null, null));
            }
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
                boolean nothing = plain && isNull(scalar.getValue());
                begin(event, nothing ? YamlNode.Kind.NOTHING : YamlNode.Kind.SCALAR, scalar.getValue(), plain);
                end(anchor(scalar), 1);
            }
            case Alias -> {
                begin(event, YamlNode.Kind.ALIAS, null, false);
                end(null, weight((AliasEvent) event));
            }
            case MappingStart, SequenceStart -> {
                boolean mapping = event.getEventId() == Event.ID.MappingStart;
                YamlNode node = begin(event, mapping ? YamlNode.Kind.MAPPING : YamlNode.Kind.SEQUENCE, null, false);
                if (frames.size() > MAX_DEPTH) {
                    throw new YamlProblem(
                            line(event), "The file nests more than " + MAX_DEPTH + " levels deep. Flatten it.");
                }
                String anchor = anchor((NodeEvent) event);
                if (anchor != null) {
                    anchors.put(anchor, null);
                }
                frames.push(new Frame(mapping, node, anchor));
            }
            case MappingEnd, SequenceEnd -> {
                Frame frame = frames.pop();
                watched -= frame.seen.size();
                end(frame.anchor, frame.weight);
            }
            default -> {
                // The stream's and the documents' ends, and comments, say nothing.
            }
        }
    }

    private static boolean isNull(String plain) {
        return switch (plain) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    /**
     * Notes a node as the next key or value of what it stands in.
     *
     * @param text of a scalar, else null
     * @return null if it is not kept, or is a key
     */
    private YamlNode begin(Event event, YamlNode.Kind kind, String text, boolean plain) {
        Frame parent = frames.peek();
        if (parent.mapping && parent.keyComes) {
            parent.keyComes = false;
            key(parent, event, text);
            return null;
        }
        parent.keyComes = parent.mapping;
        boolean isDocument = frames.size() == 1;
        boolean belongs = isDocument || parent.node != null && (!parent.mapping || parent.key != null);
        if (!belongs) {
            return null;
        }
        if (frames.size() > KEPT_LEVELS || nodes >= KEPT_NODES) {
            if (!isDocument) {
                parent.node.notWhole();
            }
            return null;
        }
        nodes++;
        YamlNode node = new YamlNode(kind, line(event), text == null ? "" : text, plain);
        if (isDocument) {
            if (kind != YamlNode.Kind.NOTHING) {
                documents.add(node);
            }
        } else if (parent.mapping) {
            parent.node.keys().add(new YamlNode.Key(parent.key, parent.keyLine, node));
        } else {
            parent.node.elements().add(node);
        }
        return node;
    }

    private void key(Frame parent, Event event, String text) {
        parent.key = text;
        parent.keyLine = line(event);
        if (text == null) {
            return;
        }
        if (parent.seen.contains(text)) {
            if (duplicates.size() < FindingList.PER_FILE) {
                duplicates.add(new YamlNode.Key(text, parent.keyLine, null));
            } else {
                moreDuplicates++;
            }
        } else if (watched < WATCHED_KEYS) {
            watched++;
            parent.seen.add(text);
        }
    }

    private void end(String anchor, long weight) {
        if (anchor != null) {
            anchors.put(anchor, weight);
        }
        frames.peek().weight += weight;
    }

    /** How many values an alias stands for. Programs that put them all in its place must not drown. */
    private long weight(AliasEvent alias) throws YamlProblem {
        String name = alias.getAlias().getValue();
        if (!anchors.containsKey(name)) {
            throw new YamlProblem(
                    line(alias),
                    "The alias '*" + name + "' refers to nothing. Put the value in quotes if it is no alias.");
        }
        Long weight = anchors.get(name);
        if (weight == null) {
            throw new YamlProblem(line(alias), "The alias '*" + name + "' refers to what it stands in. Remove it.");
        }
        aliased += weight;
        if (aliased > MAX_ALIASED) {
            throw new YamlProblem(
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
