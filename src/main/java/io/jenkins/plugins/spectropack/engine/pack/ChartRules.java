package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The charts of a pack: whether they are what Helm takes. */
final class ChartRules {

    private static final List<String> API_VERSIONS = List.of("v1", "v2");

    private ChartRules() {}

    /**
     * Checks the charts.
     *
     * @return what the charts are called; nothing if some cannot be read, so that it is not known
     */
    static Optional<Set<String>> check(Inspection pack) throws InterruptedException {
        Set<String> names = new TreeSet<>();
        boolean all = ContentRules.allChartsAreThere(pack);
        for (String path : ContentRules.charts(pack)) {
            Path file = pack.file(path).orElseThrow();
            try {
                if (ChartArchive.isLfsPointer(file)) {
                    all = false;
                    pack.foundIn(path, 1, Rule.CHART, GitLfs.MESSAGE);
                    continue;
                }
                ChartArchive chart = ChartArchive.read(file);
                names.addAll(chart.names());
                apiVersion(pack, path, chart.apiVersion());
            } catch (ChartArchive.Refused e) {
                all = false;
                pack.foundIn(
                        path,
                        Rule.CHART,
                        "Helm does not take the chart: " + e.getMessage() + ". Make it with 'helm package'.");
            } catch (IOException e) {
                all = false;
                pack.foundIn(
                        path,
                        Rule.CHART,
                        "The file is not a chart: it is no gzip-compressed tar archive, or it is damaged ("
                                + Reasons.of(e) + "). Make it with 'helm package'.");
            }
        }
        return all ? Optional.of(names) : Optional.empty();
    }

    private static void apiVersion(Inspection pack, String path, String apiVersion) {
        if (apiVersion.isEmpty()) {
            pack.foundIn(
                    path,
                    Rule.CHART_YAML,
                    "The chart's Chart.yaml has no 'apiVersion', so Helm takes it for a chart of Helm 2. Write"
                            + " 'apiVersion: v2'.");
        } else if (!API_VERSIONS.contains(apiVersion)) {
            pack.foundIn(
                    path,
                    Rule.CHART_YAML,
                    "The 'apiVersion' in the chart's Chart.yaml is '" + apiVersion + "', but Helm 3 knows v1 and v2.");
        }
    }
}
