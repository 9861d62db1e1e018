package io.jenkins.plugins.spectropack.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The tenant and the projects of the fake of Palette, and what its API tells of what they use. */
final class PaletteProjects {

    static final String PROJECTS = "ListProjects";
    static final String PROFILES = "ListProfiles";
    static final String PROFILE = "GetProfile";
    static final String CLUSTERS = "ListClusters";

    private static final String PROFILE_PATH = "/v1/clusterprofiles/";

    private final FakePaletteProject tenant = new FakePaletteProject("", "");
    private final List<FakePaletteProject> projects = new CopyOnWriteArrayList<>();

    FakePaletteProject tenant() {
        return tenant;
    }

    FakePaletteProject add(String uid, String name) {
        FakePaletteProject project = new FakePaletteProject(uid, name);
        projects.add(project);
        return project;
    }

    /** Which of the calls it is; empty if it is none of these. */
    static String operation(String method, String path) {
        return switch (method + " " + path) {
            case "GET /v1/dashboard/projects/metadata" -> PROJECTS;
            case "GET /v1/dashboard/clusterprofiles/metadata" -> PROFILES;
            case "POST /v1/dashboard/spectroclusters/search" -> CLUSTERS;
            default -> method.equals("GET") && path.startsWith(PROFILE_PATH) ? PROFILE : "";
        };
    }

    /** The project that a header names, or the tenant; nothing if there is no such project. */
    Optional<FakePaletteProject> find(String uid) {
        return uid == null
                ? Optional.of(tenant)
                : projects.stream().filter(project -> project.uid().equals(uid)).findFirst();
    }

    /** What is answered to a call; nothing if there is no such thing. */
    Optional<Map<String, Object>> answer(String operation, FakePaletteProject scope, String path, String query) {
        return switch (operation) {
            case PROJECTS ->
                Optional.of(Map.of(
                        "items",
                        projects.stream().map(FakePaletteProject::summary).toList()));
            case PROFILES ->
                Optional.of(Map.of(
                        "items",
                        visible(scope)
                                .flatMap(project -> project.profiles().stream())
                                .toList()));
            case PROFILE ->
                visible(scope)
                        .flatMap(project -> project.profile(path.substring(PROFILE_PATH.length())).stream())
                        .findFirst();
            default -> Optional.of(clusters(scope, query));
        };
    }

    /** A project shows what its tenant has, too. */
    private Stream<FakePaletteProject> visible(FakePaletteProject scope) {
        return Stream.of(tenant, scope).distinct();
    }

    /** A page has one cluster, so that nobody takes the first page for all. */
    private static Map<String, Object> clusters(FakePaletteProject scope, String query) {
        int index = Stream.of(query.split("&"))
                .filter(part -> part.startsWith("continue="))
                .map(part -> Integer.parseInt(part.substring("continue=".length())))
                .findFirst()
                .orElse(0);
        boolean more = scope.cluster(index + 1).isPresent();
        return Map.of(
                "items",
                scope.cluster(index).stream().toList(),
                "listmeta",
                Map.of("continue", more ? Integer.toString(index + 1) : ""));
    }
}
