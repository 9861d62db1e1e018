package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern PATH =
            Pattern.compile("/v1/registries/oci/(?<uid>[^/]+)/(?<kind>ecr|basic)(?<below>|/sync|/sync/status)");
    private static final Pattern PACK_PATH = Pattern.compile("/v1/packs/(?<pack>[^/]+)/registries/(?<uid>[^/]+)");

    private final String apiKey;
    private final String projectUid;
    private final List<PaletteRegistryDouble> registries = new CopyOnWriteArrayList<>();
    private volatile boolean forbidden;

    PaletteHandler(String apiKey, String projectUid) {
        this.apiKey = apiKey;
        this.projectUid = projectUid;
    }

    void add(PaletteRegistryDouble registry) {
        registries.add(registry);
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
        if (method.equals("GET") && PACK_PATH.matcher(path).matches()) {
            return PACK;
        }
        if (!registry.matches()) {
            return "";
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
        if (!apiKey.equals(call.header("ApiKey"))) {
            return error(401, "InvalidApiKey", "The API key is not valid");
        }
        String project = call.header("ProjectUid");
        if (forbidden || project != null && !project.equals(projectUid)) {
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
                                        .map(PaletteRegistryDouble::summary)
                                        .toList()));
            case GET, START, STATUS -> registry(operation, call.path());
            case PACK -> pack(call.path());
            default -> error(404, "ResourceNotFound", "There is no such resource");
        };
    }

    private Answer registry(String operation, String path) {
        Matcher matcher = PATH.matcher(path);
        Optional<PaletteRegistryDouble> found = matcher.matches()
                ? find(matcher.group("uid")).filter(one -> one.kind().equals(matcher.group("kind")))
                : Optional.empty();
        if (found.isEmpty()) {
            return error(404, "ResourceNotFound", "There is no such registry");
        }
        PaletteRegistryDouble registry = found.get();
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

    private Optional<PaletteRegistryDouble> find(String uid) {
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
