package io.jenkins.plugins.spectropack.engine.registry;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * An image layout in one {@code .tar}. What is added lies in a folder beside it until the end of the run; then a new file is
 * written, sorted and without times, and takes the place of the old one.
 */
final class BundleTar implements BundleFiles {

    private static final String LOCK = "run.lock";
    private static final String BLOBS = "blobs/sha256/";
    private static final int FOLDER_MODE = 040755;
    private static final int FILE_MODE = 0100644;
    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final BundleLock lock;
    private final Path staging;
    private final Set<String> orphans = new HashSet<>();
    private Map<String, Extent> entries;
    private byte[] index;

    /** Where a file lies in the tar. */
    private record Extent(long offset, long size) {}

    /** Takes the file, which need not exist before something is written. */
    BundleTar(Path file, BundleLock lock) {
        this.file = file;
        this.lock = lock;
        staging = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".partial");
    }

    @Override
    public synchronized void lock() throws IOException, InterruptedException {
        if (lock.isTaken()) {
            return;
        }
        Files.createDirectories(staging);
        lock.take(staging.resolve(LOCK));
        // Of a run that was killed, or of one that has ended since the bundle was looked at.
        empty();
        entries = null;
    }

    private Map<String, Extent> entries() throws IOException {
        if (entries == null) {
            entries = Files.exists(file) ? list() : Map.of();
        }
        return entries;
    }

    private Map<String, Extent> list() throws IOException {
        Map<String, Extent> found = new HashMap<>();
        HeadersOnly headers = new HeadersOnly(BundleFiles.regular(file));
        try (TarFile tar = new TarFile(headers)) {
            for (TarArchiveEntry entry : tar.getEntries()) {
                if (entry.isFile()) {
                    String name = entry.getName();
                    found.put(
                            name.startsWith("./") ? name.substring(2) : name,
                            new Extent(entry.getDataOffset(), entry.getSize()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            if (headers.isExhausted()) {
                throw e;
            }
            throw damaged(e);
        } finally {
            headers.close();
        }
        return found;
    }

    private InputStream open(Extent extent) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(extent.offset());
        return new BundleExtent(Channels.newInputStream(channel), extent.size());
    }

    /** Says where a tar ends too early, which the reader by index does not tell. */
    private IOException damaged(Exception cause) {
        String last = "";
        try (TarArchiveInputStream stream = new TarArchiveInputStream(Files.newInputStream(file), "UTF-8")) {
            for (TarArchiveEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                last = entry.getName();
            }
        } catch (IOException e) {
            // This is where it ends.
        }
        String where = last.contains(BLOBS)
                ? " in the blob sha256:" + last.substring(last.lastIndexOf('/') + 1)
                : last.isEmpty() ? "" : " in " + last;
        return new IOException("it is cut off or no tar file" + where, cause);
    }

    @Override
    public synchronized Optional<byte[]> index() throws IOException {
        if (index != null) {
            return Optional.of(index);
        }
        Extent extent = entries().get(INDEX);
        if (extent == null) {
            return Optional.empty();
        }
        try (InputStream stream = open(extent)) {
            return Optional.of(stream.readNBytes(INDEX_LIMIT + 1));
        }
    }

    @Override
    public synchronized boolean has(String digest) throws IOException {
        return Files.exists(staged(digest)) || entries().containsKey(BundleFiles.path(digest));
    }

    private Path staged(String digest) {
        return staging.resolve(digest.replace(':', '-'));
    }

    @Override
    public synchronized InputStream open(String digest) throws IOException {
        if (Files.exists(staged(digest))) {
            return Files.newInputStream(staged(digest));
        }
        Extent extent = entries().get(BundleFiles.path(digest));
        if (extent == null) {
            throw new NoSuchFileException(BundleFiles.path(digest));
        }
        return open(extent);
    }

    @Override
    public void add(String digest, InputStream content) throws IOException {
        Path partial = Files.createTempFile(staging, "", "");
        try {
            Files.copy(content, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, staged(digest), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    @Override
    public synchronized void commit(byte[] present, Set<String> unused) {
        index = present.clone();
        orphans.removeIf(digest -> Files.exists(staged(digest)));
        orphans.addAll(unused);
    }

    @Override
    public boolean isStaged() {
        return true;
    }

    @Override
    public synchronized void finish() throws IOException, InterruptedException {
        if (index == null) {
            return;
        }
        Path whole = staging.resolve("whole.tar");
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(whole), BUFFER);
                TarArchiveOutputStream out = new TarArchiveOutputStream(stream, "UTF-8")) {
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            write(out, LAYOUT, LAYOUT_CONTENT.getBytes(StandardCharsets.UTF_8));
            write(out, INDEX, index);
            folder(out, "blobs/");
            folder(out, BLOBS);
            for (String digest : digests()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                blob(out, digest);
            }
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        index = null;
        orphans.clear();
        entries = null;
    }

    private Set<String> digests() throws IOException {
        Set<String> digests = new TreeSet<>();
        for (String name : entries().keySet()) {
            if (name.startsWith(BLOBS)) {
                digests.add("sha256:" + name.substring(BLOBS.length()));
            }
        }
        try (DirectoryStream<Path> added = Files.newDirectoryStream(staging, "sha256-*")) {
            added.forEach(blob -> digests.add(blob.getFileName().toString().replace('-', ':')));
        }
        digests.removeAll(orphans);
        return digests;
    }

    private static void write(TarArchiveOutputStream out, String name, byte[] content) throws IOException {
        out.putArchiveEntry(entry(name, FILE_MODE, content.length));
        out.write(content);
        out.closeArchiveEntry();
    }

    private static void folder(TarArchiveOutputStream out, String name) throws IOException {
        out.putArchiveEntry(entry(name, FOLDER_MODE, 0));
        out.closeArchiveEntry();
    }

    private void blob(TarArchiveOutputStream out, String digest) throws IOException {
        String name = BundleFiles.path(digest);
        Path added = staged(digest);
        long size =
                Files.exists(added) ? Files.size(added) : entries().get(name).size();
        out.putArchiveEntry(entry(name, FILE_MODE, size));
        try (InputStream content = open(digest)) {
            content.transferTo(out);
        }
        out.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(String name, int mode, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        entry.setSize(size);
        return entry;
    }

    private void empty() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(staging)) {
            for (Path each : left) {
                if (!each.endsWith(LOCK)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!lock.isTaken()) {
            return;
        }
        try {
            empty();
        } finally {
            lock.close();
        }
        Files.deleteIfExists(staging);
    }
}
