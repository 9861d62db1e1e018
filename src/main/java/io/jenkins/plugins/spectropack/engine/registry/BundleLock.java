package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps two runs from writing to one bundle at the same time, in this process or another one of the machine. Ends with the
 * process, in whatever way that ends.
 */
final class BundleLock implements Closeable {

    private static final long MILLIS_BETWEEN_TRIES = 100;

    // Closing any channel to a file drops all locks that the process has on it, so those of this process are not
    // opened.
    private static final Set<Path> HELD = new HashSet<>();

    private final String bundle;
    private final Duration patience;
    private final ProgressListener listener;
    private FileChannel channel;
    private Path held;

    /**
     * Prepares a lock.
     *
     * @param bundle as the user named it
     * @param patience how long to wait for who has it
     */
    BundleLock(String bundle, Duration patience, ProgressListener listener) {
        this.bundle = bundle;
        this.patience = patience;
        this.listener = listener;
    }

    /** Whether it is ours. */
    synchronized boolean isTaken() {
        return channel != null;
    }

    /**
     * Takes the lock, or waits for it; does nothing if it is ours already.
     *
     * @param file is locked, made where it does not exist, and nobody else's
     * @throws IOException with a sentence if others keep it too long
     */
    synchronized void take(Path file) throws IOException, InterruptedException {
        if (channel != null) {
            return;
        }
        long start = System.nanoTime();
        boolean told = false;
        while (!tryLock(file)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new IOException("Another run has been writing to the bundle " + bundle + " for more than "
                        + patience.toSeconds() + " s. Run this again when it has ended.");
            }
            if (!told) {
                listener.log("Another run is writing to the bundle " + bundle + "; waiting for it.");
                told = true;
            }
            Thread.sleep(MILLIS_BETWEEN_TRIES);
        }
    }

    private boolean tryLock(Path file) throws IOException {
        synchronized (HELD) {
            Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
            if (HELD.contains(real)) {
                return false;
            }
            FileChannel opened = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean mine = false;
            try {
                // Whoever had it may have deleted the file meanwhile; then this would be a lock on nothing.
                mine = opened.tryLock() != null && Files.exists(real);
            } finally {
                if (!mine) {
                    opened.close();
                }
            }
            if (mine) {
                channel = opened;
                held = real;
                HELD.add(real);
            }
            return mine;
        }
    }

    /** Gives the lock back and deletes its file. */
    @Override
    public synchronized void close() throws IOException {
        if (channel == null) {
            return;
        }
        synchronized (HELD) {
            try {
                Files.deleteIfExists(held);
            } finally {
                channel.close();
                channel = null;
                HELD.remove(held);
            }
        }
    }
}
