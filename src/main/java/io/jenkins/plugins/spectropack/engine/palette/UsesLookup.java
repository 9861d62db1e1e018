package io.jenkins.plugins.spectropack.engine.palette;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out what uses the packs of a registry: cluster profiles, drafts of them included, and clusters, which keep the packs of
 * the profile that they were made from until somebody updates them. Of the tenant and of each project that the key may see; where
 * the target names a project, of that one alone. Source of the calls: Palette's published API description.
 */
final class UsesLookup {

    /** More pages of clusters than any project has; an answer that never ends must not be followed for ever. */
    private static final int MOST_PAGES = 10_000;

    private final PaletteClient client;
    private final PaletteRegistry registry;
    private final PackUses uses = new PackUses();
    private final Set<String> read = new HashSet<>();
    private int clusters;

    UsesLookup(PaletteClient client, PaletteRegistry registry) {
        this.client = client;
        this.registry = registry;
    }

    /** What was looked at so far, within a sentence. */
    String looked() {
        return (read.size() == 1 ? "1 cluster profile and " : read.size() + " cluster profiles and ")
                + (clusters == 1 ? "1 cluster" : clusters + " clusters");
    }

    /** Of one project, which the client asks in. */
    PackUses ofProject() throws PaletteException, InterruptedException {
        profiles(client, "");
        clusters(client, "");
        return uses;
    }

    /** Of the tenant, whose clusters belong to projects, and of all projects. */
    PackUses ofAll() throws PaletteException, InterruptedException {
        profiles(client, "");
        for (JsonNode item : client.get("Listing the projects of Palette", "/v1/dashboard/projects/metadata")
                .path("items")) {
            String uid = item.path("metadata").path("uid").asString("");
            String of = " of project '" + client.text(item.path("metadata").path("name")) + "'";
            if (!uid.isEmpty()) {
                profiles(client.in(uid), of);
                clusters(client.in(uid), of);
            }
        }
        return uses;
    }

    private void profiles(PaletteClient scope, String of) throws PaletteException, InterruptedException {
        JsonNode listed = scope.get(
                "Listing the cluster profiles" + of + " in Palette", "/v1/dashboard/clusterprofiles/metadata");
        for (JsonNode item : listed.path("items")) {
            String uid = item.path("metadata").path("uid").asString("");
            // A project also shows the profiles of its tenant.
            if (!uid.isEmpty() && read.add(uid)) {
                profile(scope, uid, of);
            }
        }
    }

    private void profile(PaletteClient scope, String uid, String of) throws PaletteException, InterruptedException {
        JsonNode profile;
        try {
            profile = scope.get(
                    "Looking at a cluster profile" + of + " in Palette",
                    "/v1/clusterprofiles/" + PaletteClient.encode(uid));
        } catch (PaletteException e) {
            if (e.status() == HTTP_NOT_FOUND) {
                // Somebody deleted it since it was listed.
                return;
            }
            throw e;
        }
        JsonNode spec = profile.path("spec");
        String version = client.text(spec.path("version"));
        String user = "cluster profile '" + client.text(profile.path("metadata").path("name")) + "'"
                + (version.isEmpty() ? "" : " " + version) + of;
        packs(spec.path("published"), user);
        packs(spec.path("draft"), user);
    }

    private void clusters(PaletteClient scope, String of) throws PaletteException, InterruptedException {
        String what = "Listing the clusters" + of + " in Palette";
        Set<String> seen = new HashSet<>();
        String token = "";
        while (seen.size() < MOST_PAGES) {
            JsonNode answer = scope.query(
                    what,
                    "/v1/dashboard/spectroclusters/search?limit=50"
                            + (token.isEmpty() ? "" : "&continue=" + PaletteClient.encode(token)),
                    everything());
            for (JsonNode item : answer.path("items")) {
                clusters++;
                String user = "cluster '" + client.text(item.path("metadata").path("name")) + "'" + of;
                JsonNode summary = item.path("specSummary");
                packs(summary.path("clusterProfileTemplate"), user);
                summary.path("clusterProfileTemplates").forEach(template -> packs(template, user));
            }
            String next = answer.path("listmeta").path("continue").asString("");
            if (next.isEmpty() || next.equals(token)) {
                return;
            }
            if (!seen.add(next)) {
                break;
            }
            token = next;
        }
        // What a cluster on a page that never came uses is not known.
        throw PaletteException.permanent(what + " failed: the list never ends.");
    }

    private static ObjectNode everything() {
        return JsonMapper.shared().createObjectNode();
    }

    private void packs(JsonNode template, String user) {
        for (JsonNode pack : template.path("packs")) {
            String from = pack.path("registryUid").asString("");
            if (from.isEmpty() || from.equals(registry.uid())) {
                String name = client.text(pack.path("name"));
                uses.add(name, client.text(pack.path("tag")), user);
                uses.add(name, client.text(pack.path("version")), user);
            }
        }
    }
}
