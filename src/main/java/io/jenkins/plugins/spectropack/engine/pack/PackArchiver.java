package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.PartFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.function.LongConsumer;

/**
 * Writes a pack as {@code tar -czf NAME-VERSION.tar.gz FOLDER} would, but so that the same pack gives the same bytes
 * everywhere: sorted entries, owner 0, modes 0755 and 0644, one time for all. The files are streamed; memory does not grow
 * with the pack.
 */
public final class PackArchiver {

    /** The time of every entry unless {@code SOURCE_DATE_EPOCH} says another: late enough for tools that distrust 1970. */
    public static final Instant DEFAULT_TIME = Instant.parse("1980-01-01T00:00:00Z");

    private static final int BUFFER = 64 * 1024;

    private final Instant time;

    /**
     * Makes an archiver.
     *
     * @param time the modification time of every entry; whole seconds count
     */
    public PackArchiver(Instant time) {
        this.time = time;
    }

    /**
     * Writes the archive of a pack.
     *
     * @param output the file to write, replaced if it exists; if it lies in the pack's folder, it is not part of the archive
     * @throws PackException if a file of the pack cannot be read, or changes while it is read
     * @throws IOException if the archive cannot be written; what was at its place before is still there then
     */
    public PackArchive write(Pack pack, Path output) throws IOException, InterruptedException {
        return write(pack, output, read -> {});
    }

    /**
     * The same.
     *
     * @param progress told how many bytes of the pack's files are in the archive so far
     */
    public PackArchive write(Pack pack, Path output, LongConsumer progress) throws IOException, InterruptedException {
        Path target = realPath(output);
        PackTree tree = PackTree.of(pack.folder(), target);
        try (Part part = new Part(PartFile.beside(target))) {
            MessageDigest digest = Digests.begin();
            try (OutputStream file = Files.newOutputStream(
                            part.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream stream = new BufferedOutputStream(new DigestOutputStream(file, digest), BUFFER)) {
                write(tree, stream, progress);
            }
            PackArchive archive = new PackArchive(
                    output, pack.metadata().archiveName(), Digests.end(digest), Files.size(part.file()));
            Files.move(part.file(), target, StandardCopyOption.ATOMIC_MOVE);
            return archive;
        }
    }

    /** What is written so far; gone at the end, without hiding why it ended. */
    private record Part(Path file) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    private static Path realPath(Path output) throws IOException {
        Path absolute = output.toAbsolutePath();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw new IOException("'" + output + "' is not the name of a file.");
        }
        return parent.toRealPath().resolve(name);
    }

    private void write(PackTree tree, OutputStream stream, LongConsumer progress)
            throws IOException, InterruptedException {
        try (ArchiveWriter writer = new ArchiveWriter(tree, stream, time, progress)) {
            while (writer.next()) {
                // The writer tells how far it is.
            }
        }
    }

    /**
     * Makes the archive of a pack without a file: a small one stays in memory, a larger one is made anew each time it is read.
     *
     * @param kept how many bytes may stay in memory
     * @param progress told how many bytes of the pack's files are in the archive so far
     * @throws PackException if a file of the pack cannot be read, or changes while it is read
     */
    public StreamedArchive stream(Pack pack, int kept, LongConsumer progress) throws IOException, InterruptedException {
        PackTree tree = PackTree.of(pack.folder(), null);
        KeptStream content = new KeptStream(kept);
        try (OutputStream stream = new BufferedOutputStream(content, BUFFER)) {
            write(tree, stream, progress);
        }
        return new StreamedArchive(pack.metadata().archiveName(), content, tree, time);
    }
}
