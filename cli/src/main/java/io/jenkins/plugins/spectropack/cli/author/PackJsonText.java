package io.jenkins.plugins.spectropack.cli.author;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a new {@code pack.json}, one value a line, so that a later change is one line in a diff. */
final class PackJsonText {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private PackJsonText() {}

    /**
     * What to write.
     *
     * @param addonType null for other layers than add-ons
     * @param documentation where the charts are described; empty if that is not known
     */
    record Content(
            String name,
            String displayName,
            String version,
            String layer,
            String addonType,
            String documentation,
            List<String> charts,
            List<String> manifests) {}

    static byte[] write(Content content) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("name", content.name());
        json.put("displayName", content.displayName());
        json.put("version", content.version());
        json.put("layer", content.layer());
        if (content.addonType() != null) {
            json.put("addonType", content.addonType());
        }
        json.putArray("cloudTypes").add("all");
        if (!content.documentation().isEmpty()) {
            json.putObject("annotations").put("docsURL", content.documentation());
        }
        strings(json, "charts", content.charts());
        strings(json, "kubeManifests", content.manifests());
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
                .withArrayIndenter(LINES)
                .withObjectIndenter(LINES);
        String text = MAPPER.writer().with(printer).writeValueAsString(json);
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void strings(ObjectNode json, String key, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(json.withArray("/" + key)::add);
        }
    }
}
