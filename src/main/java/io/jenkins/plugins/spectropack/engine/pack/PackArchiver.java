package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a pack as {@code tar -czf NAME-VERSION.tar.gz FOLDER} would, but so that the same pack gives the same bytes
 * everywhere: sorted entries, owner 0, modes 0755 and 0644, one time for all. The files are streamed; memory does not grow
 * with the pack.
 */
public final class PackArchiver {

    /** The time of every entry unless {@code SOURCE_DATE_EPOCH} says another: late enough for tools that distrust 1970. */
    public static final Instant DEFAULT_TIME = Instant.parse("1980-01-01T00:00:00Z");

    private static final int FOLDER_MODE = 040755;
    private static final int FILE_MODE = 0100644;
    private static final int EXECUTABLE_MODE = 0100755;
    private static final int LINK_MODE = 0120777;
    private static final int BUFFER = 64 * 1024;
    private static final int CHUNK = 256 * 1024;

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
        try (Part part =
                new Part(target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part"))) {
            MessageDigest digest = Digests.begin();
            try (OutputStream file = Files.newOutputStream(
                            part.file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream stream = new BufferedOutputStream(new DigestOutputStream(file, digest), BUFFER)) {
                write(tree, stream, progress);
            }
            PackArchive archive = new PackArchive(
                    output, pack.metadata().archiveName(), Digests.end(digest), Files.size(part.file()));
            Files.move(part.file(), target, StandardCopyOption.REPLACE_EXISTING);
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
        try (Compressibility compressibility = new Compressibility();
                PackGzip gzip = new PackGzip(stream);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            Path root = tree.folder().toRealPath();
            Path name = root.getFileName();
            String top = name == null ? "pack" : name.toString();
            tar.putArchiveEntry(entry(top + "/", FOLDER_MODE));
            tar.closeArchiveEntry();
            Content content = new Content(gzip, tar, compressibility, progress);
            for (PackTree.Entry entry : tree.entries()) {
                write(tar, root, top + "/" + entry.path(), entry, content);
            }
        }
    }

    private void write(TarArchiveOutputStream tar, Path root, String name, PackTree.Entry entry, Content content)
            throws IOException, InterruptedException {
        switch (entry.type()) {
            case FOLDER -> tar.putArchiveEntry(entry(name + "/", FOLDER_MODE));
            case LINK -> {
                TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                link.setLinkName(entry.target());
                tar.putArchiveEntry(fixed(link, LINK_MODE));
            }
            case FILE -> {
                TarArchiveEntry file = entry(name, entry.executable() ? EXECUTABLE_MODE : FILE_MODE);
                file.setSize(entry.size());
                tar.putArchiveEntry(file);
                copy(root.resolve(entry.path()), entry, content);
            }
        }
        tar.closeArchiveEntry();
    }

    private TarArchiveEntry entry(String name, int mode) {
        return fixed(new TarArchiveEntry(name, true), mode);
    }

    private TarArchiveEntry fixed(TarArchiveEntry entry, int mode) {
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setLastModifiedTime(FileTime.fromMillis(time.getEpochSecond() * 1000));
        return entry;
    }

    /** Where the contents of files go. */
    private static final class Content {
        private final PackGzip gzip;
        private final TarArchiveOutputStream tar;
        private final Compressibility compressibility;
        private final LongConsumer progress;
        private final byte[] buffer = new byte[CHUNK];
        private long written;

        Content(PackGzip gzip, TarArchiveOutputStream tar, Compressibility compressibility, LongConsumer progress) {
            this.gzip = gzip;
            this.tar = tar;
            this.compressibility = compressibility;
            this.progress = progress;
        }

        void write(int count) throws IOException {
            gzip.store(!compressibility.isCompressible(buffer, count));
            tar.write(buffer, 0, count);
            written += count;
            progress.accept(written);
        }
    }

    private static void copy(Path file, PackTree.Entry entry, Content content)
            throws IOException, InterruptedException {
        long rest = entry.size();
        try (InputStream source = open(file, entry)) {
            int count = CHUNK;
            while (count == CHUNK && rest >= 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                count = read(source, content.buffer, entry);
                rest -= count;
                if (count > 0 && rest >= 0) {
                    content.write(count);
                }
            }
        }
        content.gzip.store(false);
        if (rest != 0 || isChanged(file, entry)) {
            throw changed(entry);
        }
    }

    private static InputStream open(Path file, PackTree.Entry entry) throws IOException {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    private static int read(InputStream source, byte[] buffer, PackTree.Entry entry) throws IOException {
        try {
            // Whole chunks, whatever the file system gives at a time, or the archive would depend on it.
            return source.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw unreadable(entry, e);
        }
    }

    private static PackException unreadable(PackTree.Entry entry, IOException e) {
        return new PackException(entry.path(), "The file cannot be read: " + Reasons.of(e) + ".");
    }

    private static boolean isChanged(Path file, PackTree.Entry entry) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.size() != entry.size() || !now.lastModifiedTime().equals(entry.modified());
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static PackException changed(PackTree.Entry entry) {
        return new PackException(
                entry.path(),
                "The file changed while it was archived. Publish when nothing writes to the pack's folder any more.");
    }
}
