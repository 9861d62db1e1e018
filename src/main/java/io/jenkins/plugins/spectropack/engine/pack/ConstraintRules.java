package io.jenkins.plugins.spectropack.engine.pack;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The form of {@code constraints}. Source: Spectro Cloud's "Pack Constraints". Published packs deviate from it, so that whatever
 * is wrong here is doubtful only.
 */
final class ConstraintRules {

    private static final List<String> DEPENDENCY_TYPES = List.of("required", "optional", "notSupported", "upgrade");
    private static final List<String> RESOURCE_TYPES = List.of("cpu", "memory", "diskSize");
    /** The documented ones, then the one that pack-central's schema has in place of the second. */
    private static final List<String> SCHEDULE_TYPES = List.of("all", "control-plane", "worker", "master");

    private final Inspection pack;

    private ConstraintRules(Inspection pack) {
        this.pack = pack;
    }

    static void check(Inspection pack) {
        new ConstraintRules(pack).constraints(pack.value("constraints"));
    }

    private void constraints(JsonNode constraints) {
        if (constraints.isMissingNode()) {
            return;
        }
        if (!constraints.isObject()) {
            found("/constraints", "The value of 'constraints' must be an object, from { to }.");
            return;
        }
        for (String pointer : objects(constraints, "dependencies", "/constraints")) {
            dependency(constraints.at(pointer.substring("/constraints".length())), pointer);
        }
        for (String pointer : objects(constraints, "resources", "/constraints")) {
            resource(constraints.at(pointer.substring("/constraints".length())), pointer);
        }
    }

    private void dependency(JsonNode dependency, String pointer) {
        text(dependency, "packName", true, pointer);
        choice(dependency, "layer", VocabularyRules.LAYERS, pointer);
        choice(dependency, "type", DEPENDENCY_TYPES, pointer);
        text(dependency, "minVersion", false, pointer);
        text(dependency, "maxVersion", false, pointer);
    }

    private void resource(JsonNode resource, String pointer) {
        choice(resource, "type", RESOURCE_TYPES, pointer);
        JsonNode minLimit = resource.path("minLimit");
        if (isThere(minLimit) && !minLimit.isNumber()) {
            found(pointer + "/minLimit", "The value of 'minLimit' must be a number.");
        }
        for (String component : objects(resource, "components", pointer)) {
            JsonNode value = resource.at(component.substring(pointer.length()));
            if (isThere(value.path("scheduleType"))) {
                choice(value, "scheduleType", SCHEDULE_TYPES, component);
            }
            text(value, "resourceRequestParamRef", false, component);
            text(value, "replicaCountParamRef", false, component);
        }
    }

    /** The pointers of the objects in an array that may be missing. */
    private List<String> objects(JsonNode parent, String key, String pointer) {
        JsonNode array = parent.path(key);
        if (!isThere(array)) {
            return List.of();
        }
        if (!array.isArray()) {
            found(pointer + "/" + key, "The value of '" + key + "' must be an array of objects.");
            return List.of();
        }
        List<String> pointers = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String element = pointer + "/" + key + "/" + i;
            if (array.get(i).isObject()) {
                pointers.add(element);
            } else {
                found(element, "Element " + (i + 1) + " of '" + key + "' must be an object, from { to }.");
            }
        }
        return pointers;
    }

    private void choice(JsonNode parent, String key, List<String> choices, String pointer) {
        JsonNode value = parent.path(key);
        if (!isThere(value)) {
            found(missingAt(value, key, pointer), missing(key, pointer) + " It is one of " + words(choices) + ".");
        } else if (!choices.contains(value.stringValue(""))) {
            found(
                    pointer + "/" + key,
                    "The value of '" + key + "' must be one of " + words(choices) + ", but is " + value + ".");
        }
    }

    private void text(JsonNode parent, String key, boolean required, String pointer) {
        JsonNode value = parent.path(key);
        if (!isThere(value)) {
            if (required) {
                found(missingAt(value, key, pointer), missing(key, pointer));
            }
        } else if (!value.isString()) {
            found(pointer + "/" + key, "The value of '" + key + "' must be a string in quotes.");
        } else if (required && value.stringValue().isBlank()) {
            found(pointer + "/" + key, "The value of '" + key + "' is empty.");
        }
    }

    private static boolean isThere(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }

    private static String missingAt(JsonNode value, String key, String pointer) {
        return value.isNull() ? pointer + "/" + key : pointer;
    }

    private static String missing(String key, String pointer) {
        return "The key '" + key + "' is missing in " + pointer.substring(1) + ".";
    }

    private static String words(List<String> choices) {
        return String.join(", ", choices);
    }

    private void found(String pointer, String message) {
        pack.found(Rule.CONSTRAINTS, pointer, message);
    }
}
