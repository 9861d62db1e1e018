package io.jenkins.plugins.spectropack.engine.util;

/**
 * How far something is that may take long. Runs where the work is done; goes no further than to a {@link ProgressListener}.
 *
 * @param activity what is done
 * @param what to what, as a sentence has it: {@code NAME:VERSION}, or the registry in Palette
 * @param done so far, in the activity's unit; less than before if it starts over
 * @param total all that is to be done; it is over when {@code done} has come to this
 */
public record Progress(Activity activity, String what, long done, long total) {

    /** What may take long; what tells most comes first. */
    public enum Activity {
        /** An archive leaves this machine; in bytes. */
        UPLOADING,
        /** An archive comes to this machine; in bytes. */
        DOWNLOADING,
        /** An archive is written; in bytes of the pack. */
        ARCHIVING,
        /** Packs are checked; in packs. */
        CHECKING,
        /** Somebody else works, and is asked now and then; {@code total} is the longest time in seconds, {@code done} is 0. */
        WAITING
    }

    /** That something is over, however it ended. */
    public static Progress end(Activity activity, String what) {
        return new Progress(activity, what, 0, 0);
    }

    /** Whether it is over. */
    public boolean isOver() {
        return done >= total;
    }
}
