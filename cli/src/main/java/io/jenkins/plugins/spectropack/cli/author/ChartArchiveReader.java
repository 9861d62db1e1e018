package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.ArchiveReader;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Reads a chart's archive, which may come from anywhere: nothing in it may lead out of the chart's own folder. */
final class ChartArchiveReader {

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
    private static final int SHOWN = 100;
    private static final int BUFFER = 64 * 1024;

    private ChartArchiveReader() {}

    static void read(Path file, ChartFiles.Collector collector) throws IOException, InterruptedException {
        try (InputStream stream = Files.newInputStream(file)) {
            read(stream, collector);
        }
    }

    /**
     * Reads an archive to its end, so that one that was cut off is noticed.
     *
     * @param stream closed with this
     * @throws PackException if it is no archive, or a hostile one
     */
    static void read(InputStream stream, ChartFiles.Collector collector) throws IOException, InterruptedException {
        try (ArchiveReader archive = new ArchiveReader(stream, ChartFiles.MAX_BYTES)) {
            byte[] buffer = new byte[BUFFER];
            for (TarArchiveEntry entry = archive.next(); entry != null; entry = archive.next()) {
                if (!entry.isDirectory()) {
                    String path = pathInChart(collector.chart(), entry);
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    for (int count = archive.read(buffer); count >= 0; count = archive.read(buffer)) {
                        content.write(buffer, 0, count);
                    }
                    collector.add(path, content.toByteArray());
                }
            }
        } catch (PackException e) {
            throw e;
        } catch (IOException e) {
            throw new PackException(
                    collector.chart(),
                    "The file is not a chart: it is no gzip-compressed tar archive, or it is damaged (" + e.getMessage()
                            + "). Fetch it again with 'helm pull'.");
        }
    }

    /** A path below the archive's first folder, whatever that is called. Helm takes both kinds of slash there. */
    private static String pathInChart(String chart, TarArchiveEntry entry) throws PackException {
        String name = entry.getName();
        if (entry.isLink() || entry.isSymbolicLink()) {
            throw refused(chart, name, "is a link");
        }
        if (!entry.isFile() || entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
            throw refused(chart, name, "is a device or a pipe");
        }
        if (name.indexOf('\\') >= 0
                || name.startsWith("/")
                || DRIVE.matcher(name).matches()) {
            throw refused(chart, name, "is no path within an archive");
        }
        List<String> parts = List.of(name.split("/", -1));
        List<String> below = parts.subList(1, parts.size());
        if (below.isEmpty() || parts.contains("..") || below.contains(".") || below.contains("")) {
            throw refused(chart, name, "lies outside the chart's folder");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw refused(chart, name, "has a name that holds a control character");
        }
        return String.join("/", below);
    }

    private static PackException refused(String chart, String entry, String why) {
        String shown = entry.length() > SHOWN ? entry.substring(0, SHOWN) + "…" : entry;
        return new PackException(
                chart,
                "The entry '" + shown + "' of the chart " + why
                        + ", so the chart is refused. Make it with 'helm package'.");
    }
}
