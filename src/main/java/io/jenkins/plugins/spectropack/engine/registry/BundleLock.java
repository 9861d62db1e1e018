package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Keeps two runs from writing to one bundle at the same time, in this process or another one of the machine. Ends with the
 * process, in whatever way that ends.
 */
final class BundleLock implements Closeable {

    private static final long MILLIS_BETWEEN_TRIES = 100;

    private final String bundle;
    private final Duration patience;
    private final ProgressListener listener;
    private FileChannel channel;

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
     * @param file is locked, and made where it does not exist
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
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mine = false;
        try {
            FileLock lock = opened.tryLock();
            // Whoever had it may have deleted the file meanwhile; then this is a lock on nothing.
            mine = lock != null && Files.exists(file);
        } catch (OverlappingFileLockException e) {
            mine = false;
        } finally {
            if (mine) {
                channel = opened;
            } else {
                opened.close();
            }
        }
        return mine;
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
