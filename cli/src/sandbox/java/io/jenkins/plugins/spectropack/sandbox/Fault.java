package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Something that goes wrong with a request. */
public final class Fault {

    private final Effect effect;

    @FunctionalInterface
    private interface Effect {
        Answer around(Call call, PlannedFault plan, Faults.Handling handling) throws IOException, InterruptedException;
    }

    private Fault(Effect effect) {
        this.effect = effect;
    }

    Answer around(Call call, PlannedFault plan, Faults.Handling handling) throws IOException, InterruptedException {
        return effect.around(call, plan, handling);
    }

    /** This fault around another one, such as a delay before a refusal. */
    public Fault and(Fault inner) {
        return new Fault((call, plan, handling) -> around(call, plan, () -> inner.around(call, plan, handling)));
    }

    /** An answer in place of the service's own; the request is read to its end first and has no effect. */
    public static Fault answer(int status, Map<String, String> headers, String body) {
        return new Fault((call, plan, handling) -> Answer.of(status, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** As {@link #answer}, but sent before the request's body is read, whereupon the connection is closed. */
    public static Fault answerEarly(int status, Map<String, String> headers, String body) {
        return new Fault((call, plan, handling) -> Answer.of(status, headers, body.getBytes(StandardCharsets.UTF_8))
                .asEarly());
    }

    /** A refusal by the registry. Source of the shape: OCI distribution specification, "Error Codes". */
    public static Fault registryError(int status, String code, String message) {
        return new Fault((call, plan, handling) -> RegistryError.answer(status, code, message));
    }

    /** A refusal by the API. Source of the shape: Smithy, "AWS JSON 1.1 protocol", "Operation error serialization". */
    public static Fault apiError(int status, String type, String message) {
        return new Fault((call, plan, handling) -> new ApiError(status, type, message).answer());
    }

    /** A refusal by Palette. Source of the shape: Spectro Cloud's client for Go. */
    public static Fault paletteError(int status, String code, String message) {
        return new Fault((call, plan, handling) -> PaletteHandler.error(status, code, message));
    }

    /** The registry's answer to too many requests, with a {@code Retry-After} in whole seconds. */
    public static Fault tooManyRequests(Duration retryAfter) {
        return new Fault((call, plan, handling) -> RegistryError.answer(429, "TOOMANYREQUESTS", "Rate exceeded")
                .with("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /** The API's answer to too many requests. Source: ECR API reference, "Common errors". */
    public static Fault throttled() {
        return apiError(400, "ThrottlingException", "Rate exceeded");
    }

    /** A redirect. */
    public static Fault redirect(int status, String location) {
        return answer(status, Map.of("Location", location), "");
    }

    /** The connection is cut before the request is looked at. */
    public static Fault cut() {
        return new Fault((call, plan, handling) -> {
            throw new ConnectionCut("before the request was handled");
        });
    }

    /** The request takes effect, but the connection is cut before the answer. */
    public static Fault loseAnswer() {
        return new Fault((call, plan, handling) -> {
            handling.run();
            throw new ConnectionCut("after the request was handled");
        });
    }

    /** The connection is cut when half of the request's body was read. */
    public static Fault cutRequestBody() {
        return new Fault((call, plan, handling) -> {
            call.breakHalfway(() -> {
                throw new ConnectionCut("half of the request was read");
            });
            return handling.run();
        });
    }

    /** The connection is cut when half of the answer's body was sent. */
    public static Fault cutAnswerBody() {
        return new Fault((call, plan, handling) -> handling.run().cutHalfway());
    }

    /** Nothing is read or said until {@link PlannedFault#release}; then the request is handled. */
    public static Fault stall() {
        return new Fault((call, plan, handling) -> {
            plan.hold();
            return handling.run();
        });
    }

    /** The request's body is read half-way, the rest after {@link PlannedFault#release}. */
    public static Fault stallRequestBody() {
        return new Fault((call, plan, handling) -> {
            call.breakHalfway(() -> {
                try {
                    plan.hold();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("the sandbox closes");
                }
            });
            return handling.run();
        });
    }

    /** The answer's head is sent, its body after {@link PlannedFault#release}. */
    public static Fault stallAnswerBody() {
        return new Fault((call, plan, handling) -> {
            Answer answer = handling.run();
            return answer.with(() -> {
                try {
                    plan.hold();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("the sandbox closes");
                }
                return answer.body().open();
            });
        });
    }

    /** The request waits before it is handled. */
    public static Fault delay(Duration duration) {
        return new Fault((call, plan, handling) -> {
            plan.pause(duration);
            return handling.run();
        });
    }

    /** The request is handled, but a header of the answer is another one. */
    public static Fault answerHeader(String name, String value) {
        return new Fault((call, plan, handling) -> handling.run().with(name, value));
    }

    /** The request is handled, but a header of the answer is missing. */
    public static Fault withoutAnswerHeader(String name) {
        return new Fault((call, plan, handling) -> handling.run().without(name));
    }

    /** The answer names a digest that the content does not have. */
    public static Fault wrongContentDigest() {
        return answerHeader("Docker-Content-Digest", "sha256:" + "0".repeat(64));
    }

    /** The answer to the start of an upload does not say where to. */
    public static Fault withoutLocation() {
        return withoutAnswerHeader("Location");
    }

    /** The answer to the start of an upload names this place. */
    public static Fault location(String location) {
        return answerHeader("Location", location);
    }
}
