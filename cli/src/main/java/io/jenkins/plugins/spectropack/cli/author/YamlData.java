package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML as plain maps, lists and strings, where scalars keep how they are written ({@code 1.10} stays that) and {@code null} is
 * null. Aliases are followed up to a limit, so that a few lines cannot stand for more values than fit into memory.
 */
final class YamlData {

    private static final int MAX_VALUES = 1_000_000;
    private static final int MAX_DEPTH = 1000;
    private static final String MERGE = "<<";

    private final String file;
    private int values;
    private int depth;

    private YamlData(String file) {
        this.file = file;
    }

    /**
     * The values of a node.
     *
     * @param file what to call the file in a message
     * @throws PackException if aliases stand for too many values
     */
    static Object of(String file, Node node) throws PackException {
        return new YamlData(file).value(node);
    }

    /** The same for a whole file, of which the first document counts; an empty map if that is no mapping. */
    static Map<String, Object> of(String file, YamlText yaml) throws PackException {
        return yaml.documents().isEmpty()
                ? Map.of()
                : map(of(file, yaml.documents().get(0)));
    }

    /** A value as a map; an empty one if it is none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** A value as text; empty if it is none. */
    static String text(Object value) {
        return value instanceof String text ? text : "";
    }

    /** One set of values over another, as Helm lays a user's values over a chart's: maps are joined, all else replaced. */
    static Map<String, Object> over(Map<String, Object> defaults, Map<String, Object> values) {
        Map<String, Object> result = new LinkedHashMap<>(defaults);
        values.forEach((key, value) -> {
            Object before = result.get(key);
            result.put(
                    key,
                    before instanceof Map<?, ?> && value instanceof Map<?, ?> ? over(map(before), map(value)) : value);
        });
        return result;
    }

    private Object value(Node node) throws PackException {
        if (++values > MAX_VALUES) {
            throw new PackException(
                    file, "The file holds more than " + MAX_VALUES + " values, aliases followed. Split it.");
        }
        if (++depth > MAX_DEPTH) {
            throw new PackException(
                    file,
                    "The file nests more than " + MAX_DEPTH + " levels deep, aliases followed, or holds an alias that"
                            + " refers to what it stands in. Flatten it.");
        }
        Object value = any(node);
        depth--;
        return value;
    }

    private Object any(Node node) throws PackException {
        if (node instanceof MappingNode mapping) {
            return mapping(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                list.add(value(element));
            }
            return list;
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue();
    }

    private Map<String, Object> mapping(MappingNode mapping) throws PackException {
        Map<String, Object> merged = new LinkedHashMap<>();
        Map<String, Object> own = new LinkedHashMap<>();
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                Object value = value(tuple.getValueNode());
                if (key.getValue().equals(MERGE) && key.isPlain()) {
                    List<?> sources = value instanceof List<?> list ? list : List.of(map(value));
                    sources.forEach(source -> map(source).forEach(merged::putIfAbsent));
                } else {
                    own.put(key.getValue(), value);
                }
            }
        }
        merged.putAll(own);
        return merged;
    }
}
