package io.jenkins.plugins.spectropack.engine.palette;

import java.util.Locale;

/**
 * How the sync of a registry goes. Source of the words: what Spectro Cloud's Terraform provider waits for.
 *
 * @param supported whether the registry can be synced at all
 * @param word Palette's word for it, which comes in any case; may be empty
 * @param message what Palette says about it; may be empty
 * @param times when Palette last ran and completed it, as Palette writes that; only compared
 */
record SyncStatus(boolean supported, String word, String message, String times) {

    /** What a word means. */
    enum Phase {
        /** Nothing is known of a sync, or it has not begun. */
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /** A word that is not known means that it goes on: Palette may have learnt new ones. */
    Phase phase() {
        return switch (word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")) {
            case "", "unknown", "pending" -> Phase.WAITING;
            case "success", "completed" -> Phase.DONE;
            case "failed", "error" -> Phase.FAILED;
            default -> Phase.RUNNING;
        };
    }

    /** As a log line has it: Palette's word, and its message. */
    String words() {
        String shown = word.isEmpty() ? "not begun" : word;
        return message.isEmpty() ? shown : shown + " (" + message + ")";
    }
}
