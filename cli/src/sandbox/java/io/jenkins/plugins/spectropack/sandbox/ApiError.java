package io.jenkins.plugins.spectropack.sandbox;

import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * A refusal by an API of AWS, in ECR's shape. Source of the shape: Smithy, "AWS JSON 1.1 protocol", "Operation error serialization"; source of the
 * statuses: ECR API reference, "Common errors", and each action's "Errors".
 */
final class ApiError extends Exception {

    private static final String JSON = "application/x-amz-json-1.1";

    private final int status;
    private final String type;

    ApiError(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    int status() {
        return status;
    }

    /** AWS' code for it. */
    String type() {
        return type;
    }

    /** A parameter that the service does not take, in ECR's words. */
    static ApiError invalidParameter(String name, String constraint) {
        return new ApiError(
                400,
                "InvalidParameterException",
                "Invalid parameter at '" + name + "' failed to satisfy constraint: '" + constraint + "'");
    }

    Answer answer() {
        return json(status, Map.of("__type", type, "message", getMessage()));
    }

    /** An answer of the API. */
    static Answer json(int status, Object content) {
        return Answer.of(
                status,
                Map.of(
                        "Content-Type",
                        JSON,
                        "x-amzn-RequestId",
                        UUID.randomUUID().toString()),
                JsonMapper.shared().writeValueAsBytes(content));
    }
}
