package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * Unpacks a pack's archive, which anybody may have made, into a folder: files, folders and links that stay inside it, and
 * nothing else. What macOS adds is left out. The archive's one top-level folder becomes the folder itself.
 */
public final class PackUnpacker {

    private static final int OWNER_EXECUTE = 0100;
    private static final int BUFFER = 64 * 1024;
    private static final int MOST_ENTRIES = 100_000;

    /** For headers and padding of all entries. */
    private static final long MORE = 256L * 1024 * 1024;

    private final Path folder;
    private final long limit;
    private final List<Link> links = new ArrayList<>();
    private final Set<Path> files = new HashSet<>();
    private long unpacked;
    private int entries;

    private PackUnpacker(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    private record Link(String name, Path path, String target) {}

    /**
     * Unpacks an archive.
     *
     * @param archive a {@code .tar.gz}
     * @param folder an existing, empty folder
     * @param limit how many bytes all files may have together; what holds more is no pack but a bomb
     * @throws PackException if the archive is not that of a pack, or holds what must not be unpacked; what was unpacked so far
     *     is left to the caller
     */
    public static void unpack(InputStream archive, Path folder, long limit) throws IOException, InterruptedException {
        new PackUnpacker(folder.toRealPath(), limit).unpack(archive);
    }

    private void unpack(InputStream archive) throws IOException, InterruptedException {
        try (ArchiveReader tar = new ArchiveReader(archive, Math.min(limit, Long.MAX_VALUE - MORE) + MORE)) {
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                if (++entries > MOST_ENTRIES) {
                    throw refused(entry.getName(), "is one of more than " + MOST_ENTRIES);
                }
                unpack(entry, tar);
            }
        }
        if (entries == 0) {
            throw new PackException(".", "The archive is empty.");
        }
        createLinks();
    }

    /** Links come last and never below one another, so that nothing is written through a link. */
    private void createLinks() throws IOException {
        Set<Path> paths = links.stream().map(Link::path).collect(Collectors.toSet());
        for (Link link : links) {
            for (Path above = link.path().getParent(); above.startsWith(folder); above = above.getParent()) {
                if (paths.contains(above)) {
                    throw refused(link.name(), "lies below a link");
                }
            }
            Files.createDirectories(link.path().getParent());
            if (Files.exists(link.path(), LinkOption.NOFOLLOW_LINKS)) {
                throw refused(link.name(), "is there twice");
            }
            Files.createSymbolicLink(link.path(), link.path().getFileSystem().getPath(link.target()));
        }
        for (Link link : links) {
            try {
                if (link.path().toRealPath().startsWith(folder)) {
                    continue;
                }
            } catch (NoSuchFileException | FileSystemLoopException e) {
                throw refused(link.name(), "is a link that leads nowhere");
            }
            throw refused(link.name(), "is a link that points out of the pack");
        }
    }

    private void unpack(TarArchiveEntry entry, ArchiveReader tar) throws IOException, InterruptedException {
        if (PackIgnore.isOfMacOs(entry.getName().substring(entry.getName().lastIndexOf('/') + 1))) {
            return;
        }
        Path path = path(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (path.equals(folder)) {
            throw refused(entry.getName(), "lies beside the pack's folder");
        } else if (!files.add(path)) {
            throw refused(entry.getName(), "is there twice");
        } else if (entry.isSymbolicLink()) {
            links.add(link(entry, path));
        } else if (entry.isLink() && entry.getSize() == 0) {
            copy(entry, path);
        } else if (entry.isFile() && !entry.isCharacterDevice() && !entry.isBlockDevice() && !entry.isFIFO()) {
            Files.createDirectories(path.getParent());
            write(entry, tar, path);
        } else {
            throw refused(entry.getName(), "is neither file, folder nor symbolic link");
        }
    }

    private Path path(String name) throws PackException {
        String path = name.startsWith("./") ? name.substring(2) : name;
        if (path.startsWith("/")
                || path.indexOf('\\') >= 0
                || List.of(path.split("/")).contains("..")) {
            throw refused(name, "points out of the archive");
        }
        int slash = path.indexOf('/');
        try {
            return folder.resolve(slash < 0 ? "" : path.substring(slash + 1)).normalize();
        } catch (InvalidPathException e) {
            throw refused(name, "has a name that this machine cannot have");
        }
    }

    private Link link(TarArchiveEntry entry, Path path) throws PackException {
        try {
            Path target = path.getFileSystem().getPath(entry.getLinkName());
            if (!target.isAbsolute()
                    && path.getParent().resolve(target).normalize().startsWith(folder)) {
                return new Link(entry.getName(), path, entry.getLinkName());
            }
        } catch (InvalidPathException e) {
            // A target that cannot be is outside as well.
        }
        throw refused(entry.getName(), "is a link that points out of the pack");
    }

    /** GNU tar writes the second name of a file as a hard link; each becomes a file of its own. */
    private void copy(TarArchiveEntry entry, Path path) throws IOException {
        Path first = path(entry.getLinkName());
        if (!files.contains(first) || !Files.isRegularFile(first, LinkOption.NOFOLLOW_LINKS) || first.equals(path)) {
            throw refused(entry.getName(), "is a second name of something that does not come before it");
        }
        count(Files.size(first));
        Files.createDirectories(path.getParent());
        Files.copy(first, path, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void count(long more) throws PackException {
        unpacked += more;
        if (unpacked > limit) {
            throw new PackException(
                    ".", "The archive holds more than " + limit + " bytes, which no pack has. It was not unpacked.");
        }
    }

    private void write(TarArchiveEntry entry, ArchiveReader tar, Path path) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream file = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                count(count);
                file.write(buffer, 0, count);
            }
        }
        boolean executable = (entry.getMode() & OWNER_EXECUTE) != 0;
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static PackException refused(String entry, String why) {
        return new PackException(".", "The archive was not unpacked, because its entry '" + entry + "' " + why + ".");
    }
}
