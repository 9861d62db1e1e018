package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Compares the files of a pack with those in an archive that anybody may have made. */
final class ArchiveComparison {

    private static final int OWNER_EXECUTE = 0100;
    private static final int BUFFER = 64 * 1024;

    /** What an archive may unpack to beyond the pack's files, such as headers and padding; more is another content. */
    private static final long MORE = 256L * 1024 * 1024;

    private ArchiveComparison() {}

    static boolean isSame(PackTree tree, InputStream archive) throws IOException, InterruptedException {
        Map<String, PackTree.Entry> expected = new HashMap<>();
        for (PackTree.Entry entry : tree.entries()) {
            if (entry.type() != PackTree.Type.FOLDER) {
                expected.put(entry.path(), entry);
            }
        }
        ArchiveReader reader = new ArchiveReader(archive, tree.bytes() + MORE);
        try (reader) {
            for (TarArchiveEntry entry = reader.next(); entry != null; entry = reader.next()) {
                if (entry.isDirectory()) {
                    continue;
                }
                PackTree.Entry mine = expected.remove(belowTop(entry.getName()));
                if (mine == null || !isSame(tree.folder().resolve(mine.path()), mine, entry, reader)) {
                    return false;
                }
            }
        } catch (IOException e) {
            // A failure of the stream is the registry's; any other says that this is no archive of ours or of tar's.
            if (reader.isSourceBroken() || e instanceof PackException) {
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

    private static boolean isSame(Path file, PackTree.Entry mine, TarArchiveEntry entry, ArchiveReader archive)
            throws IOException, InterruptedException {
        if (entry.isSymbolicLink()) {
            return mine.type() == PackTree.Type.LINK && mine.target().equals(entry.getLinkName());
        }
        return mine.type() == PackTree.Type.FILE
                && entry.isFile()
                && mine.size() == entry.getSize()
                && mine.executable() == ((entry.getMode() & OWNER_EXECUTE) != 0)
                && isSame(file, mine, archive);
    }

    private static boolean isSame(Path file, PackTree.Entry mine, ArchiveReader archive)
            throws IOException, InterruptedException {
        byte[] theirs = new byte[BUFFER];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int count = archive.read(theirs); count >= 0; count = archive.read(theirs)) {
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
}
