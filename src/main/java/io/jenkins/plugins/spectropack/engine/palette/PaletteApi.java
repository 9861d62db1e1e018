package io.jenkins.plugins.spectropack.engine.palette;

import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_PROXY_AUTH;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import io.jenkins.plugins.spectropack.engine.util.ServerErrors;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
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
    private static final String PROXY_HINT = "Check the user name and password of the proxy.";

    private final PaletteTarget target;
    private final HttpTransport transport;
    private final Duration timeout;
    private final Retry retry;

    /**
     * Gets ready to ask; nothing is sent yet.
     *
     * @param timeout for one answer, from the request's beginning to the answer's end
     */
    PaletteApi(PaletteTarget target, HttpTransport transport, Duration timeout, Retry retry) {
        this.target = target;
        this.transport = transport;
        this.timeout = timeout;
        this.retry = retry;
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
                    text(item.path("metadata").path("name")),
                    spec.path("registryType").asString(""),
                    text(spec.path("endpoint")),
                    text(spec.path("providerType"))));
        }
        return registries;
    }

    /** Where Palette reads a registry; nothing if it does not say. */
    Optional<RegistryPlace> place(PaletteRegistry registry) throws PaletteException, InterruptedException {
        JsonNode spec = get("Looking at registry '" + registry.name() + "' in Palette", path(registry, ""))
                .path("spec");
        String endpoint = text(spec.path("endpoint"));
        String host = endpoint.isEmpty() ? registry.endpoint() : endpoint;
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegistryPlace(host, text(spec.path("baseContentPath"))));
    }

    /** How the registry's sync goes. */
    SyncStatus syncStatus(PaletteRegistry registry) throws PaletteException, InterruptedException {
        JsonNode answer = get(
                "Asking for the sync status of registry '" + registry.name() + "' in Palette",
                path(registry, "/sync/status"));
        return new SyncStatus(
                answer.path("isSyncSupported").asBoolean(true),
                text(answer.path("status")),
                text(answer.path("message")),
                answer.path("lastRunTime").toString() + answer.path("lastSyncedTime"));
    }

    /** Starts a sync; false if one is running already. */
    boolean startSync(PaletteRegistry registry) throws PaletteException, InterruptedException {
        String what = "Starting the sync of registry '" + registry.name() + "' in Palette";
        try {
            retry.run(() -> send(what, "POST", path(registry, "/sync")));
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

    private static String path(PaletteRegistry registry, String below) {
        return "/v1/registries/oci/" + encode(registry.uid()) + "/" + registry.kind() + below;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode get(String what, String path) throws PaletteException, InterruptedException {
        Answer answer = retry.run(() -> send(what, "GET", path));
        try {
            JsonNode json = JsonMapper.shared().readTree(answer.body());
            if (json.isObject() || json.isArray()) {
                return json;
            }
        } catch (JacksonException e) {
            // The same as JSON of another kind.
        }
        throw PaletteException.permanent(what + " failed: " + target.host() + " answered " + answer.status() + " to GET"
                + " with something that is not Palette's. Check that the URL is that of Palette's API.");
    }

    private Answer send(String what, String method, String path) throws PaletteException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("ApiKey", target.apiKey());
        headers.put("User-Agent", USER_AGENT);
        if (!target.projectUid().isEmpty()) {
            headers.put("ProjectUid", target.projectUid());
        }
        Optional<HttpTransport.Body> body =
                method.equals("POST") ? Optional.of(HttpTransport.Body.of(new byte[0])) : Optional.empty();
        Answer answer;
        try {
            answer = transport.send(
                    new HttpTransport.Request(
                            method, target.origin().resolve(path), headers, body, Optional.of(timeout)),
                    Answer::of);
        } catch (IOException e) {
            throw unanswered(what, method, e);
        }
        if (answer.status() / 100 != 2) {
            throw refused(what, method, answer);
        }
        return answer;
    }

    private PaletteException unanswered(String what, String method, IOException failure) {
        StringBuilder text = new StringBuilder(what)
                .append(" failed: ")
                .append(redact(ServerErrors.describe(target.host(), failure)))
                .append(" (")
                .append(method)
                .append(").");
        if (failure instanceof SSLHandshakeException) {
            text.append(" Check that the certificate is one that this machine's Java trusts.");
        } else if (ServerErrors.isProxyRefusal(failure)) {
            text.append(' ').append(PROXY_HINT);
        } else if (failure instanceof ConnectException || failure instanceof UnknownHostException) {
            text.append(" Check Palette's URL, and whether a proxy is needed from this machine.");
        }
        return PaletteException.unanswered(text.toString(), ServerErrors.isTransient(failure), failure);
    }

    private PaletteException refused(String what, String method, Answer answer) {
        int status = answer.status();
        if (status / 100 == 3) {
            return PaletteException.permanent(
                    what + " failed: " + target.host() + " redirected the " + method
                            + " elsewhere, which is not followed because the API key would go along. Give Palette's own address.");
        }
        JsonNode error = error(answer.body());
        String code = text(error.path("code"));
        String message = error.isObject()
                ? text(error.path("message"))
                : redact(Printable.of(ServerErrors.shorten(new String(answer.body(), StandardCharsets.UTF_8))));
        StringBuilder text = new StringBuilder(what)
                .append(" failed: ")
                .append(target.host())
                .append(" answered ")
                .append(status);
        if (!code.isEmpty()) {
            text.append(' ').append(code);
        }
        text.append(" to ").append(method);
        if (!message.isEmpty()) {
            text.append(": ").append(message);
        }
        ServerErrors.finishSentence(text);
        hint(status, code).ifPresent(hint -> text.append(' ').append(hint));
        return PaletteException.answered(
                text.toString(), status, code, ServerErrors.isTransient(status), ServerErrors.wait(answer.retryAfter()));
    }

    private static JsonNode error(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }

    private Optional<String> hint(int status, String code) {
        return switch (status) {
            case HTTP_UNAUTHORIZED ->
                Optional.of("Check the API key: whether it is whole, has not run out and is enabled in Palette.");
            case HTTP_FORBIDDEN ->
                Optional.of("Check that the API key is that of a user who may see and sync registries, which takes a"
                        + " tenant administrator, and the uid of the project if one is given.");
            // Palette itself gives every refusal a code.
            case HTTP_NOT_FOUND ->
                code.isEmpty() ? Optional.of("Check that the URL is that of Palette's API.") : Optional.empty();
            case HTTP_PROXY_AUTH ->
                Optional.of(PROXY_HINT);
            default -> Optional.empty();
        };
    }

    /** A text of Palette's, fit for a log, whatever it is. */
    private String text(JsonNode node) {
        return redact(Printable.of(node.asString("").strip()));
    }

    /** A server that repeats the key in what it says must not bring it into a log. */
    private String redact(String text) {
        return text.replace(target.apiKey(), "[API key]");
    }
}
