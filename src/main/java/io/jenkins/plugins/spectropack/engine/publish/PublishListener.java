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

    /** Whether it shows what {@link #progress} tells; if not, it is told in a line every 15 s. */
    default boolean showsProgress() {
        return false;
    }

    /** How far everything is that takes long, for a log: a whole sentence. */
    default void logProgress(String line) {
        log(line);
    }
}
