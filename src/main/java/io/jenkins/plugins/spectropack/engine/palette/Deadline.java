package io.jenkins.plugins.spectropack.engine.palette;

import java.time.Duration;

/** When waiting for Palette ends. */
final class Deadline {

    private static final int SHOWN_AS_SECONDS = 120;

    private final Duration allowed;
    private final long end;

    private Deadline(Duration allowed) {
        this.allowed = allowed;
        end = System.nanoTime() + allowed.toNanos();
    }

    static Deadline in(Duration allowed) {
        return new Deadline(allowed);
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** How long it was when it began, as a sentence has it. */
    String words() {
        return words(allowed);
    }

    /** Waits, but not beyond the end. */
    void sleep(Duration pause) throws InterruptedException {
        long left = Math.max(0, end - System.nanoTime());
        Thread.sleep(Math.min(pause.toMillis(), left / 1_000_000 + 1));
    }

    /** A duration as a sentence has it. */
    static String words(Duration duration) {
        if (duration.toSeconds() >= SHOWN_AS_SECONDS && duration.toSeconds() % 60 == 0) {
            return duration.toMinutes() + " min";
        }
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
