package io.jenkins.plugins.spectropack.engine.pack;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Files that lie in a pack and do nothing there: most probably {@code pack.json} should name them, or they should not be there. */
final class LeftoverRules {

    private static final String CHARTS = "charts/";
    private static final String MANIFESTS = "manifests/";
    private static final String CHART_YAML = "/Chart.yaml";

    /** What other rules judge by themselves. */
    private static final Set<String> JUDGED_ELSEWHERE =
            Set.of(PackJson.FILE, YamlRules.VALUES, "logo.png", "presets.yaml", "schema.yaml");

    private final Inspection pack;
    private final Set<String> named = new HashSet<>();

    private LeftoverRules(Inspection pack) {
        this.pack = pack;
        ContentRules.charts(pack).forEach(path -> named.add(normal(path)));
        ContentRules.manifests(pack).forEach(path -> named.add(normal(path)));
    }

    /**
     * Checks a pack.
     *
     * @param charts what its charts are called; nothing if that is not known
     * @param manifestsInValues whether manifests stand in {@code values.yaml}
     * @return the folders, with {@code /} at the end, of charts that lie beside their archives, unpacked
     */
    static Set<String> check(Inspection pack, Optional<Set<String>> charts, boolean manifestsInValues) {
        LeftoverRules rules = new LeftoverRules(pack);
        rules.nothingDeployed(manifestsInValues);
        Set<String> copies = rules.unnamed(charts);
        rules.earlierArchives();
        rules.pointers();
        return copies;
    }

    private static String normal(String path) {
        return Path.of(path).normalize().toString().replace('\\', '/');
    }

    private void nothingDeployed(boolean manifestsInValues) {
        boolean isAddon = pack.value("layer").stringValue("").equals("addon");
        boolean names = List.of("charts", "kubeManifests", "KubeManifests", "ansibleRoles").stream()
                .anyMatch(key -> !pack.value(key).isEmpty() || pack.value(key).isValueNode());
        if (isAddon && !names && !manifestsInValues) {
            pack.found(
                    Rule.NOTHING_DEPLOYED,
                    "",
                    "The pack is an add-on, but names no chart and no manifest, so it deploys nothing. Name them in"
                            + " 'charts' or 'kubeManifests'.");
        }
    }

    private Set<String> unnamed(Optional<Set<String>> charts) {
        Set<String> unpacked = new TreeSet<>();
        for (String file : pack.files()) {
            if (file.startsWith(CHARTS) && file.endsWith(CHART_YAML)) {
                unpacked.add(file.substring(0, file.length() - CHART_YAML.length() + 1));
            }
        }
        Set<String> copies = new HashSet<>();
        Set<String> others = new HashSet<>();
        boolean chartsKnown = pack.hasJson() && ContentRules.allChartsAreThere(pack);
        boolean manifestsKnown = pack.hasJson() && ContentRules.allManifestsAreThere(pack);
        for (String file : pack.files()) {
            String lower = file.toLowerCase(Locale.ROOT);
            Optional<String> chart = outermost(unpacked, file);
            if (named.contains(file) || isKeptOriginal(file)) {
                continue;
            }
            if (chart.isPresent()) {
                if (copies.contains(chart.get()) || others.contains(chart.get())) {
                    continue;
                }
                boolean copy = charts.isEmpty() || isCopy(chart.get(), charts.get());
                (copy ? copies : others).add(chart.get());
                if (!copy) {
                    pack.foundIn(
                            chart.get() + "Chart.yaml",
                            Rule.UNNAMED_FILE,
                            "The chart in this folder is no copy of one that 'charts' in pack.json names, so nothing"
                                    + " deploys it. Package it with 'helm package' and name that, or delete it.");
                }
            } else if (chartsKnown
                    && file.startsWith(CHARTS)
                    && (lower.endsWith(".tgz") || lower.endsWith(".tar.gz"))) {
                notNamed(file, "charts");
            } else if (manifestsKnown
                    && file.startsWith(MANIFESTS)
                    && (lower.endsWith(".yaml") || lower.endsWith(".yml"))) {
                notNamed(file, "kubeManifests");
            }
        }
        return copies;
    }

    /** Published packs keep what they changed a chart or manifest from, as NAME.orig.tgz or install-original.yaml. */
    private static boolean isKeptOriginal(String file) {
        return file.substring(file.lastIndexOf('/') + 1).contains("orig");
    }

    private void notNamed(String file, String key) {
        pack.foundIn(
                file,
                Rule.UNNAMED_FILE,
                "'" + key + "' in pack.json does not name the file, so nothing deploys it. Name it, or delete it.");
    }

    /** The outermost folder of an unpacked chart that a file lies in. */
    private static Optional<String> outermost(Set<String> folders, String file) {
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            String folder = file.substring(0, slash + 1);
            if (folders.contains(folder)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private boolean isCopy(String folder, Set<String> charts) {
        String path = folder.substring(0, folder.length() - 1);
        return charts.contains(path.substring(path.lastIndexOf('/') + 1))
                || pack.begin(folder + "Chart.yaml", YamlText.MAX_BYTES)
                        .map(bytes -> charts.contains(name(bytes)))
                        .orElse(true);
    }

    private static String name(byte[] chartYaml) {
        ChartYaml chart = new ChartYaml();
        chart.add(ChartYaml.FILE, chartYaml);
        return chart.name();
    }

    private void earlierArchives() {
        String start = pack.value("name").stringValue("") + "-";
        for (String file : pack.files()) {
            String name = file.substring(file.lastIndexOf('/') + 1);
            if (start.length() > 1
                    && name.startsWith(start)
                    && name.endsWith(".tar.gz")
                    && !file.startsWith(CHARTS)
                    && !named.contains(file)) {
                pack.foundIn(
                        file,
                        Rule.EARLIER_ARCHIVE,
                        "The file seems to be an archive of this pack, made earlier, and would become part of the next"
                                + " one. Delete it, or name it in .packignore.");
            }
        }
    }

    private void pointers() {
        for (PackTree.Entry entry : pack.entries()) {
            boolean candidate = entry.type() == PackTree.Type.FILE
                    && entry.size() <= GitLfs.MOST_BYTES
                    && !named.contains(entry.path())
                    && !JUDGED_ELSEWHERE.contains(entry.path());
            if (candidate
                    && pack.begin(entry.path(), GitLfs.MOST_BYTES)
                            .filter(GitLfs::isPointer)
                            .isPresent()) {
                pack.foundIn(entry.path(), 1, Rule.GIT_LFS, GitLfs.MESSAGE);
            }
        }
    }
}
