package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Finding;

/** Told how publishing goes. Called from several threads at once where packs are published in parallel. */
@FunctionalInterface
public interface PublishListener {

    /** A line for the log: a whole sentence, without a secret. */
    void log(String line);

    /**
     * What the check before publishing found, each once. The log has it too.
     *
     * @param file as the log names it
     */
    default void found(String file, Finding finding) {}

    /**
     * How much of a pack's archive has left this machine.
     *
     * @param pack {@code NAME:VERSION}
     * @param sent bytes so far; starts over when the upload is tried again
     * @param total bytes in all
     */
    default void uploading(String pack, long sent, long total) {}
}
