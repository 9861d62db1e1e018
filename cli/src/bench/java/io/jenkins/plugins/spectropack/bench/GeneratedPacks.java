package io.jenkins.plugins.spectropack.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Packs like published ones, in number and size of files and in how far and how fast they compress. The same arguments give
 * the same files.
 */
final class GeneratedPacks {

    /** In 220 published packs: 4 to 426 files with a median of 24. */
    private static final int MEDIAN_FILES = 24;

    private static final double SPREAD_OF_FILES = 1.3;
    private static final int MEDIAN_BYTES = 4_400;
    private static final double SPREAD_OF_BYTES = 1.45;
    private static final int LARGEST_FILE = 400_000;
    private static final int LINES = 120;

    /** In mebibytes. */
    private static final int LARGEST_CHART = 64;

    private static final String[] KEYS = {
        "apiVersion", "kind", "metadata", "name", "namespace", "spec", "template", "containers", "image", "ports",
        "labels", "resources", "limits", "requests", "memory", "cpu", "replicas", "selector", "volumes", "config",
        "service", "enabled", "description", "type", "properties", "items", "default", "annotations"
    };

    private GeneratedPacks() {}

    /**
     * Writes packs of the usual sizes, each third of them another version of the one before.
     *
     * @return their folders, called NAME-VERSION
     */
    static List<Path> usual(Path parent, int count) throws IOException {
        return usual(parent, count, 3);
    }

    /** The same without versions of one pack. */
    static List<Path> distinct(Path parent, int count) throws IOException {
        return usual(parent, count, Integer.MAX_VALUE);
    }

    private static List<Path> usual(Path parent, int count, int perFurther) throws IOException {
        List<Path> packs = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            boolean isFurther = number % perFurther == perFurther - 1;
            String name = "pack%04d".formatted(isFurther ? number - 1 : number);
            Random random = new Random(number * 0x9E3779B97F4A7C15L);
            packs.add(usual(parent, name, isFurther ? "1.1.0" : "1.0.0", random));
        }
        return packs;
    }

    private static Path usual(Path parent, String name, String version, Random random) throws IOException {
        Path folder = start(parent, name, version, List.of(name));
        int files = (int) Math.max(5, Math.min(400, MEDIAN_FILES * Math.exp(random.nextGaussian() * SPREAD_OF_FILES)));
        String[] lines = lines(random);
        byte[] templates = text(lines, random, 300_000 + random.nextInt(600_000));
        chart(folder, name, Deflater.DEFAULT_COMPRESSION, 1, templates.length, stream -> stream.write(templates));
        for (int number = 0; number < files; number++) {
            Path file = folder.resolve("charts/%s/templates/%d/file-%d.yaml".formatted(name, number % 10, number));
            Files.createDirectories(file.getParent());
            int size = (int) Math.min(LARGEST_FILE, MEDIAN_BYTES * Math.exp(random.nextGaussian() * SPREAD_OF_BYTES));
            Files.write(file, text(lines, random, size));
        }
        return folder;
    }

    /** Writes one pack with charts of so many mebibytes that cannot be compressed; returns its folder. */
    static Path incompressible(Path parent, int mebibytes) throws IOException {
        String name = "big" + mebibytes;
        List<String> charts = new ArrayList<>();
        for (int rest = mebibytes; rest > 0; rest -= LARGEST_CHART) {
            charts.add("part" + charts.size());
        }
        Path folder = start(parent, name, "1.0.0", charts);
        Random random = new Random(mebibytes);
        byte[] block = new byte[1024 * 1024];
        int rest = mebibytes;
        for (String chart : charts) {
            int size = Math.min(rest, LARGEST_CHART);
            rest -= size;
            chart(folder, chart, Deflater.NO_COMPRESSION, size, block.length, stream -> {
                random.nextBytes(block);
                stream.write(block);
            });
        }
        return folder;
    }

    private static Path start(Path parent, String name, String version, List<String> charts) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(name + "-" + version));
        Files.createDirectories(folder.resolve("charts"));
        Files.writeString(folder.resolve("pack.json"), """
                {"name": "%s", "displayName": "%s", "version": "%s", "layer": "addon", "addonType": "logging",
                 "cloudTypes": ["all"], "charts": [%s]}
                """.formatted(
                name,
                name,
                version,
                charts.stream().map(chart -> "\"charts/" + chart + ".tgz\"").collect(Collectors.joining(", "))));
        Files.writeString(folder.resolve("values.yaml"), "pack:\n  namespace: " + name + "\n");
        Files.writeString(folder.resolve("README.md"), "# " + name + "\n");
        Files.write(folder.resolve("logo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        return folder;
    }

    private interface Content {
        void write(OutputStream stream) throws IOException;
    }

    /** Writes what {@code helm package} would make of a chart with templates of one size. */
    private static void chart(Path folder, String name, int level, int templates, long size, Content template)
            throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(level);
        try (OutputStream file = Files.newOutputStream(folder.resolve("charts/" + name + ".tgz"));
                OutputStream buffer = new BufferedOutputStream(file);
                TarArchiveOutputStream tar =
                        new TarArchiveOutputStream(new GzipCompressorOutputStream(buffer, parameters))) {
            byte[] chart = ("apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n").getBytes(StandardCharsets.UTF_8);
            entry(tar, name + "/Chart.yaml", chart.length, stream -> stream.write(chart));
            for (int i = 0; i < templates; i++) {
                entry(tar, name + "/templates/part" + i + ".yaml", size, template);
            }
        }
    }

    private static void entry(TarArchiveOutputStream tar, String name, long size, Content content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setModTime(0);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        content.write(tar);
        tar.closeArchiveEntry();
    }

    /** Charts repeat whole lines far more than words. */
    private static String[] lines(Random random) {
        String[] lines = new String[LINES];
        for (int i = 0; i < LINES; i++) {
            lines[i] = "  ".repeat(random.nextInt(7)) + key(random) + ": "
                    + switch (random.nextInt(4)) {
                        case 0 -> "";
                        case 1 -> "{{ .Values." + key(random) + "." + key(random) + " | quote }}";
                        case 2 -> key(random) + "-" + key(random);
                        default -> Integer.toString(random.nextInt(10_000));
                    };
        }
        return lines;
    }

    private static String key(Random random) {
        return KEYS[random.nextInt(KEYS.length)];
    }

    private static byte[] text(String[] lines, Random random, int size) {
        StringBuilder text = new StringBuilder(size + 200);
        while (text.length() < size) {
            int start = random.nextInt(lines.length);
            int end = Math.min(lines.length, start + 1 + random.nextInt(8));
            for (int i = start; i < end; i++) {
                text.append(lines[i]);
                if (random.nextInt(5) == 0) {
                    text.append(" # ").append(Long.toHexString(random.nextLong()));
                }
                text.append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
