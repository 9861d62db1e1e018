package io.jenkins.plugins.spectropack.cli.author;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A default value that differs between two versions of a chart.
 *
 * @param path the keys that lead to it
 * @param kind what happened to it
 * @param before what it was; null also if there was none
 * @param after what it is; null also if there is none
 */
record DefaultChange(List<String> path, Kind kind, Object before, Object after) {

    private static final int LONGEST = 60;

    /** What can happen to a default value. */
    enum Kind {
        NEW,
        GONE,
        CHANGED
    }

    /** All differences, in the order of the new defaults, then what is gone. Where a whole map came or went, that is one. */
    static List<DefaultChange> between(Map<String, Object> before, Map<String, Object> after) {
        List<DefaultChange> changes = new ArrayList<>();
        compare(List.of(), before, after, changes);
        return changes;
    }

    private static void compare(
            List<String> parent, Map<String, Object> before, Map<String, Object> after, List<DefaultChange> changes) {
        Set<String> keys = new LinkedHashSet<>(after.keySet());
        keys.addAll(before.keySet());
        for (String key : keys) {
            List<String> path = new ArrayList<>(parent);
            path.add(key);
            Object old = before.get(key);
            Object now = after.get(key);
            if (!before.containsKey(key)) {
                changes.add(new DefaultChange(path, Kind.NEW, null, now));
            } else if (!after.containsKey(key)) {
                changes.add(new DefaultChange(path, Kind.GONE, old, null));
            } else if (old instanceof Map<?, ?> && now instanceof Map<?, ?>) {
                compare(path, YamlData.map(old), YamlData.map(now), changes);
            } else if (!Objects.equals(old, now)) {
                changes.add(new DefaultChange(path, Kind.CHANGED, old, now));
            }
        }
    }

    /** The path as one text. */
    String name() {
        return path.stream()
                .map(key -> key.contains(".") ? "'" + key + "'" : key)
                .collect(Collectors.joining("."));
    }

    /** Whether values hold the old default in its place. */
    boolean isOwnedByDefault(Map<String, Object> values) {
        return kind == Kind.CHANGED && before != null && isSet(values) && before.equals(value(values));
    }

    /** The new default as values that can be laid over others. */
    Map<String, Object> asValues() {
        Object value = after;
        for (int i = path.size() - 1; i >= 0; i--) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put(path.get(i), value);
            value = map;
        }
        return YamlData.map(value);
    }

    private boolean isSet(Map<String, Object> values) {
        Map<String, Object> map = values;
        for (String key : path.subList(0, path.size() - 1)) {
            map = YamlData.map(map.get(key));
        }
        return map.containsKey(path.get(path.size() - 1));
    }

    private Object value(Map<String, Object> values) {
        Object value = values;
        for (String key : path) {
            value = YamlData.map(value).get(key);
        }
        return value;
    }

    /**
     * One line for a person.
     *
     * @param chart whose default it is
     * @param values what the pack sets of that chart's values
     */
    String describe(String chart, Map<String, Object> values) {
        String place = "charts." + chart + "." + name();
        String set = isSet(values) ? " (values.yaml sets it to " + text(value(values)) + ")" : "";
        return switch (kind) {
            case NEW -> "new      " + place + ": " + text(after) + set;
            case GONE -> "gone     " + place + set;
            case CHANGED -> "changed  " + place + ": " + text(before) + " -> " + text(after) + set;
        };
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "{}" : "{" + (map.size() == 1 ? "1 key" : map.size() + " keys") + "}";
        }
        String text = value == null
                ? "null"
                : value instanceof List<?> list
                        ? list.stream().map(DefaultChange::text).collect(Collectors.joining(", ", "[", "]"))
                        : value.equals("") ? "''" : value.toString().strip().replace('\n', ' ');
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
