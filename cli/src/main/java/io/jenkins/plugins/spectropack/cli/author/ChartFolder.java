package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a chart's folder that belong to the chart. As {@code helm package} does it, links are followed, and a byte order
 * mark at the beginning of a file is left out; other than there, no link may lead out of the folder.
 */
final class ChartFolder {

    /** More than any file of patterns has. */
    private static final int MAX_IGNORE = 64 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    /** Fewer than the links that systems follow on one path. */
    private static final int MAX_DEPTH = 30;

    private final Path folder;
    private final ChartFiles.Collector collector;

    ChartFolder(Path folder, ChartFiles.Collector collector) {
        this.folder = folder;
        this.collector = collector;
    }

    void read() throws IOException, InterruptedException {
        Path root = folder.toRealPath();
        list(root, root, "", 0, ignore(root));
    }

    private static HelmIgnore ignore(Path root) throws IOException {
        Path file = root.resolve(HelmIgnore.FILE);
        if (!Files.exists(file)) {
            return HelmIgnore.of("");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MAX_IGNORE + 1);
            if (bytes.length > MAX_IGNORE) {
                throw new PackException(HelmIgnore.FILE, "The file has more than 64 KiB. Shorten it.");
            }
            return HelmIgnore.of(YamlText.decode(HelmIgnore.FILE, bytes));
        }
    }

    private void list(Path root, Path parent, String prefix, int depth, HelmIgnore ignore)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        collector.folder();
        if (depth > MAX_DEPTH) {
            throw new PackException(
                    prefix, "The chart's folders nest more than " + MAX_DEPTH + " levels deep. Does a link lead back?");
        }
        SortedMap<String, Path> children = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
            stream.forEach(child -> children.put(String.valueOf(child.getFileName()), child));
        }
        for (Map.Entry<String, Path> child : children.entrySet()) {
            Path file = child.getValue();
            String path = prefix + child.getKey();
            boolean isFolder = Files.isDirectory(file);
            if (ignore.ignores(path, isFolder)) {
                continue;
            }
            requireInside(root, parent, file, path);
            if (isFolder) {
                list(root, file, path + "/", depth + 1, ignore);
            } else if (Files.isRegularFile(file)) {
                collector.add(path, content(file));
            } else {
                throw new PackException(
                        path, "It is neither a file nor a folder (a device, a pipe or a socket). Remove it.");
            }
        }
    }

    private static void requireInside(Path root, Path parent, Path file, String path) throws IOException {
        Path real;
        try {
            real = file.toRealPath();
        } catch (NoSuchFileException e) {
            throw new PackException(path, "The link leads nowhere. Remove it, or mend what it points to.");
        }
        if (parent.toRealPath().startsWith(real)) {
            throw new PackException(path, "The link leads back to a folder that it lies in. Remove it.");
        }
        if (!real.startsWith(root)) {
            throw new PackException(
                    path,
                    "The link leads out of the chart, to " + real
                            + ". Replace it by the file, or leave it out with a line in " + HelmIgnore.FILE + ".");
        }
    }

    private byte[] content(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, collector.rest() + 1));
            boolean marked = bytes.length >= BYTE_ORDER_MARK.length
                    && Arrays.equals(Arrays.copyOf(bytes, BYTE_ORDER_MARK.length), BYTE_ORDER_MARK);
            return marked ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length) : bytes;
        }
    }
}
