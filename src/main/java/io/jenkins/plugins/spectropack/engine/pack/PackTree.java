package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything in a pack's folder that belongs to the pack, in an order that does not depend on the file system. Dot files count.
 *
 * @param folder the pack's folder
 * @param entries sorted by path; a folder stands before what is in it
 * @param leftOut what does not belong to the pack, sorted by path, and why; a folder stands for everything in it
 */
record PackTree(Path folder, List<Entry> entries, SortedMap<String, PackIgnore.Reason> leftOut) {

    private static final int MENTIONED = 10;

    /** What an entry of a pack is. */
    enum Type {
        FOLDER,
        FILE,
        LINK
    }

    /**
     * A file, folder or symbolic link.
     *
     * @param path relative to the pack's folder, with {@code /}
     * @param executable whether its owner may execute it; files only
     * @param size in bytes; files only
     * @param modified when its content was last changed; files only
     * @param target where a link points, with {@code /}; links only
     */
    record Entry(String path, Type type, boolean executable, long size, FileTime modified, String target) {}

    /**
     * Lists a pack.
     *
     * @param without a file that does not belong to the pack though it lies there, or null
     * @throws PackException if something in it cannot be archived: a link that leads out of the pack or nowhere, a device,
     *     a file that cannot be read
     */
    static PackTree of(Path folder, Path without) throws IOException, InterruptedException {
        List<Entry> entries = new ArrayList<>();
        Path root = folder.toRealPath();
        boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        Walk walk = new Walk(
                root,
                without,
                posix ? PosixFileAttributes.class : BasicFileAttributes.class,
                PackIgnore.of(root),
                entries,
                new TreeMap<>());
        walk.list(root, "");
        walk.requireLinksThatLeadSomewhere();
        return new PackTree(folder, List.copyOf(entries), walk.leftOut);
    }

    long files() {
        return entries.stream().filter(entry -> entry.type() != Type.FOLDER).count();
    }

    long bytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    /** What was left out that somebody might miss, in a sentence; empty if nothing was. */
    String leftOutSentence() {
        List<String> parts = new ArrayList<>();
        part("version control", PackIgnore.Reason.VERSION_CONTROL).ifPresent(parts::add);
        part(PackIgnore.FILE, PackIgnore.Reason.NAMED).ifPresent(parts::add);
        return parts.isEmpty() ? "" : "Left out: " + String.join("; ", parts) + ".";
    }

    private Optional<String> part(String why, PackIgnore.Reason reason) {
        List<String> paths = leftOut.keySet().stream()
                .filter(path -> leftOut.get(path) == reason)
                .toList();
        String more = paths.size() > MENTIONED ? " and " + (paths.size() - MENTIONED) + " more" : "";
        return paths.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", paths.subList(0, Math.min(MENTIONED, paths.size()))) + more + " (" + why
                        + ")");
    }

    /** Whether a path lies in what does not belong to the pack. */
    boolean isLeftOut(String path) {
        return isLeftOut(leftOut, path);
    }

    private static boolean isLeftOut(SortedMap<String, PackIgnore.Reason> leftOut, String path) {
        for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            if (leftOut.containsKey(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private record Walk(
            Path root,
            Path without,
            Class<? extends BasicFileAttributes> type,
            PackIgnore ignore,
            List<Entry> entries,
            SortedMap<String, PackIgnore.Reason> leftOut) {

        private void list(Path folder, String prefix) throws IOException, InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            SortedMap<String, Path> children = new TreeMap<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(child -> children.put(String.valueOf(child.getFileName()), child));
            } catch (IOException e) {
                throw new PackException(
                        prefix.isEmpty() ? "." : prefix, "The folder cannot be read: " + Reasons.of(e) + ".");
            }
            for (Map.Entry<String, Path> child : children.entrySet()) {
                String path = prefix + child.getKey();
                PackIgnore.Reason reason = ignore.reason(path);
                if (reason != null) {
                    leftOut.put(path, reason);
                } else if (without == null || !child.getValue().equals(without)) {
                    add(child.getValue(), path);
                }
            }
        }

        private void add(Path file, String path) throws IOException, InterruptedException {
            // Java shows what it cannot decode as the replacement character, or as '?', and cannot open it by that
            // name.
            if (path.indexOf('\uFFFD') >= 0) {
                throw new PackException(
                        path,
                        "The name is not UTF-8, or this machine's locale is not."
                                + " Rename the file, or set LC_ALL=C.UTF-8.");
            }
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(file, type, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                throw new PackException(
                        path,
                        path.indexOf('?') >= 0 && e instanceof NoSuchFileException
                                ? "The name cannot be read in this machine's locale. Rename the file, or set"
                                        + " LC_ALL=C.UTF-8."
                                : "The file cannot be read: " + Reasons.of(e) + ".");
            }
            if (attributes.isSymbolicLink()) {
                entries.add(new Entry(path, Type.LINK, false, 0, null, target(file, path)));
            } else if (attributes.isDirectory()) {
                entries.add(new Entry(path, Type.FOLDER, false, 0, null, null));
                list(file, path + "/");
            } else if (attributes.isRegularFile()) {
                if (!Files.isReadable(file)) {
                    throw new PackException(path, "The file cannot be read: permission denied.");
                }
                entries.add(new Entry(
                        path,
                        Type.FILE,
                        isExecutable(attributes),
                        attributes.size(),
                        attributes.lastModifiedTime(),
                        null));
            } else {
                throw new PackException(
                        path,
                        "It is neither a file nor a folder nor a link (a device, a pipe or a socket). Remove it.");
            }
        }

        /** What a link leads to must not be left out, or whoever unpacks the archive would miss it. */
        private void requireLinksThatLeadSomewhere() throws IOException {
            for (Entry entry : entries) {
                if (entry.type() == Type.LINK && !leftOut.isEmpty()) {
                    Path real = root.resolve(entry.path()).toRealPath();
                    String target = root.relativize(real)
                            .toString()
                            .replace(root.getFileSystem().getSeparator(), "/");
                    if (PackTree.isLeftOut(leftOut, target)) {
                        throw new PackException(
                                entry.path(),
                                "The link leads to " + target + ", which is left out of the pack. Remove the link.");
                    }
                }
            }
        }

        private static boolean isExecutable(BasicFileAttributes attributes) {
            return attributes instanceof PosixFileAttributes posix
                    && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
        }

        /** A link stays a link; what it leads to must be in the pack, or whoever unpacks the archive would miss it. */
        private String target(Path link, String path) throws IOException {
            Path target;
            Path real;
            try {
                target = Files.readSymbolicLink(link);
                real = link.toRealPath();
            } catch (NoSuchFileException e) {
                throw new PackException(path, "The link leads nowhere. Remove it, or mend what it points to.");
            } catch (IOException | InvalidPathException e) {
                throw new PackException(
                        path,
                        "The link cannot be followed: it leads back to itself, or its target cannot"
                                + " be read. Remove it.");
            }
            if (target.isAbsolute() || !real.startsWith(root)) {
                throw new PackException(
                        path,
                        "The link leads out of the pack, to " + target
                                + ". Replace it by the file, or by a relative link within the pack.");
            }
            return target.toString().replace(link.getFileSystem().getSeparator(), "/");
        }
    }
}
