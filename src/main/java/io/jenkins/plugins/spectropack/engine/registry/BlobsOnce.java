package io.jenkins.plugins.spectropack.engine.registry;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import land.oras.Descriptor;

/**
 * Sends blobs that are missing, in one run each to a repository once, whoever needs it. docker-registry reads a blob for one
 * manifest while a second upload of the same blob replaces it, and refuses the manifest then.
 */
final class BlobsOnce {

    private final Store store;
    private final Set<String> empty;
    private final Map<String, Presence> blobs = new ConcurrentHashMap<>();

    /** Whether a repository has a blob, as far as this run knows. Whoever holds the lock finds out. */
    private static final class Presence {
        private final ReentrantLock lock = new ReentrantLock();
        private boolean isThere;
    }

    @FunctionalInterface
    private interface Sending {
        void run() throws RegistryException, InterruptedException;
    }

    /**
     * Takes where to.
     *
     * @param empty repositories that hold nothing, so that they need not be asked
     */
    BlobsOnce(Store store, Set<String> empty) {
        this.store = store;
        this.empty = empty;
    }

    /** Sends a blob where it is missing. */
    void put(String repository, Descriptor blob, Store.Source source, LongConsumer progress)
            throws RegistryException, InterruptedException {
        once(repository, blob, () -> store.putBlob(repository, blob, source, progress));
    }

    /** Takes a blob over from another store where it is missing. */
    void copy(Store source, String from, String repository, Descriptor blob, LongConsumer progress)
            throws RegistryException, InterruptedException {
        once(repository, blob, () -> {
            if (!store.mount(source, from, repository, blob)) {
                store.putBlob(repository, blob, sink -> source.send(from, blob, sink), progress);
            }
        });
    }

    /** Waits for whoever is at it, and tries in turn where that one failed. */
    private void once(String repository, Descriptor blob, Sending sending)
            throws RegistryException, InterruptedException {
        Presence presence = blobs.computeIfAbsent(repository + "@" + blob.getDigest(), any -> new Presence());
        presence.lock.lockInterruptibly();
        try {
            if (!presence.isThere && (empty.contains(repository) || !store.hasBlob(repository, blob.getDigest()))) {
                sending.run();
            }
            presence.isThere = true;
        } finally {
            presence.lock.unlock();
        }
    }
}
