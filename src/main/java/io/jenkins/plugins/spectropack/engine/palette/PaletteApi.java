package io.jenkins.plugins.spectropack.engine.palette;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/**
 * The calls of Palette's API that are about a registry and its packs. What comes back is read leniently, since Palette may say
 * more than is known here. Source of the calls: Spectro Cloud's client for Go and its Terraform provider.
 */
final class PaletteApi {

    private static final String OCI = "/v1/registries/oci/";

    private final PaletteClient client;

    /** Asks through this client. */
    PaletteApi(PaletteClient client) {
        this.client = client;
    }

    /** All OCI registries that the key may see. */
    List<PaletteRegistry> registries() throws PaletteException, InterruptedException {
        JsonNode answer = client.get("Listing the registries of Palette", "/v1/registries/oci/summary");
        List<PaletteRegistry> registries = new ArrayList<>();
        for (JsonNode item : answer.isArray() ? answer : answer.path("items")) {
            JsonNode spec = item.path("spec");
            registries.add(new PaletteRegistry(
                    item.path("metadata").path("uid").asString(""),
                    client.text(item.path("metadata").path("name")),
                    spec.path("registryType").asString(""),
                    client.text(spec.path("endpoint")),
                    client.text(spec.path("providerType"))));
        }
        // One without a name cannot be meant.
        registries.removeIf(registry -> registry.name().isEmpty());
        return registries;
    }

    /** Where Palette reads a registry; nothing if it does not say. */
    Optional<RegistryPlace> place(PaletteRegistry registry) throws PaletteException, InterruptedException {
        JsonNode spec = client.get("Looking at registry '" + registry.name() + "' in Palette", path(registry, ""))
                .path("spec");
        String endpoint = client.text(spec.path("endpoint"));
        String host = endpoint.isEmpty() ? registry.endpoint() : endpoint;
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegistryPlace(host, client.text(spec.path("baseContentPath"))));
    }

    /** How the registry's sync goes. */
    SyncStatus syncStatus(PaletteRegistry registry) throws PaletteException, InterruptedException {
        JsonNode answer = client.get(
                "Asking for the sync status of registry '" + registry.name() + "' in Palette",
                path(registry, "/sync/status"));
        return new SyncStatus(
                answer.path("isSyncSupported").asBoolean(true),
                client.text(answer.path("status")),
                client.text(answer.path("message")),
                answer.path("lastRunTime").toString() + answer.path("lastSyncedTime"));
    }

    /** Starts a sync; false if one is running already. */
    boolean startSync(PaletteRegistry registry) throws PaletteException, InterruptedException {
        String what = "Starting the sync of registry '" + registry.name() + "' in Palette";
        try {
            client.post(what, path(registry, "/sync"), Optional.empty());
            return true;
        } catch (PaletteException e) {
            if (e.status() == HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /** The versions of a pack that Palette lists in a registry; none if it does not know the pack. */
    Set<String> versions(String packName, PaletteRegistry registry) throws PaletteException, InterruptedException {
        JsonNode answer;
        try {
            answer = client.get(
                    "Looking for pack '" + packName + "' in Palette",
                    "/v1/packs/" + PaletteClient.encode(packName) + "/registries/"
                            + PaletteClient.encode(registry.uid()));
        } catch (PaletteException e) {
            if (e.status() == HTTP_NOT_FOUND) {
                return Set.of();
            }
            throw e;
        }
        Set<String> versions = new HashSet<>();
        for (JsonNode tag : answer.path("tags")) {
            versions.add(tag.path("version").asString(""));
            versions.add(tag.path("tag").asString(""));
        }
        return versions;
    }

    /**
     * Has Palette try to reach a registry, without keeping anything.
     *
     * @throws PaletteException with what Palette says if it does not get there
     */
    void validate(RegistryRequest request) throws PaletteException, InterruptedException {
        String what = "Validating registry '" + request.name() + "' in Palette";
        client.post(what, OCI + request.kind() + "/validate", Optional.of(request.spec()));
    }

    /**
     * Adds a registry, once, whatever becomes of the answer: before it is sent again, the registries are looked at. Palette does
     * not sync it by itself then.
     */
    PaletteRegistry add(RegistryRequest request) throws PaletteException, InterruptedException {
        String what = "Adding registry '" + request.name() + "' to Palette";
        AtomicBoolean sent = new AtomicBoolean();
        return client.retry(() -> {
            if (sent.getAndSet(true)) {
                Optional<PaletteRegistry> there = registries().stream()
                        .filter(registry -> registry.name().equals(request.name()))
                        .findFirst();
                if (there.isPresent()) {
                    return there.get();
                }
            }
            String path = OCI + request.kind() + "?skipPackSync=true";
            String uid = client.postOnce(what, path, request.body()).path("uid").asString("");
            return new PaletteRegistry(
                    uid, request.name(), request.kind(), request.place().host(), "pack");
        });
    }

    /** The AWS account that Palette assumes roles from, and what it names as external id. */
    TrustPolicy trustPolicy(String partition) throws PaletteException, InterruptedException {
        JsonNode answer = client.get(
                "Asking Palette for its AWS account",
                "/v1/clouds/aws/account/sts?partition=" + PaletteClient.encode(partition));
        return new TrustPolicy(
                client.text(answer.path("accountId")), client.text(answer.path("externalId")), partition);
    }

    private static String path(PaletteRegistry registry, String below) {
        return OCI + PaletteClient.encode(registry.uid()) + "/" + registry.kind() + below;
    }
}
