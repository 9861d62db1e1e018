package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;

/** Told how publishing goes. Called from several threads at once where packs are published in parallel. */
@FunctionalInterface
public interface PublishListener extends ProgressListener {

    /**
     * All packs are valid, and the registry let us in.
     *
     * @param packs how many are to be published
     */
    default void begins(int packs) {}

    /**
     * A pack has come to its end, published or not, while others may still be under way. Palette was not asked about it yet;
     * that is said by the result.
     *
     * @param pack as the result will have it, but for Palette
     */
    default void ended(PublishedPack pack) {}

    /**
     * How much of a pack's archive has left this machine.
     *
     * @param pack {@code NAME:VERSION}
     * @param sent bytes so far; starts over when the upload is tried again
     * @param total bytes in all
     */
    default void uploading(String pack, long sent, long total) {}
}
