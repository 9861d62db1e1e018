package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Finds the texts in a {@code pack.json} that a new version changes, by where they stand in the file. */
final class PackJsonEditor {

    static final String FILE = "pack.json";

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final int TOP = 1;
    private static final int IN_ARRAY = 2;

    private final String text;
    private final List<Value> charts = new ArrayList<>();
    private Value version;

    /** A text in the file, with its quotes. */
    private record Value(String value, int start, int end) {}

    /**
     * Reads a file.
     *
     * @throws PackException if it has no version that is a text
     */
    PackJsonEditor(String text) throws PackException {
        this.text = text;
        try (JsonParser parser = MAPPER.createParser(text)) {
            int depth = 0;
            String key = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && depth == TOP) {
                    key = parser.currentName();
                } else if (token == JsonToken.VALUE_STRING) {
                    if (depth == TOP && key.equals("version")) {
                        version = value(parser);
                    } else if (depth == IN_ARRAY && key.equals("charts")) {
                        charts.add(value(parser));
                    }
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        } catch (JacksonException e) {
            throw new PackException(FILE, "The file is not JSON: " + e.getOriginalMessage());
        }
        if (version == null) {
            throw new PackException(FILE, "The key 'version' is missing, or its value is no string in quotes.");
        }
    }

    private static Value value(JsonParser parser) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        // The parser reads a text to its end only if it is asked for it.
        String value = parser.getString();
        return new Value(value, start, (int) parser.currentLocation().getCharOffset());
    }

    String version() {
        return version.value();
    }

    /** The paths of the pack's charts. */
    List<String> charts() {
        return charts.stream().map(Value::value).toList();
    }

    /** What makes another version of the pack. */
    TextEdit toVersion(String other) {
        return new TextEdit(version.start(), version.end(), MAPPER.writeValueAsString(other));
    }

    /** What names another file in a chart's place, once for each time that it is named. */
    List<TextEdit> toChart(String path, String other) {
        return charts.stream()
                .filter(chart -> chart.value().equals(path))
                .map(chart -> new TextEdit(chart.start(), chart.end(), MAPPER.writeValueAsString(other)))
                .toList();
    }

    String text() {
        return text;
    }
}
