package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A Helm chart, as far as a pack needs to know it. Source of the names: Helm's "Charts" guide.
 *
 * @param source the folder or archive that it was read from, as a user would name it
 * @param name what it is called, which is also what a pack's values call it
 * @param version its own version
 * @param metadata all that its Chart.yaml says
 * @param files all its files, by path below its folder
 * @param values its default values; empty if it has none
 * @param inner the charts that it holds, by name
 */
record Chart(
        String source,
        String name,
        String version,
        Map<String, Object> metadata,
        SortedMap<String, byte[]> files,
        Map<String, Object> values,
        Map<String, Chart> inner) {

    static final String VALUES_YAML = "values.yaml";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,249}");
    private static final Pattern VERSION = Pattern.compile("v?[0-9][0-9A-Za-z.+-]{0,127}");

    /**
     * A chart that a chart depends on.
     *
     * @param name of the chart
     * @param key what the values of the chart that needs it call it: its alias, or its name
     */
    record Dependency(String name, String key) {}

    /**
     * Reads a chart.
     *
     * @param chart a folder or an archive
     * @throws PackException if it is none, or hostile, or nothing that can be installed
     */
    static Chart read(Path chart) throws IOException, InterruptedException {
        Chart read = of(chart.toString(), ChartFiles.read(chart).files());
        if (YamlData.text(read.metadata.get("type")).equals("library")) {
            throw new PackException(
                    chart.toString(),
                    "The chart '" + read.name + "' is a library, which other charts use and nothing can install. Take a"
                            + " chart that uses it.");
        }
        return read;
    }

    /** A chart from its files. */
    static Chart of(String source, SortedMap<String, byte[]> files) throws PackException {
        byte[] bytes = files.get(ChartFiles.CHART_YAML);
        String file = source + "!" + ChartFiles.CHART_YAML;
        if (bytes == null) {
            throw new PackException(source, "It holds no Chart.yaml, so it is no Helm chart.");
        }
        Map<String, Object> metadata = YamlData.of(file, YamlText.of(file, bytes));
        String name = YamlData.text(metadata.get("name"));
        String version = YamlData.text(metadata.get("version"));
        if (!NAME.matcher(name).matches()) {
            throw new PackException(
                    file, "The chart's 'name' is '" + name + "', but must be letters, digits, '.', '_' and '-'.");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new PackException(
                    file, "The chart's 'version' is '" + version + "', but must be semantic, such as 1.2.3.");
        }
        String values = source + "!" + VALUES_YAML;
        byte[] defaults = files.get(VALUES_YAML);
        return new Chart(
                source,
                name,
                version,
                metadata,
                files,
                defaults == null ? Map.of() : YamlData.of(values, YamlText.of(values, defaults)),
                inner(source, files));
    }

    private static Map<String, Chart> inner(String source, SortedMap<String, byte[]> files) throws PackException {
        Map<String, SortedMap<String, byte[]>> parts = new LinkedHashMap<>();
        for (var file : files.tailMap("charts/").headMap("charts0").entrySet()) {
            String[] path = file.getKey().split("/", 3);
            if (path.length == 3) {
                parts.computeIfAbsent(path[1], part -> new TreeMap<>()).put(path[2], file.getValue());
            }
        }
        Map<String, Chart> charts = new LinkedHashMap<>();
        for (var part : parts.entrySet()) {
            Chart chart = of(source + "!charts/" + part.getKey(), part.getValue());
            charts.put(chart.name, chart);
        }
        return charts;
    }

    /** A text of Chart.yaml; empty if it is not there. */
    String text(String key) {
        return YamlData.text(metadata.get(key)).strip();
    }

    /** The chart's own description of itself, if it has one. */
    Optional<byte[]> readme() {
        return Optional.ofNullable(files.get("README.md"));
    }

    /** What it says that it depends on, in charts of the older kind in a file of its own. */
    List<Dependency> dependencies() throws PackException {
        Object declared = metadata.get("dependencies");
        byte[] older = files.get("requirements.yaml");
        if (declared == null && older != null) {
            String file = source + "!requirements.yaml";
            declared = YamlData.of(file, YamlText.of(file, older)).get("dependencies");
        }
        List<Dependency> dependencies = new ArrayList<>();
        if (declared instanceof List<?> list) {
            for (Object element : list) {
                String needed = YamlData.text(YamlData.map(element).get("name"));
                String alias = YamlData.text(YamlData.map(element).get("alias"));
                dependencies.add(new Dependency(needed, alias.isEmpty() ? needed : alias));
            }
        }
        return dependencies;
    }

    /** The names of the charts that it depends on and does not hold. */
    List<String> missing() throws PackException {
        return dependencies().stream()
                .map(Dependency::name)
                .filter(needed -> !inner.containsKey(needed))
                .distinct()
                .toList();
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
