package io.jenkins.plugins.spectropack.engine.pack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The keys of {@code pack.json} by themselves: which there are, and of what type. {@code pack.schema.json} says the same. */
final class KeyRules {

    private static final List<String> STRINGS = List.of("addonType", "addonSubType", "cloudType", "group", "eol");

    // Source: semantic versioning 2.0.0, widened to what published packs have: a leading v, and two numbers.
    private static final Pattern VERSION = Pattern.compile("v?\\d+\\.\\d+(\\.\\d+)?(-[0-9A-Za-z.-]+)?");

    private KeyRules() {}

    /** What publishing needs. */
    static void needed(Inspection pack) {
        required(pack, "name", Rule.NAME, PackMetadata::nameProblem);
        required(pack, "version", Rule.VERSION, PackMetadata::versionProblem);
    }

    /** What Palette needs besides. */
    static void documented(Inspection pack) {
        if (!pack.hasJson()) {
            return;
        }
        required(pack, "displayName", Rule.REQUIRED_KEY, value -> Optional.empty());
        required(pack, "layer", Rule.REQUIRED_KEY, value -> Optional.empty());
        for (String key : STRINGS) {
            JsonNode value = pack.value(key);
            if (!value.isMissingNode() && !value.isString()) {
                pack.found(Rule.VALUE_TYPE, "/" + key, "The value of '" + key + "' must be a string in quotes.");
            }
        }
        strings(pack, "cloudTypes", "[\"all\"]");
        annotations(pack);
        versionForm(pack);
    }

    /** Checks that a value is an array of strings; nothing is fine too. */
    static void strings(Inspection pack, String key, String example) {
        JsonNode value = pack.value(key);
        if (value.isMissingNode()) {
            return;
        }
        if (!value.isArray()) {
            pack.found(
                    Rule.VALUE_TYPE,
                    "/" + key,
                    "The value of '" + key + "' must be an array of strings, such as " + example + ".");
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isString()) {
                pack.found(
                        Rule.VALUE_TYPE,
                        "/" + key + "/" + i,
                        "Element " + (i + 1) + " of '" + key + "' must be a string in quotes.");
            }
        }
    }

    private static void required(Inspection pack, String key, Rule rule, Function<String, Optional<String>> problem) {
        if (!pack.hasJson()) {
            return;
        }
        JsonNode value = pack.value(key);
        String pointer = "/" + key;
        if (value.isMissingNode()) {
            boolean isNull = pack.holdsNull(key);
            pack.found(rule, isNull ? pointer : "", "The key '" + key + "' is missing.");
        } else if (!value.isString()) {
            pack.found(rule, pointer, "The value of '" + key + "' must be a string in quotes.");
        } else if (value.stringValue().isBlank()) {
            pack.found(rule, pointer, "The value of '" + key + "' is empty.");
        } else {
            problem.apply(value.stringValue()).ifPresent(text -> pack.found(rule, pointer, text));
        }
    }

    private static void annotations(Inspection pack) {
        JsonNode annotations = pack.value("annotations");
        if (annotations.isMissingNode()) {
            return;
        }
        if (!annotations.isObject()) {
            pack.found(
                    Rule.VALUE_TYPE,
                    "/annotations",
                    "The value of 'annotations' must be an object of strings, from { to }.");
            return;
        }
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            if (!annotation.getValue().isString()) {
                pack.found(
                        Rule.VALUE_TYPE,
                        "/annotations/" + annotation.getKey().replace("~", "~0").replace("/", "~1"),
                        "The annotation '" + annotation.getKey() + "' must be a string in quotes.");
            }
        }
    }

    private static void versionForm(Inspection pack) {
        String version = pack.value("version").stringValue("");
        boolean isTag = PackMetadata.versionProblem(version).isEmpty();
        if (isTag && !VERSION.matcher(version).matches()) {
            pack.found(
                    Rule.VERSION_FORM,
                    "/version",
                    "The version '" + version + "' is not semantic, so Palette may not see which version is newer."
                            + " Write one such as 1.2.3 or 1.2.3-rc.1.");
        }
    }
}
