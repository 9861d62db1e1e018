package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.Rule;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings for programs that show them beside the code: SARIF 2.1.0 (OASIS), one run with one result a finding. */
final class Sarif {

    private Sarif() {}

    /**
     * The text of a SARIF file.
     *
     * @param results of all packs that were checked
     * @param complete whether all packs that were asked for were checked
     */
    static String text(List<PackChecker.Result> results, boolean complete) throws IOException {
        return Json.text(log(results, complete));
    }

    private static Map<String, Object> log(List<PackChecker.Result> results, boolean complete) throws IOException {
        Map<String, Object> driver = map(
                "name", "spectro-pack",
                "version", SpectroPack.Version.number(),
                "rules", Arrays.stream(Rule.values()).map(Sarif::rule).toList());
        List<Map<String, Object>> found = results.stream()
                .flatMap(pack -> pack.findings().stream().map(finding -> result(pack.folder(), finding)))
                .toList();
        Map<String, Object> run = map(
                "tool",
                map("driver", driver),
                "invocations",
                List.of(map("executionSuccessful", complete)),
                "columnKind",
                "utf16CodeUnits",
                "results",
                found);
        return map(
                "$schema",
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
                "version",
                "2.1.0",
                "runs",
                List.of(run));
    }

    private static Map<String, Object> rule(Rule rule) {
        return map(
                "id", rule.id(),
                "shortDescription", map("text", rule.requirement()),
                "defaultConfiguration", map("level", level(rule)));
    }

    private static Map<String, Object> result(Path folder, Finding finding) {
        Map<String, Object> place = map("artifactLocation", map("uri", uri(folder.resolve(finding.file()))));
        if (finding.line() > 0) {
            place.put("region", map("startLine", finding.line()));
        }
        Map<String, Object> location = map("physicalLocation", place);
        if (finding.pointer() != null && !finding.pointer().isEmpty()) {
            location.put("logicalLocations", List.of(map("fullyQualifiedName", finding.pointer(), "kind", "member")));
        }
        Map<String, Object> result = map(
                "ruleId", finding.rule().id(),
                "ruleIndex", finding.rule().ordinal(),
                "level", level(finding.rule()),
                "message", map("text", finding.message()),
                "locations", List.of(location));
        if (finding.count() > 1) {
            result.put("occurrenceCount", finding.count());
        }
        return result;
    }

    private static String level(Rule rule) {
        return rule.severity().name().toLowerCase(Locale.ROOT);
    }

    /** Relative to the current folder, which is what viewers take as the root of the sources; absolute only outside of it. */
    private static String uri(Path file) {
        Path here = Path.of("").toAbsolutePath().normalize();
        Path path = file.toAbsolutePath().normalize();
        if (!path.startsWith(here)) {
            return path.toUri().toString();
        }
        String relative = here.relativize(path).toString().replace('\\', '/');
        try {
            return relative.isEmpty()
                    ? "./"
                    : new URI(null, null, "/" + relative, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Every path can be quoted", e);
        }
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
