package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A YAML file with its text, so that it can be carried into another and edited in place. Nothing is constructed and no alias is
 * expanded; a file that is too long or nests too deep is refused before anything recurses into it.
 */
final class YamlText {

    /** What the rules for packs read of one file, too. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    /** The parser's time grows with the square of a line's length. */
    private static final int MAX_LINE = 1024 * 1024;

    private static final int MAX_DEPTH = 200;

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(MAX_BYTES)
            // Whoever follows aliases has a limit of its own.
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .setAllowDuplicateKeys(true)
            .setAllowRecursiveKeys(false)
            // The one that knows '~', as the parsers of Helm and Kubernetes do.
            .setSchema(new CoreSchema())
            .build();

    /** Palette and Helm replace these before the file is read as YAML. */
    private static final Pattern MACRO = Pattern.compile("\\{\\{[^{}\n]*}}");

    private static final Pattern LINE_OF_MACRO =
            Pattern.compile("^[ \\t]*\\{\\{[^{}\n]*}}[ \\t]*\r?$", Pattern.MULTILINE);

    private final String text;
    private final List<Node> documents;

    private YamlText(String text, List<Node> documents) {
        this.text = text;
        this.documents = documents;
    }

    /**
     * Reads a file.
     *
     * @param file what to call it in a message
     * @throws PackException if it is not YAML, or too large, or not UTF-8
     */
    static YamlText of(String file, byte[] bytes) throws PackException {
        String text = decode(file, bytes);
        return new YamlText(text, compose(file, text));
    }

    /**
     * The same for a file that may hold macros that stand in no quotes: something of the same length stands in their place for
     * the parser, so that all else is where it is in the text.
     */
    static YamlText withMacros(String file, byte[] bytes) throws PackException {
        String text = decode(file, bytes);
        try {
            return new YamlText(text, compose(file, text));
        } catch (PackException e) {
            String lines = LINE_OF_MACRO
                    .matcher(text)
                    .replaceAll(macro -> " ".repeat(macro.group().length()));
            String plain = MACRO.matcher(lines)
                    .replaceAll(macro -> "x".repeat(macro.group().length()));
            return new YamlText(text, compose(file, plain));
        }
    }

    /** The text of a file in UTF-8, without a byte order mark. */
    static String decode(String file, byte[] bytes) throws PackException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new PackException(file, "The file is not UTF-8. Save it as plain UTF-8.");
        }
    }

    private static List<Node> compose(String file, String text) throws PackException {
        requireReadable(file, text);
        try {
            List<Node> documents = new ArrayList<>();
            new Compose(SETTINGS).composeAllFromString(text).forEach(documents::add);
            return documents;
        } catch (YamlEngineException e) {
            throw problem(file, e);
        }
    }

    /** The parser's events, which tell what a text means and not how it is written. */
    static List<Event> events(String file, String text) throws PackException {
        try {
            List<Event> events = new ArrayList<>();
            new Parse(SETTINGS).parseString(text).forEach(events::add);
            return events;
        } catch (YamlEngineException e) {
            throw problem(file, e);
        }
    }

    private static void requireReadable(String file, String text) throws PackException {
        if (text.length() > MAX_BYTES || text.lines().anyMatch(line -> line.length() > MAX_LINE)) {
            throw new PackException(file, "The file has more than 8 MiB, or a line of more than 1 MiB. Split it.");
        }
        // The anchors of what is open, empty for what has none.
        Deque<String> open = new ArrayDeque<>();
        try {
            for (Event event : new Parse(SETTINGS).parseString(text)) {
                switch (event.getEventId()) {
                    case MappingStart, SequenceStart ->
                        open.push(((NodeEvent) event)
                                .getAnchor()
                                .map(Anchor::getValue)
                                .orElse(""));
                    case MappingEnd, SequenceEnd -> open.pop();
                    case Alias ->
                        requireEnded(file, ((AliasEvent) event).getAlias().getValue(), open);
                    default -> {
                        // Only these nest.
                    }
                }
                if (open.size() > MAX_DEPTH) {
                    throw new PackException(
                            file, "The file nests more than " + MAX_DEPTH + " levels deep. Flatten it.");
                }
            }
        } catch (YamlEngineException e) {
            throw problem(file, e);
        }
    }

    /** The parser never ends where a mapping is to be merged into itself. */
    private static void requireEnded(String file, String alias, Deque<String> open) throws PackException {
        if (open.contains(alias)) {
            throw new PackException(file, "The alias '*" + alias + "' refers to what it stands in. Remove it.");
        }
    }

    private static PackException problem(String file, YamlEngineException e) {
        Optional<Mark> mark =
                e instanceof MarkedYamlEngineException marked ? marked.getProblemMark() : Optional.empty();
        String reason = e instanceof MarkedYamlEngineException marked ? marked.getProblem() : e.getMessage();
        String line = String.valueOf(reason).lines().findFirst().orElse("").strip();
        return new PackException(
                file,
                "The file is not YAML"
                        + mark.map(at -> " (line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ")")
                                .orElse("")
                        + ": " + line + (line.endsWith(".") ? "" : "."));
    }

    /** The text, without a byte order mark. */
    String text() {
        return text;
    }

    /** All documents of the file. */
    List<Node> documents() {
        return documents;
    }

    /** A value of the first document, by a path of keys; the document itself for none. */
    Optional<Node> at(String... path) {
        Optional<Node> node = documents.stream().findFirst();
        for (String key : path) {
            node = node.flatMap(parent -> entry(parent, key)).map(NodeTuple::getValueNode);
        }
        return node;
    }

    /** The entry of a mapping with a key. */
    static Optional<NodeTuple> entry(Node mapping, String key) {
        return mapping instanceof MappingNode node
                ? node.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                                && name.getValue().equals(key))
                        .findFirst()
                : Optional.empty();
    }

    /** Where a scalar stands in the text, first and last; nothing if it is not just that, in its quotes, on one line. */
    Optional<int[]> place(ScalarNode scalar) {
        Optional<Mark> start = scalar.getStartMark();
        Optional<Mark> end = scalar.getEndMark();
        if (scalar.getAnchor().isPresent()
                || start.isEmpty()
                || end.isEmpty()
                || start.get().getLine() != end.get().getLine()) {
            return Optional.empty();
        }
        int from = text.offsetByCodePoints(0, start.get().getIndex());
        int to = text.offsetByCodePoints(0, end.get().getIndex());
        String written = text.substring(from, to);
        boolean isScalar =
                switch (scalar.getScalarStyle()) {
                    case PLAIN -> written.equals(scalar.getValue());
                    case SINGLE_QUOTED -> written.startsWith("'");
                    case DOUBLE_QUOTED -> written.startsWith("\"");
                    default -> false;
                };
        return isScalar && to > from ? Optional.of(new int[] {from, to}) : Optional.empty();
    }
}
