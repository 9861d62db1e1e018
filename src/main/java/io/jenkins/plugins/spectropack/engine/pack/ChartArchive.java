package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * A packaged Helm chart: a gzip-compressed tar archive that holds {@code CHART/Chart.yaml}. Source: Helm's "Charts" guide.
 *
 * @param names what the chart is called: the name that its Chart.yaml says, and its folder; empty if it has no Chart.yaml
 */
record ChartArchive(List<String> names) {

    /** What is read of an archive, in bytes that it unpacks to: more would be no chart, and Helm would not take it. */
    static final long MAX_BYTES = 256L * 1024 * 1024;

    private static final Pattern CHART_YAML = Pattern.compile("(?:\\./)?([^/]+)/Chart\\.yaml");
    private static final int MAX_CHART_YAML = 1024 * 1024;

    /**
     * Reads an archive to its end, so that one that was cut off is noticed.
     *
     * @throws IOException if it is no such archive, or a damaged one
     */
    static ChartArchive read(Path file) throws IOException, InterruptedException {
        Optional<List<String>> names = Optional.empty();
        try (InputStream stream = Files.newInputStream(file);
                ArchiveReader archive = new ArchiveReader(stream, MAX_BYTES)) {
            for (TarArchiveEntry entry = archive.next(); entry != null; entry = archive.next()) {
                Matcher matcher = CHART_YAML.matcher(entry.getName());
                if (names.isEmpty() && entry.isFile() && matcher.matches()) {
                    names = Optional.of(names(matcher.group(1), archive.read(MAX_CHART_YAML)));
                }
            }
        }
        return new ChartArchive(names.orElse(List.of()));
    }

    private static List<String> names(String folder, byte[] chartYaml) {
        List<String> names = new ArrayList<>();
        names.add(folder);
        try {
            YamlOutline.of(chartYaml).keys().stream()
                    .filter(key -> key.name().equals("name") && !key.value().text().isBlank())
                    .forEach(key -> names.add(key.value().text()));
        } catch (YamlOutline.Problem e) {
            // The folder's name has to do; whether charts can be rendered is Helm's to say.
        }
        return names;
    }
}
