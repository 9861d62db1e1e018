package io.jenkins.plugins.spectropack.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A refusal by the registry. Source of the shape: OCI distribution specification, "Error Codes". */
final class RegistryError extends Exception {

    private final int status;
    private final String code;

    RegistryError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    Answer answer() {
        return answer(status, code, getMessage());
    }

    static Answer answer(int status, String code, String message) {
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of("errors", List.of(Map.of("code", code, "message", message))));
        return Answer.of(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
