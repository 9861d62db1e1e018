package io.jenkins.plugins.spectropack.registry;

import java.io.IOException;
import java.time.Duration;

/**
 * A registry or AWS refused something, or could not be reached. The message is a whole sentence for the person who reads
 * the build log: what failed, on what, what the other side answered (its own code and words), what to do. It never holds
 * a credential.
 */
public final class RegistryException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final boolean transientFailure;
    private final Duration retryAfter;
    private final boolean freshLogin;

    private RegistryException(
            String message,
            int status,
            String code,
            boolean transientFailure,
            Duration retryAfter,
            boolean freshLogin,
            Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.transientFailure = transientFailure;
        this.retryAfter = retryAfter;
        this.freshLogin = freshLogin;
    }

    /** A failure that would be the same if it were tried again. */
    public static RegistryException permanent(String message) {
        return new RegistryException(message, 0, "", false, Duration.ZERO, false, null);
    }

    /** A failure that would be the same if it were tried again, and what it came from. */
    public static RegistryException permanent(String message, Throwable cause) {
        return new RegistryException(message, 0, "", false, Duration.ZERO, false, cause);
    }

    /** A failure of the network, or of a server for the moment: worth another try. */
    static RegistryException passing(String message, Throwable cause) {
        return new RegistryException(message, 0, "", true, Duration.ZERO, false, cause);
    }

    /**
     * A refusal with an HTTP status.
     *
     * @param status the HTTP status
     * @param code the code that the other side gave (OCI distribution or AWS), or an empty string
     * @param retryAfter how long the other side asked to wait, or zero
     */
    static RegistryException answered(
            String message, int status, String code, boolean transientFailure, Duration retryAfter, Throwable cause) {
        return new RegistryException(message, status, code, transientFailure, retryAfter, false, cause);
    }

    /** The same refusal, of a login that can be fetched anew. */
    RegistryException withFreshLogin() {
        return new RegistryException(getMessage(), status, code, transientFailure, retryAfter, true, getCause());
    }

    /** Whether the registry refused the login and a fresh one can be had. */
    boolean deservesFreshLogin() {
        return freshLogin;
    }

    /** The HTTP status of the refusal, 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** The error code that the registry or AWS gave, such as {@code TAG_INVALID}; empty where there was none. */
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
