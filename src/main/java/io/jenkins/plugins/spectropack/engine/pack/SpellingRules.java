package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Keys that are almost those that Palette reads. Any other key is nobody's business: published packs hold ones that nobody
 * documented. Sources: "Add a Custom Pack", "Pack Constraints" and "Profile Customization" in Spectro Cloud's documentation, and
 * what published packs hold.
 */
final class SpellingRules {

    private static final List<String> PACK = List.of(
            "name",
            "displayName",
            "version",
            "layer",
            "addonType",
            "addonSubType",
            "cloudTypes",
            "cloudType",
            "annotations",
            "charts",
            "kubeManifests",
            "group",
            "eol",
            "constraints");

    /** What published packs hold besides; the second is the documentation's own spelling. */
    private static final List<String> TOLERATED = List.of("ansibleRoles", "KubeManifests", "kubeVersion", "readme");

    private static final List<String> CONSTRAINTS = List.of("dependencies", "resources");
    private static final List<String> DEPENDENCY = List.of("packName", "layer", "type", "minVersion", "maxVersion");
    private static final List<String> RESOURCE = List.of("type", "minLimit", "components");
    private static final List<String> COMPONENT =
            List.of("scheduleType", "resourceRequestParamRef", "replicaCountParamRef");

    private static final List<String> VALUES = List.of("pack", "charts", "manifests");
    private static final List<String> VALUES_PACK = List.of(
            "namespace",
            "additionalNamespaces",
            "namespaceLabels",
            "namespaceAnnotations",
            "releaseNameOverride",
            "content",
            "palette",
            "spectrocloud.com/install-priority",
            "spectrocloud.com/display-name");
    private static final List<String> CONTENT = List.of("images", "charts");
    private static final List<String> IMAGE = List.of("image");
    private static final List<String> CHART = List.of("repo", "name", "version");

    private SpellingRules() {}

    /** Checks {@code pack.json}. */
    static void json(Inspection pack) {
        if (!pack.hasJson()) {
            return;
        }
        object(pack, pack.root(), "", PACK);
        JsonNode constraints = pack.value("constraints");
        object(pack, constraints, "/constraints", CONSTRAINTS);
        elements(pack, constraints.path("dependencies"), "/constraints/dependencies", DEPENDENCY);
        JsonNode resources = constraints.path("resources");
        elements(pack, resources, "/constraints/resources", RESOURCE);
        for (int i = 0; resources.isArray() && i < resources.size(); i++) {
            elements(
                    pack,
                    resources.get(i).path("components"),
                    "/constraints/resources/" + i + "/components",
                    COMPONENT);
        }
    }

    private static void elements(Inspection pack, JsonNode array, String pointer, List<String> known) {
        for (int i = 0; array.isArray() && i < array.size(); i++) {
            object(pack, array.get(i), pointer + "/" + i, known);
        }
    }

    private static void object(Inspection pack, JsonNode object, String pointer, List<String> known) {
        for (String key : object.isObject() ? object.propertyNames() : List.<String>of()) {
            nearest(key, known, pointer.isEmpty() ? TOLERATED : List.of())
                    .ifPresent(near -> pack.found(
                            Rule.MISSPELLED_KEY,
                            pointer + "/" + key.replace("~", "~0").replace("/", "~1"),
                            () -> message(key, pointer.isEmpty() ? "" : " in " + pointer.substring(1), near)));
        }
    }

    /** Checks {@code values.yaml}. */
    static void values(Inspection pack, YamlOutline outline) {
        for (YamlNode document : outline.documents()) {
            mapping(pack, document, "", VALUES);
            document.get("pack").ifPresent(part -> {
                mapping(pack, part, " under 'pack'", VALUES_PACK);
                part.get("content").ifPresent(content -> {
                    mapping(pack, content, " under 'content'", CONTENT);
                    elements(content, "images").forEach(image -> mapping(pack, image, " under 'images'", IMAGE));
                    elements(content, "charts").forEach(chart -> mapping(pack, chart, " under 'charts'", CHART));
                });
            });
        }
    }

    private static List<YamlNode> elements(YamlNode content, String key) {
        return content.get(key).map(YamlNode::elements).orElse(List.of());
    }

    private static void mapping(Inspection pack, YamlNode mapping, String where, List<String> known) {
        mapping(pack, YamlRules.VALUES, mapping, where, known);
    }

    /** Checks the keys of one mapping of a YAML file, and says whether one of them is misspelled. */
    static boolean mapping(Inspection pack, String file, YamlNode mapping, String where, List<String> known) {
        boolean misspelled = false;
        for (YamlNode.Key key : mapping.keys()) {
            Optional<String> near = nearest(key.name(), known, List.of());
            if (near.isPresent()) {
                misspelled = true;
                pack.foundIn(file, key.line(), Rule.MISSPELLED_KEY, message(key.name(), where, near.get()));
            }
        }
        return misspelled;
    }

    private static Optional<String> nearest(String key, Collection<String> known, Collection<String> tolerated) {
        if (known.contains(key) || tolerated.contains(key)) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(known);
        all.addAll(tolerated);
        return Nearest.key(key, all);
    }

    private static String message(String key, String where, String near) {
        return "The key '" + key + "'" + where + " is not known, so it has no effect. The nearest is '" + near + "'.";
    }
}
