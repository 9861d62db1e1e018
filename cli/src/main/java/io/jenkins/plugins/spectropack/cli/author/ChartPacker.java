package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Packs a chart's folder as {@code helm package} does: all files below one folder of the chart's name, {@code Chart.yaml} first.
 * Unlike there, the same files give the same bytes: files are sorted, and owner, mode and time are fixed.
 */
final class ChartPacker {

    private static final int FILE_MODE = 0100644;

    private ChartPacker() {}

    /**
     * The bytes of a chart's archive: those of the file that it was read from, or what its folder packs to.
     *
     * @throws PackException if a folder lacks a chart that it depends on
     */
    static byte[] archive(Chart chart, Instant time) throws IOException {
        Path source = Path.of(chart.source());
        if (!Files.isDirectory(source)) {
            return Files.readAllBytes(source);
        }
        List<String> missing = chart.missing();
        if (!missing.isEmpty()) {
            throw new PackException(
                    chart.source(),
                    "The chart depends on " + String.join(", ", missing) + " and does not hold "
                            + (missing.size() == 1 ? "it" : "them") + ". Run 'helm dependency build " + chart.source()
                            + "' first.");
        }
        return pack(chart, time);
    }

    /**
     * The archive of a chart that is a folder.
     *
     * @param time the modification time of every entry; whole seconds count
     */
    private static byte[] pack(Chart chart, Instant time) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            add(tar, chart, ChartFiles.CHART_YAML, chart.files().get(ChartFiles.CHART_YAML), time);
            for (Map.Entry<String, byte[]> file : chart.files().entrySet()) {
                if (!file.getKey().equals(ChartFiles.CHART_YAML)) {
                    add(tar, chart, file.getKey(), file.getValue(), time);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, Chart chart, String path, byte[] content, Instant time)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(chart.name() + "/" + path, true);
        entry.setMode(FILE_MODE);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setLastModifiedTime(FileTime.fromMillis(time.getEpochSecond() * 1000));
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
