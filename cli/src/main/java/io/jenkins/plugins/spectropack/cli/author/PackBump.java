package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.PackMetadata;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.pack.VersionOrder;
import io.jenkins.plugins.spectropack.engine.util.PartFile;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Raises a pack to a new version: changes the few lines that have to change, and swaps charts. */
public final class PackBump {

    private final Path folder;
    private final Request request;
    private final PackJsonEditor json;
    private final ValuesEditor values;
    private final Map<String, Chart> charts = new LinkedHashMap<>();
    private final List<TextEdit> jsonEdits = new ArrayList<>();
    private final Map<String, byte[]> newFiles = new TreeMap<>();
    private final Set<String> oldFiles = new LinkedHashSet<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> defaults = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private PackBump(Request request) throws IOException, InterruptedException {
        this.request = request;
        folder = request.folder();
        json = new PackJsonEditor(YamlText.decode(PackJsonEditor.FILE, bytes(PackJsonEditor.FILE)));
        values = new ValuesEditor(YamlText.withMacros(ValuesEditor.FILE, bytes(ValuesEditor.FILE)));
        for (String path : json.charts()) {
            if (Files.isRegularFile(folder.resolve(path))) {
                charts.put(path, Chart.read(folder.resolve(path)));
            }
        }
    }

    /**
     * What an author asks for.
     *
     * @param folder the pack's folder
     * @param version the pack's new version
     * @param charts that come in the place of those of the same name: folders or archives
     * @param takeDefaults whether values that are the old chart's defaults become the new one's
     * @param dryRun whether to change nothing
     * @param time that a chart which is packed here gets for all its files
     */
    public record Request(
            Path folder, String version, List<Path> charts, boolean takeDefaults, boolean dryRun, Instant time) {

        public Request {
            charts = List.copyOf(charts);
        }
    }

    /**
     * What was changed.
     *
     * @param changes one line each: which file and line, what was there, what is there
     * @param defaults which default values of a chart are new, gone or changed, one line each
     * @param remarks what only the author can say or do, in whole sentences
     * @param findings what the strictest check says about the pack as it is now; nothing if nothing was changed
     */
    public record Result(List<String> changes, List<String> defaults, List<String> remarks, List<Finding> findings) {}

    /**
     * Raises a pack.
     *
     * @throws PackException if the folder holds no pack, a chart is none, or fits to none of the pack; nothing is changed then
     * @throws IOException if the machine fails
     */
    public static Result bump(Request request) throws IOException, InterruptedException {
        PackChecker.Result before = PackChecker.check(request.folder(), Validation.OFF);
        if (before.pack().isEmpty()) {
            Finding first = before.findings().get(0);
            throw new PackException(first.file(), first.message());
        }
        var problem = PackMetadata.versionProblem(request.version());
        if (problem.isPresent()) {
            throw new PackException(PackJsonEditor.FILE, problem.get());
        }
        PackBump bump = new PackBump(request);
        bump.plan();
        List<Finding> findings = List.of();
        if (!request.dryRun()) {
            bump.write();
            findings = PackChecker.check(request.folder(), Validation.STRICT).findings();
        }
        return new Result(bump.changes, bump.defaults, bump.remarks, findings);
    }

    private byte[] bytes(String file) throws IOException {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new PackException(file, "The file is missing. Palette needs it, even if it is empty: add one.");
        }
        if (Files.size(path) > YamlText.MAX_BYTES) {
            throw new PackException(file, "The file has more than 8 MiB. Split it.");
        }
        return Files.readAllBytes(path);
    }

    private void plan() throws IOException, InterruptedException {
        if (!json.version().equals(request.version())) {
            jsonEdits.add(json.toVersion(request.version()));
            if (VersionOrder.ASCENDING.compare(request.version(), json.version()) < 0) {
                remarks.add("pack.json: " + request.version() + " is lower than " + json.version()
                        + ", so Palette goes on taking the other for the newer one.");
            }
        } else if (request.charts().isEmpty()) {
            throw new PackException(
                    PackJsonEditor.FILE,
                    "The pack has the version " + request.version() + " already. Give a higher one.");
        }
        Set<String> imagesBefore = new LinkedHashSet<>();
        Set<String> imagesAfter = new LinkedHashSet<>();
        Map<String, Chart> replaced = new LinkedHashMap<>();
        for (Path path : request.charts()) {
            Chart chart = Chart.read(path);
            if (replaced.put(pathOf(chart), chart) != null) {
                throw new PackException(path.toString(), "The chart '" + chart.name() + "' was given twice.");
            }
        }
        for (Map.Entry<String, Chart> entry : charts.entrySet()) {
            Chart old = entry.getValue();
            Chart chart = replaced.getOrDefault(entry.getKey(), old);
            Map<String, Object> set = values.valuesOf(old.name());
            imagesBefore.addAll(Images.of(old, set).found());
            Map<String, Object> then = chart == old ? set : swap(entry.getKey(), old, chart, set);
            imagesAfter.addAll(Images.of(chart, then).found());
        }
        values.images(imagesBefore, imagesAfter);
        remarks.addAll(values.remarks());
        TextEdit.sorted(jsonEdits).forEach(edit -> changes.add(edit.describe(PackJsonEditor.FILE, json.text())));
        TextEdit.sorted(values.edits()).forEach(edit -> changes.add(edit.describe(ValuesEditor.FILE, values.text())));
    }

    /** The path of the pack's chart in whose place another comes. */
    private String pathOf(Chart chart) throws PackException {
        return charts.entrySet().stream()
                .filter(entry -> entry.getValue().name().equals(chart.name()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new PackException(
                        chart.source(),
                        "The chart is called '" + chart.name() + "', and the pack has none of that name. "
                                + (charts.isEmpty()
                                        ? "It has no charts."
                                        : "Its charts are "
                                                + charts.values().stream()
                                                        .map(Chart::name)
                                                        .collect(Collectors.joining(", "))
                                                + ".")));
    }

    /** Plans one chart in the place of another, and returns the values that the pack sets for it then. */
    private Map<String, Object> swap(String path, Chart old, Chart chart, Map<String, Object> set) throws IOException {
        String other = otherPath(path, old, chart);
        byte[] content = ChartPacker.archive(chart, request.time());
        Path target = folder.resolve(other);
        if (!other.equals(path)) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                    && !(Files.isRegularFile(target) && Arrays.equals(Files.readAllBytes(target), content))) {
                throw new PackException(other, "There is such a file already, with other content. Remove it first.");
            }
            oldFiles.add(path);
            jsonEdits.addAll(json.toChart(path, other));
            changes.add(path + " -> " + other);
        } else if (!Arrays.equals(Files.readAllBytes(target), content)) {
            changes.add(path + ": " + old.version() + " -> " + chart.version());
        }
        newFiles.put(other, content);
        values.chartVersion(chart);
        List<DefaultChange> differences = DefaultChange.between(old.values(), chart.values());
        Map<String, Object> result = request.takeDefaults() ? values.takeDefaults(chart, differences) : set;
        long owned = differences.stream()
                .filter(difference -> difference.isOwnedByDefault(set))
                .count();
        if (owned > 0 && !request.takeDefaults()) {
            remarks.add("values.yaml: charts." + chart.name() + " goes on setting " + owned
                    + (owned == 1
                            ? " value that was the old chart's default"
                            : " values that were the old chart's defaults")
                    + ", such as an image's tag. Give --take-defaults to have the new chart's.");
        }
        differences.forEach(difference -> defaults.add(difference.describe(chart.name(), result)));
        return result;
    }

    /** The old file's name with the new version, if it has a version. */
    private static String otherPath(String path, Chart old, Chart chart) {
        int name = path.lastIndexOf('/') + 1;
        return path.substring(0, name) + path.substring(name).replace(old.version(), chart.version());
    }

    /** New files first and old ones last, so that a run that dies leaves a whole pack and can be run again. */
    private void write() throws IOException {
        for (Map.Entry<String, byte[]> file : newFiles.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        write(ValuesEditor.FILE, values.text(), values.edits());
        write(PackJsonEditor.FILE, json.text(), jsonEdits);
        for (String path : oldFiles) {
            Files.deleteIfExists(folder.resolve(path));
        }
    }

    private void write(String file, String text, List<TextEdit> edits) throws IOException {
        if (!edits.isEmpty()) {
            String bom = bytes(file).length > text.getBytes(StandardCharsets.UTF_8).length ? "\uFEFF" : "";
            write(file, (bom + TextEdit.apply(text, edits)).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void write(String file, byte[] content) throws IOException {
        Path named = folder.resolve(file);
        // A link stays one; where it leads is in the pack, or the pack would not have passed.
        Path target = Files.exists(named) ? named.toRealPath() : named;
        Path part = PartFile.beside(target);
        try {
            Files.write(part, content);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw new IOException(Printable.of(target.toString()) + " cannot be written: " + Reasons.of(e) + ".", e);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
