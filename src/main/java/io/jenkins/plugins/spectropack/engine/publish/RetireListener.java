package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;

/** Told how retiring goes. */
@FunctionalInterface
public interface RetireListener extends ProgressListener {

    /**
     * It was said what goes, and now it does.
     *
     * @param versions how many go
     */
    default void retires(int versions) {}

    /**
     * A version that was to go has come to its end, deleted or not, while others are still to go.
     *
     * @param pack as the result will have it
     */
    default void retired(RetiredPack pack) {}
}
