package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.pack.PackDifference.Kind;
import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Compares the files of a pack with those in an archive that anybody may have made, with whatever GNU tar, bsdtar and busybox
 * write for the same folder: folders or none, hard links, sparse files, a label, leading {@code ./}, macOS' own files, and
 * names in either form of Unicode.
 */
final class ArchiveComparison {

    private static final int BUFFER = 64 * 1024;

    /** What an archive may unpack to beyond the pack's files: headers, padding, files that are gone. */
    private static final long MORE = 256L * 1024 * 1024;

    /** Larger files are no text that somebody's editor or Git would change the line ends of. */
    private static final int LONGEST_TEXT = 1024 * 1024;

    private static final int MOST_OTHERS = 10_000;

    private final Path folder;
    private final Map<String, PackTree.Entry> mine = new TreeMap<>();
    private final Map<String, Optional<Kind>> verdicts = new TreeMap<>();

    /** The digests of small files of the archive that the pack does not have like that: hard links may refer to them. */
    private final Map<String, String> others = new HashMap<>();

    private final PackDifference difference = new PackDifference();
    private String top;

    private ArchiveComparison(PackTree tree) {
        folder = tree.folder();
        for (PackTree.Entry entry : tree.entries()) {
            if (entry.type() != PackTree.Type.FOLDER) {
                mine.put(composed(entry.path()), entry);
            }
        }
    }

    /**
     * Compares.
     *
     * @param archive read to its end, and closed
     * @throws IOException if the pack cannot be read, or the archive's stream fails
     */
    static PackDifference of(PackTree tree, InputStream archive) throws IOException, InterruptedException {
        return new ArchiveComparison(tree).run(new ArchiveReader(archive, tree.bytes() + MORE));
    }

    private PackDifference run(ArchiveReader archive) throws IOException, InterruptedException {
        try (archive) {
            for (TarArchiveEntry entry = archive.next(); entry != null; entry = archive.next()) {
                compare(entry, archive);
            }
            for (PackTree.Entry entry : mine.values()) {
                verdicts.putIfAbsent(composed(entry.path()), Optional.of(Kind.NEW));
            }
        } catch (IOException e) {
            // A failure of the stream is the registry's; any other says that this is no archive of ours or of tar's.
            if (archive.isSourceBroken() || e instanceof PackException) {
                throw e;
            }
            difference.cannotCompare("is no gzip-compressed tar archive, or it is damaged (" + Reasons.of(e) + ")");
        }
        verdicts.forEach((path, kind) -> kind.ifPresent(how -> difference.add(path, how)));
        return difference;
    }

    private void compare(TarArchiveEntry entry, ArchiveReader archive) throws IOException, InterruptedException {
        List<String> names = names(entry.getName());
        if (entry.isDirectory() || names.isEmpty() || isOfMacOs(names)) {
            return;
        }
        if (top == null) {
            top = names.get(0);
        }
        // The top-level folder's name means nothing to Palette, but there has to be one, and one only.
        boolean below = names.size() > 1 && names.get(0).equals(top);
        String path = String.join("/", below ? names.subList(1, names.size()) : names);
        PackTree.Entry own = below ? mine.get(path) : null;
        if (own != null) {
            verdicts.put(path, verdict(own, entry, archive));
        } else {
            remember(path, entry.getRealSize() > LONGEST_TEXT ? null : archive.read(LONGEST_TEXT));
            difference.add(below ? path : path + " outside the top-level folder", Kind.GONE);
        }
    }

    /** The parts of a name that say something, composed as Unicode wants it: macOS takes them apart. */
    private static List<String> names(String name) {
        List<String> names = new ArrayList<>(Arrays.asList(composed(name).split("/")));
        names.removeIf(part -> part.isEmpty() || part.equals("."));
        return names;
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** Files that macOS keeps its own notes in. */
    private static boolean isOfMacOs(List<String> names) {
        return PackIgnore.isOfMacOs(names.get(names.size() - 1));
    }

    /** How a file differs, if it does. Modes do not count, since Windows has none. */
    private Optional<Kind> verdict(PackTree.Entry own, TarArchiveEntry entry, ArchiveReader archive)
            throws IOException, InterruptedException {
        if (entry.isSymbolicLink()) {
            boolean same = own.type() == PackTree.Type.LINK && own.target().equals(entry.getLinkName());
            return changedUnless(same);
        }
        if (own.type() != PackTree.Type.FILE || entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            return changedUnless(false);
        }
        if (entry.getLinkFlag() == TarConstants.LF_LINK && entry.getSize() == 0) {
            return linked(own, entry.getLinkName());
        }
        return content(own, entry.getRealSize(), archive);
    }

    /** A hard link has what a file before it in the archive has. */
    private Optional<Kind> linked(PackTree.Entry own, String target) throws IOException {
        List<String> names = names(target);
        String path = names.isEmpty() ? "" : String.join("/", names.subList(1, names.size()));
        PackTree.Entry other = mine.get(path);
        boolean isKnown = other != null
                && other.type() == PackTree.Type.FILE
                && Optional.empty().equals(verdicts.get(path));
        if (!isKnown) {
            boolean same =
                    own.size() <= LONGEST_TEXT && Digests.sha256(text(own)).equals(others.get(path));
            return changedUnless(same);
        }
        try {
            return changedUnless(Files.mismatch(folder.resolve(own.path()), folder.resolve(other.path())) < 0);
        } catch (IOException e) {
            throw unreadable(own, e);
        }
    }

    private static Optional<Kind> changedUnless(boolean same) {
        return same ? Optional.empty() : Optional.of(Kind.CHANGED);
    }

    private Optional<Kind> content(PackTree.Entry own, long size, ArchiveReader archive)
            throws IOException, InterruptedException {
        if (own.size() > LONGEST_TEXT || size > LONGEST_TEXT) {
            return changedUnless(own.size() == size && isSame(own, archive));
        }
        byte[] theirs = archive.read(LONGEST_TEXT);
        byte[] ours = text(own);
        if (Arrays.equals(ours, theirs)) {
            return Optional.empty();
        }
        remember(composed(own.path()), theirs);
        return Optional.of(Arrays.equals(withoutReturns(ours), withoutReturns(theirs)) ? Kind.LINE_ENDS : Kind.CHANGED);
    }

    private void remember(String path, byte[] content) {
        if (content != null && others.size() < MOST_OTHERS) {
            others.put(path, Digests.sha256(content));
        }
    }

    private byte[] text(PackTree.Entry own) throws IOException {
        try (InputStream stream = open(own)) {
            return read(stream, LONGEST_TEXT, own);
        }
    }

    private boolean isSame(PackTree.Entry own, ArchiveReader archive) throws IOException, InterruptedException {
        byte[] theirs = new byte[BUFFER];
        try (InputStream stream = open(own)) {
            for (int count = archive.read(theirs); count >= 0; count = archive.read(theirs)) {
                byte[] ours = read(stream, count, own);
                if (!Arrays.equals(ours, 0, ours.length, theirs, 0, count)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** With each line's end as Unix has it. */
    private static byte[] withoutReturns(byte[] text) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(text.length);
        for (int i = 0; i < text.length; i++) {
            if (text[i] != '\r' || i + 1 == text.length || text[i + 1] != '\n') {
                lines.write(text[i]);
            }
        }
        return lines.toByteArray();
    }

    private InputStream open(PackTree.Entry own) throws PackException {
        try {
            return Files.newInputStream(folder.resolve(own.path()));
        } catch (IOException e) {
            throw unreadable(own, e);
        }
    }

    private static byte[] read(InputStream stream, int count, PackTree.Entry own) throws PackException {
        try {
            return stream.readNBytes(count);
        } catch (IOException e) {
            throw unreadable(own, e);
        }
    }

    private static PackException unreadable(PackTree.Entry own, IOException e) {
        return new PackException(own.path(), "The file cannot be read: " + Reasons.of(e) + ".");
    }
}
