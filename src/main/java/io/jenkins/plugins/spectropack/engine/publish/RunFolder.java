package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder for the archives that one run pulls. It holds a file that is locked as long as the run lives, in whatever way it ends,
 * so that a later run knows the folders of runs that were killed and removes them.
 */
final class RunFolder implements AutoCloseable {

    private static final String PREFIX = "spectro-pack-";
    private static final String LOCK = "run.lock";

    // Closing any channel to a file drops all locks that the process has on it, so those of this process are not
    // opened.
    private static final Set<Path> LIVE = new HashSet<>();

    private final Path path;
    private final FileChannel channel;

    private final ProgressListener listener;

    private RunFolder(Path path, FileChannel channel, ProgressListener listener) {
        this.path = path;
        this.channel = channel;
        this.listener = listener;
    }

    /**
     * Makes a folder below another one, and removes what dead runs of the same user left there.
     *
     * @param listener told if the folder cannot be removed at the end
     * @throws IOException with a sentence if that cannot be done
     */
    static RunFolder in(Path parent, ProgressListener listener) throws IOException {
        synchronized (LIVE) {
            try {
                Path real = parent.toRealPath();
                RunFolder made = make(real, listener);
                while (made == null) {
                    made = make(real, listener);
                }
                removeDead(real, Files.getOwner(made.path));
                return made;
            } catch (IOException e) {
                throw new IOException(
                        "The folder for archives cannot be made in " + parent + ": " + Reasons.of(e)
                                + ". Make it writable, or choose another temporary folder.",
                        e);
            }
        }
    }

    /** The folder. */
    Path path() {
        return path;
    }

    /** Null if another run has taken the folder for a dead one, just before it was locked. */
    private static RunFolder make(Path parent, ProgressListener listener) throws IOException {
        Path folder = Files.createTempDirectory(parent, PREFIX);
        Path file = folder.resolve(LOCK);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (!isLocked(channel) || !Files.exists(file)) {
            channel.close();
            return null;
        }
        LIVE.add(folder);
        return new RunFolder(folder, channel, listener);
    }

    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            // A file system without locks. Nobody else gets one either, so the folder counts as that of a living run.
            return true;
        }
    }

    private static void removeDead(Path parent, UserPrincipal owner) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (!LIVE.contains(folder)
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                    removeIfDead(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What cannot be cleaned up now is left to the next run.
        }
    }

    private static void removeIfDead(Path folder) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return;
            }
            deleteFiles(folder);
        } catch (IOException | OverlappingFileLockException e) {
            // Without the file the folder is not ours, or only just being made.
            return;
        }
        Files.deleteIfExists(folder);
    }

    /** The lock's file goes last, so that whoever is killed meanwhile leaves a folder that is known as a dead run's. */
    private static void deleteFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !file.endsWith(LOCK)).toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder.resolve(LOCK));
    }

    /** Removes the folder. If that fails, it is said, but what was published stays published. */
    @Override
    public void close() {
        synchronized (LIVE) {
            try (channel) {
                deleteFiles(path);
            } catch (IOException e) {
                listener.log("The temporary folder " + path + " cannot be removed: " + Reasons.of(e) + ".");
            } finally {
                LIVE.remove(path);
            }
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                listener.log("The temporary folder " + path + " cannot be removed: " + Reasons.of(e) + ".");
            }
        }
    }
}
