package io.jenkins.plugins.spectropack.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A project in the fake of Palette, or its tenant: cluster profiles and clusters, with the packs that they are made of. */
public final class FakePaletteProject {

    private final String uid;
    private final String name;
    private final List<Profile> profiles = new CopyOnWriteArrayList<>();
    private final List<Cluster> clusters = new CopyOnWriteArrayList<>();

    private record Profile(String uid, String name, String version, boolean draft, Map<String, Object> pack) {}

    private record Cluster(String uid, String name, Map<String, Object> pack) {}

    FakePaletteProject(String uid, String name) {
        this.uid = uid;
        this.name = name;
    }

    /** Adds a published cluster profile with one pack. */
    public FakePaletteProject profile(
            String profile, String version, FakePaletteRegistry registry, String pack, String tag) {
        profiles.add(new Profile(PaletteReach.hex(), profile, version, false, pack(registry, pack, tag)));
        return this;
    }

    /** Adds a cluster profile whose one pack is a draft. */
    public FakePaletteProject draft(
            String profile, String version, FakePaletteRegistry registry, String pack, String tag) {
        profiles.add(new Profile(PaletteReach.hex(), profile, version, true, pack(registry, pack, tag)));
        return this;
    }

    /** Adds a cluster with one pack, whatever the profiles say by now. */
    public FakePaletteProject cluster(String cluster, FakePaletteRegistry registry, String pack, String tag) {
        clusters.add(new Cluster(PaletteReach.hex(), cluster, pack(registry, pack, tag)));
        return this;
    }

    private static Map<String, Object> pack(FakePaletteRegistry registry, String pack, String tag) {
        return Map.of("name", pack, "tag", tag, "layer", "addon", "registryUid", registry.uid(), "type", "oci");
    }

    String uid() {
        return uid;
    }

    Map<String, Object> summary() {
        return Map.of("metadata", Map.of("name", name, "uid", uid));
    }

    List<Map<String, Object>> profiles() {
        return profiles.stream()
                .<Map<String, Object>>map(profile -> Map.of(
                        "metadata",
                        Map.of("name", profile.name(), "uid", profile.uid()),
                        "spec",
                        Map.of("version", profile.version())))
                .toList();
    }

    Optional<Map<String, Object>> profile(String profileUid) {
        return profiles.stream()
                .filter(profile -> profile.uid().equals(profileUid))
                .<Map<String, Object>>map(profile -> Map.of(
                        "metadata",
                        Map.of("name", profile.name(), "uid", profile.uid()),
                        "spec",
                        Map.of(
                                "version",
                                profile.version(),
                                profile.draft() ? "draft" : "published",
                                template(profile.pack()))))
                .findFirst();
    }

    /** One cluster; nothing if there are not so many. */
    Optional<Map<String, Object>> cluster(int index) {
        if (index >= clusters.size()) {
            return Optional.empty();
        }
        Cluster cluster = clusters.get(index);
        return Optional.of(Map.of(
                "metadata",
                Map.of("name", cluster.name(), "uid", cluster.uid()),
                "specSummary",
                Map.of("clusterProfileTemplates", List.of(template(cluster.pack())))));
    }

    private static Map<String, Object> template(Map<String, Object> pack) {
        return Map.of("packs", List.of(pack));
    }
}
