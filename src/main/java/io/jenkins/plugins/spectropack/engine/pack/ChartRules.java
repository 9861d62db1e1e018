package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The charts of a pack: whether they are what Helm takes. */
final class ChartRules {

    private ChartRules() {}

    /**
     * Checks the charts.
     *
     * @return what the charts are called; nothing if some cannot be read, so that it is not known
     */
    static Optional<Set<String>> check(Inspection pack) throws InterruptedException {
        Set<String> names = new TreeSet<>();
        boolean all = ContentRules.charts(pack).size() == pack.value("charts").size();
        for (String path : new LinkedHashSet<>(ContentRules.charts(pack))) {
            try {
                ChartArchive chart = ChartArchive.read(pack.file(path).orElseThrow());
                names.addAll(chart.names());
                if (chart.names().isEmpty()) {
                    all = false;
                    pack.foundIn(
                            path,
                            Rule.CHART,
                            "The archive holds no CHART/Chart.yaml, so it is no Helm chart. Make it with 'helm package'.");
                }
            } catch (IOException e) {
                all = false;
                pack.foundIn(
                        path,
                        Rule.CHART,
                        "The file is not a chart: it is no gzip-compressed tar archive, or it is damaged ("
                                + PackTree.reason(e) + "). Make it with 'helm package'.");
            }
        }
        return all ? Optional.of(names) : Optional.empty();
    }
}
