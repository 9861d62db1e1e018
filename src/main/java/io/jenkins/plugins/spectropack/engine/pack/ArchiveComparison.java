package io.jenkins.plugins.spectropack.engine.pack;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Compares the files of a pack with those in an archive that anybody may have made. */
final class ArchiveComparison {

    private static final int OWNER_EXECUTE = 0100;
    private static final int BUFFER = 64 * 1024;

    private ArchiveComparison() {}

    static boolean isSame(PackTree tree, InputStream archive) throws IOException, InterruptedException {
        Map<String, PackTree.Entry> expected = new HashMap<>();
        for (PackTree.Entry entry : tree.entries()) {
            if (entry.type() != PackTree.Type.FOLDER) {
                expected.put(entry.path(), entry);
            }
        }
        Source source = new Source(archive);
        try (InputStream gzip = GzipCompressorInputStream.builder()
                        .setInputStream(new BufferedInputStream(source, BUFFER))
                        .setDecompressConcatenated(true)
                        .get();
                TarArchiveInputStream tar = new TarArchiveInputStream(gzip, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (entry.isDirectory()) {
                    continue;
                }
                PackTree.Entry mine = expected.remove(belowTop(entry.getName()));
                if (mine == null || !isSame(tree.folder().resolve(mine.path()), mine, entry, tar)) {
                    return false;
                }
            }
        } catch (IOException e) {
            // A failure of the stream is the registry's; any other says that this is no archive of ours or of tar's.
            if (source.failed || e instanceof PackException) {
                throw e;
            }
            return false;
        }
        return expected.isEmpty();
    }

    /** The top-level folder's name means nothing to Palette. */
    private static String belowTop(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        return path.substring(path.indexOf('/') + 1);
    }

    private static boolean isSame(Path file, PackTree.Entry mine, TarArchiveEntry entry, TarArchiveInputStream tar)
            throws IOException {
        if (entry.isSymbolicLink()) {
            return mine.type() == PackTree.Type.LINK && mine.target().equals(entry.getLinkName());
        }
        return mine.type() == PackTree.Type.FILE
                && entry.isFile()
                && mine.size() == entry.getSize()
                && mine.executable() == ((entry.getMode() & OWNER_EXECUTE) != 0)
                && isSame(file, mine, tar);
    }

    private static boolean isSame(Path file, PackTree.Entry mine, TarArchiveInputStream tar) throws IOException {
        byte[] theirs = new byte[BUFFER];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int count = tar.read(theirs); count >= 0; count = tar.read(theirs)) {
                byte[] ours = read(stream, count, mine);
                if (!Arrays.equals(ours, 0, ours.length, theirs, 0, count)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static byte[] read(InputStream stream, int count, PackTree.Entry mine) throws IOException {
        try {
            return stream.readNBytes(count);
        } catch (IOException e) {
            throw new PackException(mine.path(), "The file cannot be read: " + PackTree.reason(e) + ".");
        }
    }

    /** Remembers whether reading failed, as opposed to what was read being no archive. */
    private static final class Source extends FilterInputStream {
        private boolean failed;

        Source(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }
    }
}
