package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes the archive of a pack piece by piece, so that whoever wants its bytes can ask for them, too. One piece is an entry, or a
 * part of a file's content.
 */
final class ArchiveWriter implements AutoCloseable {

    private static final int FOLDER_MODE = 040755;
    private static final int FILE_MODE = 0100644;
    private static final int EXECUTABLE_MODE = 0100755;
    private static final int LINK_MODE = 0120777;
    private static final int CHUNK = 256 * 1024;

    private final FileTime time;
    private final Path root;
    private final String top;
    private final Iterator<PackTree.Entry> entries;
    private final LongConsumer progress;
    private final Compressibility compressibility;
    private final PackGzip gzip;
    private final TarArchiveOutputStream tar;
    private final byte[] buffer = new byte[CHUNK];
    private Content content;
    private long written;
    private boolean begun;

    /** A file whose content is being written. */
    private static final class Content {
        private final Path file;
        private final PackTree.Entry entry;
        private final InputStream source;
        private long rest;

        Content(Path file, PackTree.Entry entry) throws IOException {
            this.file = file;
            this.entry = entry;
            try {
                source = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                throw unreadable(entry, e);
            }
            rest = entry.size();
        }
    }

    /**
     * Begins.
     *
     * @param stream where the archive goes; closed with this
     * @param time the modification time of every entry; whole seconds count
     * @param progress told how many bytes of the pack's files are in the archive so far
     */
    ArchiveWriter(PackTree tree, OutputStream stream, Instant time, LongConsumer progress) throws IOException {
        this.time = FileTime.fromMillis(time.getEpochSecond() * 1000);
        this.progress = progress;
        root = tree.folder().toRealPath();
        Path name = root.getFileName();
        top = name == null ? "pack" : name.toString();
        entries = tree.entries().iterator();
        compressibility = new Compressibility();
        gzip = new PackGzip(stream);
        tar = new TarArchiveOutputStream(gzip, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /**
     * Writes the next piece.
     *
     * @return whether there was one
     * @throws PackException if a file of the pack cannot be read, or has changed
     */
    boolean next() throws IOException, InterruptedException {
        if (content != null) {
            part();
        } else if (!begun) {
            begun = true;
            tar.putArchiveEntry(entry(top + "/", FOLDER_MODE));
            tar.closeArchiveEntry();
        } else if (entries.hasNext()) {
            begin(entries.next());
        } else {
            return false;
        }
        return true;
    }

    private void begin(PackTree.Entry entry) throws IOException {
        String name = top + "/" + entry.path();
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
                content = new Content(root.resolve(entry.path()), entry);
                return;
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
        entry.setLastModifiedTime(time);
        return entry;
    }

    private void part() throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        int count = read(content.source, content.entry);
        content.rest -= count;
        if (count > 0 && content.rest >= 0) {
            gzip.store(!compressibility.isCompressible(buffer, count));
            tar.write(buffer, 0, count);
            written += count;
            progress.accept(written);
        }
        if (count < CHUNK || content.rest < 0) {
            end();
        }
    }

    private void end() throws IOException {
        content.source.close();
        gzip.store(false);
        if (content.rest != 0 || isChanged(content.file, content.entry)) {
            throw new PackException(
                    content.entry.path(),
                    "The file changed while it was archived. Publish when nothing writes to the pack's folder any more.");
        }
        content = null;
        tar.closeArchiveEntry();
    }

    private int read(InputStream source, PackTree.Entry entry) throws IOException {
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

    /** Ends the archive, which is whole if there was no next piece. */
    @Override
    public void close() throws IOException {
        try (compressibility;
                gzip;
                tar) {
            if (content != null) {
                content.source.close();
            }
        }
    }
}
