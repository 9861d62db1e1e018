package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.ServerException;
import java.time.Duration;

/** Palette refused something, or could not be reached. The code is Palette's own. */
public final class PaletteException extends ServerException {

    private static final long serialVersionUID = 1L;

    private PaletteException(
            String message, int status, String code, boolean transientFailure, Duration retryAfter, Throwable cause) {
        super(message, status, code, transientFailure, retryAfter, cause);
    }

    /** A failure that would be the same if it were tried again. */
    static PaletteException permanent(String message) {
        return new PaletteException(message, 0, "", false, Duration.ZERO, null);
    }

    /** No whole answer came. */
    static PaletteException unanswered(String message, boolean transientFailure, Throwable cause) {
        return new PaletteException(message, 0, "", transientFailure, Duration.ZERO, cause);
    }

    /** An answer that says no. */
    static PaletteException answered(
            String message, int status, String code, boolean transientFailure, Duration retryAfter) {
        return new PaletteException(message, status, code, transientFailure, retryAfter, null);
    }
}
