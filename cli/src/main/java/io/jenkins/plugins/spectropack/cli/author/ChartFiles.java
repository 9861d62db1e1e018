package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a Helm chart as {@code helm package} would put them into an archive: those of a folder, without what
 * {@code .helmignore} leaves out, or those of an archive that anybody may have made. Charts that a chart depends on and holds as
 * archives stand there as folders.
 *
 * @param files by path relative to the chart's folder, with {@code /}
 */
record ChartFiles(SortedMap<String, byte[]> files) {

    static final String CHART_YAML = "Chart.yaml";

    /** What a chart may unpack to, in bytes: Helm takes no chart that is larger. */
    static final long MAX_BYTES = 100L * 1024 * 1024;

    private static final int MAX_FILES = 100_000;
    private static final int MAX_NESTING = 10;

    /** A chart inside a chart; Helm leaves alone what begins with a dot or an underscore. */
    private static final Pattern INNER_ARCHIVE = Pattern.compile("((?:charts/[^/]+/)*)charts/[^/._][^/]*\\.tgz");

    private static final Pattern NO_INNER_CHART =
            Pattern.compile("(?:charts/[^/]+/)*charts/(?:[._][^/]*(?:/.*)?|[^/]*)");

    /** Takes files up to a limit. */
    static final class Collector {
        private final String chart;
        private final SortedMap<String, byte[]> files = new TreeMap<>();
        private long bytes;
        private int folders;

        Collector(String chart) {
            this.chart = chart;
        }

        /** What the chart is called in messages. */
        String chart() {
            return chart;
        }

        /** Counts a folder, since links can make a few of them look like endless many. */
        void folder() throws PackException {
            if (++folders > MAX_FILES) {
                throw tooLarge();
            }
        }

        /** How much may still come. */
        long rest() {
            return MAX_BYTES - bytes;
        }

        void add(String path, byte[] content) throws PackException {
            bytes += content.length;
            if (bytes > MAX_BYTES || files.size() >= MAX_FILES) {
                throw tooLarge();
            }
            byte[] before = files.put(path, content);
            if (before != null && !Arrays.equals(before, content)) {
                throw new PackException(
                        chart,
                        "The chart holds '" + path + "' twice, and not with the same content. Make it again with"
                                + " 'helm package'.");
            }
        }

        PackException tooLarge() {
            return new PackException(
                    chart,
                    "The chart unpacks to more than " + MAX_BYTES / 1024 / 1024 + " MiB, or holds more than "
                            + MAX_FILES + " files, which Helm would not take.");
        }
    }

    /**
     * Reads a chart.
     *
     * @param chart a folder, or an archive as {@code helm package} writes it
     * @throws PackException if it is neither, or hostile, or damaged
     */
    static ChartFiles read(Path chart) throws IOException, InterruptedException {
        Collector collector = new Collector(chart.toString());
        if (Files.isDirectory(chart)) {
            new ChartFolder(chart, collector).read();
        } else if (Files.isRegularFile(chart)) {
            ChartArchiveReader.read(chart, collector);
        } else {
            throw new PackException(
                    chart.toString(),
                    Files.exists(chart)
                            ? "It is neither a file nor a folder."
                            : "There is no such file or folder. Fetch a chart with 'helm pull'.");
        }
        if (!collector.files.containsKey(CHART_YAML)) {
            throw new PackException(
                    chart.toString(),
                    Files.exists(chart.resolve(CHART_YAML))
                            ? "Its " + HelmIgnore.FILE
                                    + " leaves out Chart.yaml, so Helm would take it for no chart. A line"
                                    + " that begins with '!' leaves out all that it does not match: remove it."
                            : "It holds no Chart.yaml, so it is no Helm chart. Fetch one with 'helm pull'.");
        }
        return new ChartFiles(unpacked(collector, 0));
    }

    private static SortedMap<String, byte[]> unpacked(Collector collector, int depth)
            throws IOException, InterruptedException {
        Collector result = new Collector(collector.chart);
        for (var file : collector.files.entrySet()) {
            Matcher inner = INNER_ARCHIVE.matcher(file.getKey());
            if (!inner.matches()) {
                if (!NO_INNER_CHART.matcher(file.getKey()).matches()) {
                    result.add(file.getKey(), file.getValue());
                }
                continue;
            }
            if (depth >= MAX_NESTING) {
                throw new PackException(collector.chart, "Its charts nest more than " + MAX_NESTING + " levels deep.");
            }
            Collector archive = new Collector(collector.chart + "!" + file.getKey());
            ChartArchiveReader.read(new ByteArrayInputStream(file.getValue()), archive);
            String name = Chart.of(archive.chart, archive.files).name();
            for (var part : unpacked(archive, depth + 1).entrySet()) {
                result.add(inner.group(1) + "charts/" + name + "/" + part.getKey(), part.getValue());
            }
        }
        return result.files;
    }
}
