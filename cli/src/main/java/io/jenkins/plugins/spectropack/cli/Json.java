package io.jenkins.plugins.spectropack.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results for programs: one array on standard output. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    static void print(PrintWriter out, List<Map<String, Object>> elements) {
        out.println(MAPPER.writeValueAsString(elements));
        out.flush();
    }
}
