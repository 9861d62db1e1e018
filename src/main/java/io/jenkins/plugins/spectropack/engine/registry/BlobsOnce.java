package io.jenkins.plugins.spectropack.engine.registry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import land.oras.Descriptor;

/**
 * Sees to it that in one run each blob goes to a repository once, whoever needs it. docker-registry reads a blob for one manifest
 * while a second upload of the same blob replaces it, and refuses the manifest then.
 */
final class BlobsOnce {

    private final Map<String, Presence> blobs = new ConcurrentHashMap<>();

    /** Whether a repository has a blob, as far as this run knows. Whoever holds the lock finds out. */
    private static final class Presence {
        private final ReentrantLock lock = new ReentrantLock();
        private boolean isThere;
    }

    /** Looks for a blob and sends it where it is missing. */
    @FunctionalInterface
    interface Work {

        /** Returns when the repository has the blob. */
        void run() throws RegistryException, InterruptedException;
    }

    /** Does the work unless it was done before; waits for whoever is at it, and tries in turn where that one failed. */
    void ensure(String repository, Descriptor blob, Work work) throws RegistryException, InterruptedException {
        Presence presence = blobs.computeIfAbsent(repository + "@" + blob.getDigest(), any -> new Presence());
        presence.lock.lockInterruptibly();
        try {
            if (!presence.isThere) {
                work.run();
                presence.isThere = true;
            }
        } finally {
            presence.lock.unlock();
        }
    }
}
