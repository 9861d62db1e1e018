package io.jenkins.plugins.spectropack.engine.pack;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The files that {@code charts} and {@code kubeManifests} name: whether they are in the pack. */
final class ContentRules {

    // The documentation's table writes the key with a capital letter, its schema and all published packs without.
    private static final List<String> MANIFEST_KEYS = List.of("kubeManifests", "KubeManifests");

    private ContentRules() {}

    static void check(Inspection pack) {
        check(pack, "charts", "charts/NAME-1.0.0.tgz");
        for (String key : MANIFEST_KEYS) {
            check(pack, key, "manifests/NAME.yaml");
        }
    }

    /** Whether every chart that is named is there, and nothing is wrong with how it is named. */
    static boolean allChartsAreThere(Inspection pack) {
        return allAreThere(pack, "charts");
    }

    /** The same for manifests. */
    static boolean allManifestsAreThere(Inspection pack) {
        return MANIFEST_KEYS.stream().allMatch(key -> allAreThere(pack, key));
    }

    private static boolean allAreThere(Inspection pack, String key) {
        JsonNode value = pack.value(key);
        boolean isList = value.isMissingNode() || value.isArray();
        return isList
                && there(pack, key).size()
                        == value.valueStream()
                                .map(JsonNode::toString)
                                .distinct()
                                .count();
    }

    /** The charts that are there, as paths in the pack, each once. */
    static List<String> charts(Inspection pack) {
        return there(pack, "charts");
    }

    /** The manifests that are there, as paths in the pack, each once. */
    static List<String> manifests(Inspection pack) {
        Set<String> manifests = new LinkedHashSet<>();
        MANIFEST_KEYS.forEach(key -> manifests.addAll(there(pack, key)));
        return List.copyOf(manifests);
    }

    private static List<String> there(Inspection pack, String key) {
        return pack.remembered(key, () -> find(pack, key));
    }

    private static List<String> find(Inspection pack, String key) {
        Set<String> paths = new LinkedHashSet<>();
        JsonNode values = pack.value(key);
        for (int i = 0; values.isArray() && i < values.size(); i++) {
            String path = values.get(i).stringValue("");
            if (pathProblem(path).isEmpty() && pack.file(path).isPresent()) {
                paths.add(path);
            }
        }
        return List.copyOf(paths);
    }

    private static void check(Inspection pack, String key, String example) {
        KeyRules.strings(pack, key, "[\"" + example + "\"]");
        JsonNode paths = pack.value(key);
        for (int i = 0; paths.isArray() && i < paths.size(); i++) {
            if (!paths.get(i).isString()) {
                continue;
            }
            String path = paths.get(i).stringValue();
            String pointer = "/" + key + "/" + i;
            Optional<String> problem = pathProblem(path);
            if (problem.isPresent()) {
                pack.found(
                        Rule.PATH,
                        pointer,
                        "The path '" + path + "' in '" + key + "' " + problem.get() + " Write it relative to the pack's"
                                + " folder, such as " + example + ".");
            } else if (pack.file(path).isEmpty()) {
                pack.found(Rule.FILE_MISSING, pointer, () -> missing(pack, key, path));
            }
        }
    }

    private static Optional<String> pathProblem(String path) {
        if (path.isBlank()) {
            return Optional.of("is empty.");
        }
        if (path.indexOf('\0') >= 0) {
            return Optional.of("holds a NUL character.");
        }
        if (path.startsWith("/") || hasDrive(path)) {
            return Optional.of("is absolute.");
        }
        if (path.indexOf('\\') >= 0) {
            return Optional.of("holds a '\\'.");
        }
        return List.of(path.split("/")).contains("..") ? Optional.of("holds '..'.") : Optional.empty();
    }

    private static boolean hasDrive(String path) {
        return path.length() > 1 && path.charAt(1) == ':' && Character.isLetter(path.charAt(0)) && path.charAt(0) < 128;
    }

    private static String missing(Inspection pack, String key, String path) {
        if (pack.isFolder(path)) {
            return "'" + path + "' in '" + key + "' is a folder. Name a file"
                    + (key.equals("charts") ? ": a chart as 'helm package' writes it." : ".");
        }
        if (pack.isLeftOut(path)) {
            return "'" + key + "' names the file '" + path
                    + "', but it is left out of the pack, by .packignore or because"
                    + " such files never belong to one. Change that, or name another file.";
        }
        return "There is no file '" + path + "' in the pack, but '" + key + "' names it. Add the file, or mend the path"
                + pack.nearest(path)
                        .map(near -> "; the nearest that there is: '" + near + "'.")
                        .orElse(".");
    }
}
