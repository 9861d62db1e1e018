package io.jenkins.plugins.spectropack.sandbox;

import java.util.Locale;

/**
 * What Palette says of a sync when it is asked once.
 *
 * @param word the status, as Palette writes it
 * @param message what Palette adds; may be empty
 */
public record SyncStep(String word, String message) {

    /** A status without a message. */
    public static SyncStep of(String word) {
        return new SyncStep(word, "");
    }

    boolean isSuccess() {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.equals("success") || lower.equals("completed");
    }

    boolean isEnd() {
        String lower = word.toLowerCase(Locale.ROOT);
        return isSuccess() || lower.equals("failed") || lower.equals("error");
    }
}
