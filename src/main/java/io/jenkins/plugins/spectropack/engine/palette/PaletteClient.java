package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.JsonTree;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends calls to Palette's API, of the whole tenant or of one project, with failures as sentences. The key goes to the configured
 * host only: no redirect is followed.
 */
final class PaletteClient {

    private static final String USER_AGENT = "spectro-pack-publisher";
    private static final int BODY_LIMIT = 8 * 1024 * 1024;

    private final PaletteTarget target;
    private final HttpTransport transport;
    private final Retry retry;
    private final PaletteFailures failures;
    private final String projectUid;

    /** Gets ready to ask in the target's project, or in the tenant if it has none; nothing is sent yet. */
    PaletteClient(PaletteTarget target, HttpTransport transport, Retry retry) {
        this(target, transport, retry, target.projectUid());
    }

    private PaletteClient(PaletteTarget target, HttpTransport transport, Retry retry, String projectUid) {
        this.target = target;
        this.transport = transport;
        this.retry = retry;
        failures = new PaletteFailures(target);
        this.projectUid = projectUid;
    }

    /** The same for a project. */
    PaletteClient in(String project) {
        return new PaletteClient(target, transport, retry, project);
    }

    private record Answer(int status, byte[] body, Optional<String> retryAfter) {

        static Answer of(HttpTransport.Response response) throws IOException {
            return new Answer(response.status(), response.bytes(BODY_LIMIT), response.header("Retry-After"));
        }
    }

    /** A text of Palette's, fit for a log, whatever it is. */
    String text(JsonNode node) {
        return failures.text(node);
    }

    /** A part of a path. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Tries a call again where that may help. */
    <T> T retry(Retry.Attempt<T, PaletteException> attempt) throws PaletteException, InterruptedException {
        return retry.run(attempt);
    }

    /** Fetches something. */
    JsonNode get(String what, String path) throws PaletteException, InterruptedException {
        return json(what, "GET", retry.run(() -> send(what, "GET", path, Optional.empty())));
    }

    /** Asks for something that takes a body to be told. */
    JsonNode query(String what, String path, JsonNode content) throws PaletteException, InterruptedException {
        return json(what, "POST", retry.run(() -> send(what, "POST", path, Optional.of(content))));
    }

    /** Has something done; what is answered does not matter. */
    void post(String what, String path, Optional<JsonNode> content) throws PaletteException, InterruptedException {
        retry.run(() -> send(what, "POST", path, content));
    }

    /** Has something made, in one try. */
    JsonNode postOnce(String what, String path, JsonNode content) throws PaletteException, InterruptedException {
        return json(what, "POST", send(what, "POST", path, Optional.of(content)));
    }

    private JsonNode json(String what, String method, Answer answer) throws PaletteException {
        try {
            JsonNode json = JsonTree.read(answer.body());
            if (json.isObject() || json.isArray()) {
                return json;
            }
        } catch (JacksonException e) {
            // The same as JSON of another kind.
        }
        throw PaletteException.permanent(what + " failed: " + target.host() + " answered " + answer.status() + " to "
                + method + " with something that is not Palette's. Check that " + Setting.PALETTE_URL.words()
                + " is that of Palette's API.");
    }

    private Answer send(String what, String method, String path, Optional<JsonNode> content)
            throws PaletteException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("ApiKey", target.apiKey());
        headers.put("User-Agent", USER_AGENT);
        if (!projectUid.isEmpty()) {
            headers.put("ProjectUid", projectUid);
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
