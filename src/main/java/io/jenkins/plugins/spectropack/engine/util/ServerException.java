package io.jenkins.plugins.spectropack.engine.util;

import java.io.IOException;
import java.time.Duration;

/**
 * A server refused something, or could not be reached. The message is a whole sentence for the person who reads the build
 * log: what failed, on what, what the other side answered (its own code and words), what to do. It never holds a credential.
 */
public abstract class ServerException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final boolean transientFailure;
    private final Duration retryAfter;

    /**
     * Takes what is known about a failure.
     *
     * @param status the HTTP status; 0 where there was no answer
     * @param code the code that the other side gave, or an empty string
     * @param transientFailure whether the same request may succeed when it is sent again
     * @param retryAfter how long the other side asked to wait, or zero
     * @param cause or null
     */
    protected ServerException(
            String message, int status, String code, boolean transientFailure, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.transientFailure = transientFailure;
        this.retryAfter = retryAfter;
    }

    /** The HTTP status of the refusal, 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** The error code that the other side gave, such as {@code TAG_INVALID}; empty where there was none. */
    public String code() {
        return code;
    }

    /** Whether the same request may succeed when it is sent again. */
    public boolean isTransient() {
        return transientFailure;
    }

    /** How long the other side asked to wait before the next try; zero where it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
