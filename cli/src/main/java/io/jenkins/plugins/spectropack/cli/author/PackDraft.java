package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A pack that is made from charts and manifests and not written yet.
 *
 * @param files its content, by path in the pack's folder
 * @param remarks what only the author can say, in whole sentences
 */
record PackDraft(SortedMap<String, byte[]> files, List<String> remarks) {

    private static final String LOGO = "logo.png";
    private static final String README = "README.md";
    private static final int MAX_LOGO = 4 * 1024 * 1024;

    /** A guess that the rules take; half of the published add-ons are of this kind or of one that is harder to guess. */
    private static final String USUAL_ADDON_TYPE = "app services";

    private static final String FIRST_VERSION = "1.0.0";

    /** Makes a pack's content. Reads only. */
    static PackDraft of(NewPack pack) throws IOException, InterruptedException {
        return new Maker(pack).make();
    }

    private static final class Maker {
        private final NewPack pack;
        private final List<Chart> charts = new ArrayList<>();
        private final List<Manifest> manifests;
        private final FolderName folder;
        private final SortedMap<String, byte[]> files = new TreeMap<>();
        private final List<String> remarks = new ArrayList<>();

        Maker(NewPack pack) throws IOException, InterruptedException {
            this.pack = pack;
            Map<String, Chart> byName = new LinkedHashMap<>();
            for (Path path : pack.charts()) {
                Chart chart = Chart.read(path);
                Chart before = byName.putIfAbsent(chart.name(), chart);
                if (before != null) {
                    throw new PackException(
                            path.toString(),
                            "The chart is called '" + chart.name() + "' as " + before.source()
                                    + " is, and the pack's values could not tell them apart. Leave one out.");
                }
            }
            charts.addAll(byName.values());
            manifests = Manifest.read(pack.manifests());
            folder = FolderName.of(pack.folder());
        }

        PackDraft make() throws IOException {
            List<String> chartPaths = new ArrayList<>();
            for (Chart chart : charts) {
                chartPaths.add(addChart(chart));
            }
            manifests.forEach(manifest -> files.put(manifest.path(), manifest.content()));
            String name = name();
            String displayName = displayName();
            files.put(
                    "pack.json",
                    PackJsonText.write(new PackJsonText.Content(
                            name,
                            displayName,
                            version(),
                            pack.layer(),
                            addonType(),
                            charts.stream()
                                    .map(chart -> chart.text("home"))
                                    .filter(home -> home.startsWith("https://"))
                                    .findFirst()
                                    .orElse(""),
                            chartPaths,
                            manifests.stream().map(Manifest::path).toList())));
            files.put("values.yaml", utf8(ValuesWriter.write(namespace(name), images(), charts, manifests)));
            files.put(README, readme(displayName));
            files.put(LOGO, logo());
            templates();
            return new PackDraft(files, remarks);
        }

        private String addChart(Chart chart) throws IOException {
            String path = "charts/" + chart.name() + "-" + chart.version() + ".tgz";
            files.put(path, ChartPacker.archive(chart, pack.time()));
            List<String> missing = chart.missing();
            if (!missing.isEmpty()) {
                remarks.add(path + ": the chart depends on " + String.join(", ", missing)
                        + ", which it does not hold. It cannot be installed unless somebody packs it with them.");
            }
            return path;
        }

        private String name() throws PackException {
            if (pack.name() != null) {
                return pack.name();
            }
            String source = source();
            String name = Names.ofPack(source);
            if (name.isEmpty()) {
                throw new PackException("pack.json", "No name can be made of '" + source + "'. Give --name.");
            }
            if (!name.equals(source.toLowerCase(Locale.ROOT))) {
                remarks.add("pack.json: the name is '" + name + "', since '" + source
                        + "' cannot be one. Give --name for another.");
            }
            return name;
        }

        /** What the pack is called after. */
        private String source() {
            return charts.size() == 1 ? charts.get(0).name() : folder.name();
        }

        private String version() {
            if (pack.version() != null) {
                return pack.version();
            }
            if (charts.size() == 1) {
                String chart = charts.get(0).version();
                String version = Names.versionOfPack(chart);
                if (!version.equals(chart)) {
                    remarks.add("pack.json: version is " + version + ", since the chart's, " + chart
                            + ", cannot be that of a pack. Give --version for another.");
                }
                return version;
            }
            if (folder.version().isEmpty()) {
                remarks.add("pack.json: version is " + FIRST_VERSION + ". Best is that of what the pack installs.");
            }
            return folder.version().orElse(FIRST_VERSION);
        }

        private String displayName() {
            return pack.displayName() != null
                    ? pack.displayName()
                    : Names.inWords(pack.name() != null ? pack.name() : source().toLowerCase(Locale.ROOT));
        }

        private String addonType() {
            if (pack.addonType() != null || !pack.layer().equals(NewPack.ADDON)) {
                return pack.addonType();
            }
            remarks.add("pack.json: addonType is '" + USUAL_ADDON_TYPE
                    + "', which is a guess. Palette sorts add-ons by it; give --addon-type.");
            return USUAL_ADDON_TYPE;
        }

        private String namespace(String name) throws PackException {
            if (pack.namespace() == null) {
                return Names.namespace(name);
            }
            var problem = Names.namespaceProblem(pack.namespace());
            if (problem.isPresent()) {
                throw new PackException("values.yaml", problem.get());
            }
            return pack.namespace();
        }

        private Set<String> images() throws PackException {
            Set<String> images = new LinkedHashSet<>();
            for (Chart chart : charts) {
                Images ofChart = Images.of(chart, Map.of());
                images.addAll(ofChart.found());
                remarks.add("values.yaml: pack.content.charts names " + chart.name()
                        + " without the 'repo' that it comes from. Add it if Palette shall copy the chart.");
                remarks.addAll(ImageRemarks.of(chart, ofChart));
            }
            manifests.forEach(manifest -> images.addAll(manifest.images()));
            return images;
        }

        private void templates() {
            for (Manifest manifest : manifests) {
                if (manifest.isTemplate()) {
                    remarks.add(
                            "values.yaml: " + manifest.path() + " is a template. Give its parameters below manifests."
                                    + manifest.key()
                                    + (manifest.parameters().isEmpty()
                                            ? "."
                                            : ": " + String.join(", ", manifest.parameters()) + "."));
                }
            }
        }

        private byte[] readme(String displayName) {
            for (Chart chart : charts) {
                if (chart.readme().isPresent()) {
                    return chart.readme().get();
                }
            }
            remarks.add(README + ": it says next to nothing. Say what the pack does and which values matter.");
            StringBuilder text = new StringBuilder("# " + displayName + "\n");
            charts.forEach(chart -> text.append("\nInstalls the Helm chart `")
                    .append(chart.name())
                    .append("`, version ")
                    .append(chart.version())
                    .append(chart.text("description").isEmpty() ? "." : ": " + sentence(chart.text("description")))
                    .append('\n'));
            if (!manifests.isEmpty()) {
                text.append("\nApplies the manifests ")
                        .append(manifests.stream()
                                .map(manifest -> "`" + manifest.file() + "`")
                                .collect(Collectors.joining(", ")))
                        .append(".\n");
            }
            return utf8(text.toString());
        }

        private static String sentence(String text) {
            String line = text.replace('\n', ' ');
            return line.endsWith(".") ? line : line + ".";
        }

        private byte[] logo() throws IOException {
            if (pack.logo() != null) {
                if (!Files.isRegularFile(pack.logo())) {
                    throw new PackException(pack.logo().toString(), "There is no such file. Give a PNG image.");
                }
                try (InputStream stream = Files.newInputStream(pack.logo())) {
                    byte[] bytes = stream.readNBytes(MAX_LOGO + 1);
                    if (bytes.length > MAX_LOGO) {
                        throw new PackException(
                                pack.logo().toString(), "The logo has more than 4 MiB. Make it smaller.");
                    }
                    return bytes;
                }
            }
            String icon = charts.stream()
                    .map(chart -> chart.text("icon"))
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .map(text -> " The chart names " + text + ".")
                    .orElse("");
            remarks.add(LOGO + ": it is a neutral one. Put your own there, as PNG, or give --logo." + icon);
            try (InputStream stream = PackDraft.class.getResourceAsStream(LOGO)) {
                return stream.readAllBytes();
            }
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
