package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of Palette, as far as publishers need it. Source of paths and shapes: Spectro Cloud's client for Go. The codes and
 * words of refusals are the fake's own, since they are documented nowhere.
 */
final class PaletteHandler implements LoopbackServer.Endpoint {

    static final String LIST = "ListRegistries";
    static final String GET = "GetRegistry";
    static final String START = "StartSync";
    static final String STATUS = "GetSyncStatus";
    static final String PACK = "GetPack";
    static final String VALIDATE = "ValidateRegistry";
    static final String ADD = "AddRegistry";
    static final String ACCOUNT = "GetAwsAccount";

    private static final int MAX_BODY = 1024 * 1024;
    private static final Pattern PATH =
            Pattern.compile("/v1/registries/oci/(?<uid>[^/]+)/(?<kind>ecr|basic)(?<below>|/sync|/sync/status)");
    private static final Pattern NEW_PATH =
            Pattern.compile("/v1/registries/oci/(?<kind>ecr|basic)(?<below>|/validate)");
    private static final String ACCOUNT_PATH = "/v1/clouds/aws/account/sts";
    private static final Pattern PACK_PATH = Pattern.compile("/v1/packs/(?<pack>[^/]+)/registries/(?<uid>[^/]+)");

    private final String apiKey;
    private final PaletteProjects projects;
    private final List<FakePaletteRegistry> registries = new CopyOnWriteArrayList<>();
    private final PaletteReach reach;
    private final Optional<PaletteContract> contract = PaletteContract.find();
    private final List<String> breaches = new CopyOnWriteArrayList<>();
    private volatile boolean forbidden;

    PaletteHandler(String apiKey, PaletteProjects projects, PaletteReach reach) {
        this.apiKey = apiKey;
        this.projects = projects;
        this.reach = reach;
    }

    /** What was said against the published description, by either side. */
    List<String> breaches() {
        return breaches;
    }

    void add(FakePaletteRegistry registry) {
        registries.add(registry);
    }

    Optional<FakePaletteRegistry> registry(String name) {
        return registries.stream()
                .filter(registry -> registry.name().equals(name))
                .findFirst();
    }

    List<String> names() {
        return registries.stream().map(FakePaletteRegistry::name).toList();
    }

    void forbid(boolean forbid) {
        forbidden = forbid;
    }

    @Override
    public String service() {
        return Request.PALETTE;
    }

    @Override
    public String operation(HttpExchange exchange) {
        return operation(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
    }

    private static String operation(String method, String path) {
        Matcher registry = PATH.matcher(path);
        if (method.equals("GET") && path.equals("/v1/registries/oci/summary")) {
            return LIST;
        }
        if (method.equals("GET") && path.equals(ACCOUNT_PATH)) {
            return ACCOUNT;
        }
        Matcher added = NEW_PATH.matcher(path);
        if (method.equals("POST") && added.matches()) {
            return added.group("below").isEmpty() ? ADD : VALIDATE;
        }
        if (method.equals("GET") && PACK_PATH.matcher(path).matches()) {
            return PACK;
        }
        if (!registry.matches()) {
            return PaletteProjects.operation(method, path);
        }
        return switch (method + " " + registry.group("below")) {
            case "GET " -> GET;
            case "POST /sync" -> START;
            case "GET /sync/status" -> STATUS;
            default -> "";
        };
    }

    @Override
    public Answer handle(Call call) throws IOException {
        byte[] body = call.readBody(MAX_BODY);
        Answer answer = answer(call, body);
        Optional<String> breach = contract.isEmpty()
                ? Optional.empty()
                : contract.get().breach(call.method(), call.path(), call.query(), body, answer.status(), bytes(answer));
        if (breach.isEmpty()) {
            return answer;
        }
        breaches.add(breach.get());
        return Answer.text(500, "text/plain; charset=utf-8", breach.get());
    }

    private static byte[] bytes(Answer answer) throws IOException {
        try (InputStream stream = answer.body().open()) {
            return stream.readAllBytes();
        }
    }

    private Answer answer(Call call, byte[] body) {
        if (!apiKey.equals(call.header("ApiKey"))) {
            return error(401, "InvalidApiKey", "The API key is not valid");
        }
        String project = call.header("ProjectUid");
        Optional<FakePaletteProject> scope = projects.find(project);
        if (forbidden || scope.isEmpty()) {
            return error(403, "OperationForbidden", "The user has no permission for this operation");
        }
        String operation = call.request().operation();
        return switch (operation) {
            case LIST ->
                json(
                        200,
                        Map.of(
                                "items",
                                registries.stream()
                                        .map(FakePaletteRegistry::summary)
                                        .toList()));
            case GET, START, STATUS -> registry(operation, call.path());
            case PACK -> pack(call.path());
            case VALIDATE ->
                reach.problem(call.path().contains("/ecr/"), json(body)).orElse(Answer.of(204, Map.of()));
            case ADD -> add(json(body));
            case ACCOUNT ->
                json(200, Map.of("accountId", reach.accountId(), "externalId", reach.externalId(), "partition", "aws"));
            case "" -> error(404, "ResourceNotFound", "There is no such resource");
            default ->
                projects.answer(operation, scope.get(), call.path(), call.query())
                        .map(found -> json(200, found))
                        .orElseGet(() -> error(404, "ResourceNotFound", "There is no such resource"));
        };
    }

    private static JsonNode json(byte[] body) {
        return JsonMapper.shared().readTree(body);
    }

    private synchronized Answer add(JsonNode body) {
        String name = body.path("metadata").path("name").asString("");
        if (registries.stream().anyMatch(registry -> registry.name().equals(name))) {
            return error(409, "DuplicateRegistry", "There is a registry of this name already");
        }
        boolean isEcr = !body.path("spec").has("auth");
        Optional<Answer> problem = reach.problem(isEcr, body.path("spec"));
        if (problem.isPresent()) {
            return problem.get();
        }
        FakePaletteRegistry registry = reach.registry(name, isEcr, body.path("spec"));
        registries.add(registry);
        return json(201, Map.of("uid", registry.uid()));
    }

    private Answer registry(String operation, String path) {
        Matcher matcher = PATH.matcher(path);
        Optional<FakePaletteRegistry> found = matcher.matches()
                ? find(matcher.group("uid")).filter(one -> one.kind().equals(matcher.group("kind")))
                : Optional.empty();
        if (found.isEmpty()) {
            return error(404, "ResourceNotFound", "There is no such registry");
        }
        FakePaletteRegistry registry = found.get();
        return switch (operation) {
            case GET ->
                registry.isReadable()
                        ? json(200, registry.detail())
                        : error(403, "OperationForbidden", "The user has no permission for this operation");
            case START ->
                registry.start()
                        ? Answer.of(202, Map.of())
                        : error(409, "SyncInProgress", "A sync of this registry is in progress");
            default -> json(200, registry.status());
        };
    }

    private Answer pack(String path) {
        Matcher matcher = PACK_PATH.matcher(path);
        if (!matcher.matches()) {
            return error(404, "ResourceNotFound", "There is no such resource");
        }
        String name = URLDecoder.decode(matcher.group("pack"), StandardCharsets.UTF_8);
        String uid = matcher.group("uid");
        Set<String> versions =
                find(uid).map(registry -> registry.versions(name)).orElse(Set.of());
        if (versions.isEmpty()) {
            return error(404, "PackNotFound", "There is no pack of this name in the registry");
        }
        return json(
                200,
                Map.of(
                        "name",
                        name,
                        "displayName",
                        name,
                        "layer",
                        "addon",
                        "registryUid",
                        uid,
                        "tags",
                        versions.stream()
                                .map(version -> Map.of("version", version, "tag", version, "packUid", uid))
                                .toList()));
    }

    private Optional<FakePaletteRegistry> find(String uid) {
        return registries.stream().filter(one -> one.uid().equals(uid)).findFirst();
    }

    static Answer error(int status, String code, String message) {
        return json(status, Map.of("code", code, "message", message, "details", Map.of(), "ref", "sandbox"));
    }

    private static Answer json(int status, Object content) {
        return Answer.of(
                status,
                Map.of("Content-Type", "application/json"),
                JsonMapper.shared().writeValueAsBytes(content));
    }
}
