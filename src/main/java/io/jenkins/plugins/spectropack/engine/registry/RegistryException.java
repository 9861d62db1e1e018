package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.ServerException;
import java.time.Duration;
import java.util.Optional;

/** A registry or AWS refused something, or could not be reached. The code is one of OCI distribution or of AWS. */
public final class RegistryException extends ServerException {

    private static final long serialVersionUID = 1L;

    private final boolean freshLogin;
    private final String missingAction;

    private RegistryException(
            String message,
            int status,
            String code,
            boolean transientFailure,
            Duration retryAfter,
            boolean freshLogin,
            String missingAction,
            Throwable cause) {
        super(message, status, code, transientFailure, retryAfter, cause);
        this.freshLogin = freshLogin;
        this.missingAction = missingAction;
    }

    /** A failure that would be the same if it were tried again. */
    public static RegistryException permanent(String message) {
        return new RegistryException(message, 0, "", false, Duration.ZERO, false, "", null);
    }

    /** A failure that would be the same if it were tried again, and what it came from. */
    public static RegistryException permanent(String message, Throwable cause) {
        return new RegistryException(message, 0, "", false, Duration.ZERO, false, "", cause);
    }

    /** A failure of the network, or of a server for the moment: worth another try. */
    static RegistryException transientFailure(String message, Throwable cause) {
        return new RegistryException(message, 0, "", true, Duration.ZERO, false, "", cause);
    }

    /**
     * A refusal with an HTTP status.
     *
     * @param status the HTTP status
     * @param code the code that the other side gave (OCI distribution or AWS), or an empty string
     * @param retryAfter how long the other side asked to wait, or zero
     * @param missingAction the IAM action that AWS says is not allowed, if it says so
     */
    static RegistryException answered(
            String message,
            int status,
            String code,
            boolean transientFailure,
            Duration retryAfter,
            Optional<String> missingAction) {
        return new RegistryException(
                message, status, code, transientFailure, retryAfter, false, missingAction.orElse(""), null);
    }

    /** The same refusal, of a login that can be fetched anew. */
    RegistryException withFreshLogin() {
        return new RegistryException(
                getMessage(), status(), code(), isTransient(), retryAfter(), true, missingAction, getCause());
    }

    /** The same refusal, of what the registry may take in a moment. */
    RegistryException asTransient() {
        return new RegistryException(
                getMessage(), status(), code(), true, retryAfter(), freshLogin, missingAction, getCause());
    }

    /** Whether the registry refused the login and a fresh one can be had. */
    boolean deservesFreshLogin() {
        return freshLogin;
    }

    /** Whether AWS says that the IAM policy lacks an action, such as {@code ecr:BatchGetImage}. */
    boolean lacks(String action) {
        return missingAction.equals(action);
    }
}
