package io.jenkins.plugins.spectropack.engine.util;

import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that somebody else wrote, as a tree. A tree takes many times the memory of its text where that holds nothing but brackets,
 * so a text of however few bytes may hold a bounded number of values only.
 */
public final class JsonTree {

    /** Many more than any answer of Palette has, or the index of ten thousands of packs. */
    private static final int MOST_VALUES = 400_000;

    private JsonTree() {}

    /**
     * Reads a whole text.
     *
     * @throws tools.jackson.core.JacksonException if it is no JSON, or holds too much
     */
    public static JsonNode read(byte[] json) {
        try (JsonParser parser = JsonMapper.shared().createParser(json)) {
            int values = 0;
            while (parser.nextToken() != null) {
                boolean isValue = parser.currentToken().isScalarValue()
                        || parser.currentToken().isStructStart();
                if (isValue && ++values > MOST_VALUES) {
                    throw new StreamReadException(parser, "There are more than " + MOST_VALUES + " values.");
                }
            }
        }
        return JsonMapper.shared().readTree(json);
    }
}
