package io.jenkins.plugins.spectropack.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results for programs. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** Prints one array. */
    static void print(PrintWriter out, List<Map<String, Object>> elements) {
        out.println(text(elements));
        out.flush();
    }

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
