package io.jenkins.plugins.spectropack.engine.palette;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The few calls of Palette's API that are needed, with failures as sentences. The key goes to the configured host only: no
 * redirect is followed. What comes back is read leniently, since Palette may say more than is known here. Source of the
 * calls: Spectro Cloud's client for Go and its Terraform provider.
 */
final class PaletteApi {

    private static final String USER_AGENT = "spectro-pack-publisher";
    private static final int BODY_LIMIT = 8 * 1024 * 1024;
    private static final String OCI = "/v1/registries/oci/";

    private final PaletteTarget target;
    private final HttpTransport transport;
    private final Retry retry;
    private final PaletteFailures failures;

    /** Gets ready to ask; nothing is sent yet. */
    PaletteApi(PaletteTarget target, HttpTransport transport, Retry retry) {
        this.target = target;
        this.transport = transport;
        this.retry = retry;
        failures = new PaletteFailures(target);
    }

    private record Answer(int status, byte[] body, Optional<String> retryAfter) {

        static Answer of(HttpTransport.Response response) throws IOException {
            return new Answer(response.status(), response.bytes(BODY_LIMIT), response.header("Retry-After"));
        }
    }

    /** All OCI registries that the key may see. */
    List<PaletteRegistry> registries() throws PaletteException, InterruptedException {
        JsonNode answer = get("Listing the registries of Palette", "/v1/registries/oci/summary");
        List<PaletteRegistry> registries = new ArrayList<>();
        for (JsonNode item : answer.isArray() ? answer : answer.path("items")) {
            JsonNode spec = item.path("spec");
            registries.add(new PaletteRegistry(
                    item.path("metadata").path("uid").asString(""),
                    failures.text(item.path("metadata").path("name")),
                    spec.path("registryType").asString(""),
                    failures.text(spec.path("endpoint")),
                    failures.text(spec.path("providerType"))));
        }
        return registries;
    }

    /** Where Palette reads a registry; nothing if it does not say. */
    Optional<RegistryPlace> place(PaletteRegistry registry) throws PaletteException, InterruptedException {
        JsonNode spec = get("Looking at registry '" + registry.name() + "' in Palette", path(registry, ""))
                .path("spec");
        String endpoint = failures.text(spec.path("endpoint"));
        String host = endpoint.isEmpty() ? registry.endpoint() : endpoint;
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegistryPlace(host, failures.text(spec.path("baseContentPath"))));
    }

    /** How the registry's sync goes. */
    SyncStatus syncStatus(PaletteRegistry registry) throws PaletteException, InterruptedException {
        JsonNode answer = get(
                "Asking for the sync status of registry '" + registry.name() + "' in Palette",
                path(registry, "/sync/status"));
        return new SyncStatus(
                answer.path("isSyncSupported").asBoolean(true),
                failures.text(answer.path("status")),
                failures.text(answer.path("message")),
                answer.path("lastRunTime").toString() + answer.path("lastSyncedTime"));
    }

    /** Starts a sync; false if one is running already. */
    boolean startSync(PaletteRegistry registry) throws PaletteException, InterruptedException {
        String what = "Starting the sync of registry '" + registry.name() + "' in Palette";
        try {
            retry.run(() -> send(what, "POST", path(registry, "/sync"), Optional.empty()));
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
            answer = get(
                    "Looking for pack '" + packName + "' in Palette",
                    "/v1/packs/" + encode(packName) + "/registries/" + encode(registry.uid()));
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
        retry.run(() -> send(what, "POST", OCI + request.kind() + "/validate", Optional.of(request.spec())));
    }

    /**
     * Adds a registry, once, whatever becomes of the answer: before it is sent again, the registries are looked at. Palette does
     * not sync it by itself then.
     */
    PaletteRegistry add(RegistryRequest request) throws PaletteException, InterruptedException {
        String what = "Adding registry '" + request.name() + "' to Palette";
        AtomicBoolean sent = new AtomicBoolean();
        return retry.run(() -> {
            if (sent.getAndSet(true)) {
                Optional<PaletteRegistry> there = registries().stream()
                        .filter(registry -> registry.name().equals(request.name()))
                        .findFirst();
                if (there.isPresent()) {
                    return there.get();
                }
            }
            Answer answer =
                    send(what, "POST", OCI + request.kind() + "?skipPackSync=true", Optional.of(request.body()));
            String uid = json(what, "POST", answer).path("uid").asString("");
            return new PaletteRegistry(
                    uid, request.name(), request.kind(), request.place().host(), "pack");
        });
    }

    /** The AWS account that Palette assumes roles from, and what it names as external id. */
    TrustPolicy trustPolicy(String partition) throws PaletteException, InterruptedException {
        JsonNode answer =
                get("Asking Palette for its AWS account", "/v1/clouds/aws/account/sts?partition=" + encode(partition));
        return new TrustPolicy(
                failures.text(answer.path("accountId")), failures.text(answer.path("externalId")), partition);
    }

    private static String path(PaletteRegistry registry, String below) {
        return OCI + encode(registry.uid()) + "/" + registry.kind() + below;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode get(String what, String path) throws PaletteException, InterruptedException {
        return json(what, "GET", retry.run(() -> send(what, "GET", path, Optional.empty())));
    }

    private JsonNode json(String what, String method, Answer answer) throws PaletteException {
        try {
            JsonNode json = JsonMapper.shared().readTree(answer.body());
            if (json.isObject() || json.isArray()) {
                return json;
            }
        } catch (JacksonException e) {
            // The same as JSON of another kind.
        }
        throw PaletteException.permanent(what + " failed: " + target.host() + " answered " + answer.status() + " to "
                + method + " with something that is not Palette's. Check that the URL is that of Palette's API.");
    }

    private Answer send(String what, String method, String path, Optional<JsonNode> content)
            throws PaletteException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("ApiKey", target.apiKey());
        headers.put("User-Agent", USER_AGENT);
        if (!target.projectUid().isEmpty()) {
            headers.put("ProjectUid", target.projectUid());
        }
        content.ifPresent(json -> headers.put("Content-Type", "application/json"));
        byte[] bytes = content.map(JsonMapper.shared()::writeValueAsBytes).orElse(new byte[0]);
        Optional<HttpTransport.Body> body =
                method.equals("POST") ? Optional.of(HttpTransport.Body.of(bytes)) : Optional.empty();
        Answer answer;
        try {
            answer = transport.send(
                    new HttpTransport.Request(
                            method, target.origin().resolve(path), headers, body, HttpTransport.Answer.CALL),
                    Answer::of);
        } catch (IOException e) {
            throw failures.unanswered(what, method, e);
        }
        if (answer.status() / 100 != 2) {
            throw failures.refused(what, method, answer.status(), answer.body(), answer.retryAfter());
        }
        return answer;
    }
}
