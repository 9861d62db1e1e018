package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Findings for programs that show them beside the code: SARIF 2.1.0 (OASIS), one run with one result a finding. Runs where the
 * packs lie, since it names files relative to a folder of that machine.
 */
public final class Sarif {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Sarif() {}

    /**
     * The text of a SARIF file.
     *
     * @param findings with files that are relative to the folder, or absolute
     * @param folder what viewers take as the root of the sources; files below it are named relative to it
     * @param complete whether all packs that were asked for were checked
     * @param version of the tool, as users know it
     */
    public static String text(List<PackFinding> findings, Path folder, boolean complete, String version) {
        Path root = folder.toAbsolutePath().normalize();
        Map<String, Object> driver = map(
                "name",
                "spectro-pack",
                "version",
                version,
                "rules",
                Arrays.stream(Rule.values()).map(Sarif::rule).toList());
        Map<String, Object> run = map(
                "tool",
                map("driver", driver),
                "invocations",
                List.of(map("executionSuccessful", complete)),
                "columnKind",
                "utf16CodeUnits",
                "results",
                findings.stream().map(finding -> result(root, finding)).toList());
        return MAPPER.writeValueAsString(map(
                        "$schema",
                        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
                        "version",
                        "2.1.0",
                        "runs",
                        List.of(run)))
                + "\n";
    }

    private static Map<String, Object> rule(Rule rule) {
        return map(
                "id", rule.id(),
                "shortDescription", map("text", rule.requirement()),
                "defaultConfiguration", map("level", level(rule.severity().name())));
    }

    private static Map<String, Object> result(Path root, PackFinding finding) {
        Map<String, Object> place = map("artifactLocation", map("uri", uri(root, finding.getFile())));
        if (finding.getLine() != null) {
            place.put("region", map("startLine", finding.getLine()));
        }
        Map<String, Object> location = map("physicalLocation", place);
        if (finding.getPointer() != null && !finding.getPointer().isEmpty()) {
            location.put(
                    "logicalLocations", List.of(map("fullyQualifiedName", finding.getPointer(), "kind", "member")));
        }
        Map<String, Object> result = map("ruleId", finding.getRule());
        Optional<Rule> rule = Arrays.stream(Rule.values())
                .filter(one -> one.id().equals(finding.getRule()))
                .findFirst();
        rule.ifPresent(one -> result.put("ruleIndex", one.ordinal()));
        result.put("level", level(finding.getSeverity()));
        result.put("message", map("text", finding.getMessage()));
        result.put("locations", List.of(location));
        if (finding.getCount() > 1) {
            result.put("occurrenceCount", finding.getCount());
        }
        return result;
    }

    private static String level(String severity) {
        return severity.toLowerCase(Locale.ROOT);
    }

    private static String uri(Path root, String file) {
        Path path = root.resolve(file).normalize();
        if (!path.startsWith(root)) {
            return path.toUri().toString();
        }
        String relative = root.relativize(path).toString().replace('\\', '/');
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
