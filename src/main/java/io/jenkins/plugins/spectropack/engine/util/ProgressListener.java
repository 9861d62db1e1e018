package io.jenkins.plugins.spectropack.engine.util;

/** Told what happens while a server is talked to. Called from several threads at once. */
@FunctionalInterface
public interface ProgressListener {

    /** A line for the log: a whole sentence, without a secret. */
    void log(String line);

    /** A line for the log of those who want to know more. */
    default void detail(String line) {}

    /** Whether anybody wants to know more, where it costs something to find out. */
    default boolean wantsDetails() {
        return false;
    }

    /** How far something is that may take long; called often. */
    default void progress(Progress progress) {}
}
