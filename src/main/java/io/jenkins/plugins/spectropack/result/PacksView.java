package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.spectropack.engine.pack.VersionOrder;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the pages of a build show of its packs, taken at one moment. */
@Restricted(NoExternalUse.class)
public final class PacksView {

    /** So many failed packs are named on the build's own page. */
    private static final int NAMED = 10;

    private final List<PackRow> rows;
    private final List<PackFinding> findings;
    private final long moreFindings;
    private final List<RetiredPack> retired;

    PacksView(List<StepRecord> steps) {
        findings = steps.stream()
                .flatMap(step -> step.getFindings().stream())
                .distinct()
                .toList();
        moreFindings = steps.stream().mapToLong(StepRecord::getMoreFindings).sum();
        retired = steps.stream().flatMap(step -> step.getRetired().stream()).toList();
        rows = rows(steps);
    }

    private List<PackRow> rows(List<StepRecord> steps) {
        Map<String, List<PackFinding>> byFolder = byFolder(steps);
        Map<String, Integer> ranks = ranks(steps.stream()
                .flatMap(step -> step.getPacks().stream())
                .map(PublishedPack::getVersion)
                .toList());
        List<PackRow> all = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            for (PublishedPack pack : steps.get(i).getPacks()) {
                String key = i + " " + Objects.requireNonNullElse(pack.getName(), pack.getFolder() + "/") + " "
                        + pack.getVersion();
                all.add(new PackRow(
                        key,
                        pack,
                        ranks.getOrDefault(pack.getVersion(), -1),
                        byFolder.getOrDefault(folder(pack.getFolder()), List.of())));
            }
        }
        // Stable: packs with the same status stay in the order in which they were named.
        all.sort(Comparator.comparing(row -> !row.getPack().isFailed()));
        return List.copyOf(all);
    }

    /** Numbers that sort versions as people count. */
    static Map<String, Integer> ranks(List<String> versions) {
        List<String> sorted = versions.stream()
                .filter(Objects::nonNull)
                .distinct()
                .sorted(VersionOrder.ASCENDING)
                .toList();
        Map<String, Integer> ranks = new HashMap<>();
        for (String version : sorted) {
            ranks.put(version, ranks.size());
        }
        return ranks;
    }

    /** Findings by the folder of the pack that they were found in. */
    private Map<String, List<PackFinding>> byFolder(List<StepRecord> steps) {
        Map<String, List<PackFinding>> byFolder = new HashMap<>();
        steps.stream()
                .flatMap(step -> step.getPacks().stream())
                .map(PublishedPack::getFolder)
                .filter(Objects::nonNull)
                .forEach(folder -> byFolder.putIfAbsent(folder(folder), new ArrayList<>()));
        for (PackFinding finding : findings) {
            String folder = folder(finding.getFile());
            while (!folder.isEmpty() && !byFolder.containsKey(folder)) {
                folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
            }
            if (!folder.isEmpty()) {
                byFolder.get(folder).add(finding);
            } else if (byFolder.size() == 1) {
                // A pack that is the workspace itself has its files named without a folder.
                byFolder.values().iterator().next().add(finding);
            }
        }
        return byFolder;
    }

    /** A path with the same separators whatever the agent's system is. */
    private static String folder(String path) {
        return path == null ? null : path.replace('\\', '/');
    }

    /** All packs, failed ones first. */
    public List<PackRow> getRows() {
        return rows;
    }

    /** The packs that failed, as far as they are named. */
    public List<PackRow> getFailed() {
        return rows.stream()
                .filter(row -> row.getPack().isFailed())
                .limit(NAMED)
                .toList();
    }

    /** How many more packs failed. */
    public long getMoreFailed() {
        return rows.stream().filter(row -> row.getPack().isFailed()).count()
                - getFailed().size();
    }

    /** How many packs ended in which way, in the order in which statuses are documented. */
    public List<StatusCount> getCounts() {
        Map<String, List<PackRow>> byStatus = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.getPack().getStatus(), LinkedHashMap::new, Collectors.toList()));
        List<StatusCount> counts = new ArrayList<>();
        for (PublishedPack.Status status : PublishedPack.Status.values()) {
            List<PackRow> those = byStatus.remove(status.name());
            if (those != null) {
                counts.add(new StatusCount(
                        those.size(), status.words(), those.get(0).getStatusTone()));
            }
        }
        byStatus.forEach((status, those) -> counts.add(
                new StatusCount(those.size(), words(status), those.get(0).getStatusTone())));
        return counts;
    }

    /** The registries that packs went to, each with what all its packs lie below. */
    public List<String> getPlaces() {
        return rows.stream()
                .map(PackRow::getPlace)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Whether rows must say which registry they are about. */
    public boolean isPlaceShown() {
        return getPlaces().size() > 1;
    }

    /** Whether Palette was to be asked about any of the packs. */
    public boolean isPaletteUsed() {
        return rows.stream().anyMatch(row -> row.getPack().getPaletteStatus() != null);
    }

    /** How many packs have which status in Palette. */
    public List<StatusCount> getPaletteCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        Arrays.stream(PaletteStatus.values()).forEach(status -> counts.put(status.name(), 0L));
        rows.stream()
                .map(row -> row.getPack().getPaletteStatus())
                .filter(Objects::nonNull)
                .forEach(status -> counts.merge(status, 1L, Long::sum));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry ->
                        new StatusCount(entry.getValue(), words(entry.getKey()), PackRow.paletteTone(entry.getKey())))
                .toList();
    }

    /** How many versions that were looked at to retire them ended in which way. */
    public List<StatusCount> getRetiredCounts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        retired.forEach(pack -> counts.merge(pack.getStatus(), 1L, Long::sum));
        return counts.entrySet().stream()
                .map(entry -> new StatusCount(
                        entry.getValue(),
                        words(entry.getKey()),
                        entry.getKey().equals(RetiredPack.Status.FAILED.name()) ? "bad" : "neutral"))
                .toList();
    }

    @NonNull
    private static String words(String status) {
        return status.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** How many errors were found, with those that are not told one by one. */
    public long getErrors() {
        return findings.stream()
                .filter(finding -> !finding.isWarning())
                .mapToLong(PackFinding::getCount)
                .sum();
    }

    /** How many warnings were found, with those that are not told one by one. */
    public long getWarnings() {
        return findings.stream()
                .filter(PackFinding::isWarning)
                .mapToLong(PackFinding::getCount)
                .sum();
    }

    /** How many findings there are that are not kept. */
    public long getMoreFindings() {
        return moreFindings;
    }

    /** How many findings there are, kept or not. */
    public long getFindingCount() {
        return getErrors() + getWarnings() + moreFindings;
    }

    /** Findings by rule: errors first, then the rule with the most. */
    public List<RuleFindings> getRules() {
        return findings.stream().collect(Collectors.groupingBy(PackFinding::getRule)).entrySet().stream()
                .map(entry -> new RuleFindings(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(RuleFindings::isWarning)
                        .thenComparing(
                                Comparator.comparing(RuleFindings::getCount).reversed())
                        .thenComparing(RuleFindings::getRule))
                .toList();
    }
}
