package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry with one user, and its token endpoint if it has one. Source: OCI distribution specification 1.1; distribution
 * project, "Token Authentication Specification".
 */
final class OciHandler implements LoopbackServer.Endpoint {

    static final String TOKEN = "token";

    private static final Pattern SCOPE = Pattern.compile("repository:(.+):pull,push");
    private static final String CATALOG = "/v2/_catalog";
    private static final String CATALOG_SCOPE = "registry:catalog:*";

    private final OciBehaviour behaviour;
    private final URI base;
    private final String login;
    private final RepositoryActions actions;
    private final Repositories repositories;
    private final Blobs blobs;
    private final Manifests manifests;
    private final OciTokens tokens = new OciTokens();
    private final Set<String> projects = ConcurrentHashMap.newKeySet();
    private volatile Optional<URI> otherRealm = Optional.empty();
    private final Pages pages = new Pages();
    private volatile boolean readOnly;
    private volatile boolean deletes;
    private volatile boolean hidesCatalog;

    OciHandler(
            OciBehaviour behaviour,
            URI base,
            String login,
            RepositoryActions actions,
            Repositories repositories,
            Blobs blobs,
            Manifests manifests) {
        this.behaviour = behaviour;
        this.base = base;
        this.login = login;
        this.actions = actions;
        this.repositories = repositories;
        this.blobs = blobs;
        this.manifests = manifests;
    }

    OciTokens tokens() {
        return tokens;
    }

    void addProject(String name) {
        projects.add(name);
    }

    void readOnly(boolean value) {
        readOnly = value;
    }

    void pages(int elements) {
        pages.most(elements);
    }

    void deletes(boolean value) {
        deletes = value;
    }

    void hideCatalog(boolean value) {
        hidesCatalog = value;
    }

    void realm(URI value) {
        otherRealm = Optional.of(value);
    }

    @Override
    public String service() {
        return Request.REGISTRY;
    }

    @Override
    public String operation(HttpExchange exchange) {
        return behaviour.hasTokens() && exchange.getRequestURI().getPath().equals(behaviour.tokenPath()) ? TOKEN : "";
    }

    @Override
    public Answer handle(Call call) throws IOException {
        try {
            return call.path().equals(behaviour.tokenPath()) ? token(call) : answer(call);
        } catch (RegistryError e) {
            return e.answer();
        }
    }

    private Answer token(Call call) throws RegistryError {
        if (!call.method().equals("GET")) {
            throw new RegistryError(405, "UNSUPPORTED", "Method Not Allowed");
        }
        if (!isUser(call.header("Authorization"))) {
            throw new RegistryError(401, "UNAUTHORIZED", "authentication required");
        }
        Matcher scope = SCOPE.matcher(call.parameter("scope"));
        boolean catalog = call.parameter("scope").equals(CATALOG_SCOPE);
        String token = tokens.issue(scope.matches() ? scope.group(1) : catalog ? CATALOG_SCOPE : "");
        return Answer.text(200, "application/json", JsonMapper.shared().writeValueAsString(Map.of("token", token)));
    }

    private boolean isUser(String authorization) {
        String expected = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return expected.equals(authorization);
    }

    private Answer answer(Call call) throws IOException, RegistryError {
        Optional<RegistryHandler.Route> route = RegistryHandler.Route.of(call.path());
        String repository = route.map(RegistryHandler.Route::repository).orElse("");
        String authorization = Optional.ofNullable(call.header("Authorization")).orElse("");
        if (!isLoggedIn(authorization, call.path().equals(CATALOG) ? CATALOG_SCOPE : repository)) {
            return challenge(authorization, repository);
        }
        if (call.path().equals("/v2/")) {
            return Answer.of(200, Map.of("Content-Type", "application/json"));
        }
        if (call.path().equals(CATALOG)) {
            return catalog(call);
        }
        if (route.isEmpty()) {
            return Answer.text(404, "text/plain; charset=utf-8", "404 page not found\n");
        }
        checkProject(repository);
        checkPush(call, repository);
        return act(call, route.get());
    }

    private boolean isLoggedIn(String authorization, String repository) {
        if (!behaviour.hasTokens()) {
            return isUser(authorization);
        }
        Optional<String> good = authorization.startsWith("Bearer ")
                ? tokens.repository(authorization.substring("Bearer ".length()))
                : Optional.empty();
        return good.filter(name -> !name.isEmpty() && (repository.isEmpty() || name.equals(repository)))
                .isPresent();
    }

    private Answer challenge(String authorization, String repository) {
        Answer refusal = RegistryError.answer(401, "UNAUTHORIZED", "authentication required");
        if (!behaviour.hasTokens()) {
            return refusal.with("WWW-Authenticate", "Basic realm=\"sandbox\"");
        }
        if (behaviour == OciBehaviour.HARBOR && !authorization.isEmpty()) {
            return refusal.with("WWW-Authenticate", "Basic realm=\"harbor\"");
        }
        String scope = repository.isEmpty() ? "" : ",scope=\"repository:" + repository + ":pull\"";
        URI realm = otherRealm.orElseGet(() -> base.resolve(behaviour.tokenPath()));
        return refusal.with(
                "WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"" + behaviour.service() + "\"" + scope);
    }

    private void checkProject(String repository) throws RegistryError {
        String project = repository.replaceFirst("/.*", "");
        if (behaviour == OciBehaviour.HARBOR && !projects.contains(project)) {
            throw new RegistryError(401, "UNAUTHORIZED", "project " + project + " not found");
        }
    }

    private void checkPush(Call call, String repository) throws RegistryError {
        if (!readOnly || call.method().equals("GET") || call.method().equals("HEAD")) {
            return;
        }
        throw switch (behaviour) {
            case HARBOR ->
                new RegistryError(
                        401, "UNAUTHORIZED", "unauthorized to access repository: " + repository + ", action: push");
            case GHCR -> new RegistryError(403, "DENIED", "permission_denied: write_package");
            case DISTRIBUTION, ZOT -> new RegistryError(403, "DENIED", "requested access to the resource is denied");
        };
    }

    private Answer act(Call call, RegistryHandler.Route route) throws IOException, RegistryError {
        boolean there = repositories.find(route.repository()).isPresent();
        if (!there && call.method().equals("POST")) {
            actions.create(route.repository(), false);
        } else if (!there) {
            throw missing();
        }
        return switch (route.kind() + " " + call.method()) {
            case "manifests GET", "manifests HEAD" -> manifests.get(route);
            case "manifests PUT" -> manifests.put(call, route);
            case "manifests DELETE" -> delete(route);
            case "blobs GET", "blobs HEAD" -> blobs.get(call, route);
            case "blobs/uploads POST" -> blobs.startUpload(call, route);
            case "blobs/uploads PUT" -> blobs.finishUpload(call, route);
            case "tags GET" -> tags(call, route.repository());
            default -> throw new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.");
        };
    }

    private RegistryError missing() {
        return behaviour == OciBehaviour.HARBOR
                ? new RegistryError(404, "NOT_FOUND", "repository not found")
                : new RegistryError(404, "NAME_UNKNOWN", "repository name not known to registry");
    }

    /** The reference registry knows no repository in which nothing has a tag. */
    private Answer tags(Call call, String repository) throws RegistryError {
        List<String> tags =
                repositories.tags(repository).keySet().stream().sorted().toList();
        if (tags.isEmpty() && behaviour == OciBehaviour.DISTRIBUTION) {
            throw missing();
        }
        return page(call, tags, page -> Map.of("name", repository, "tags", page));
    }

    private Answer catalog(Call call) throws RegistryError {
        if (hidesCatalog) {
            throw new RegistryError(401, "UNAUTHORIZED", "access to the catalog is not allowed");
        }
        List<String> names =
                repositories.all().stream().map(Repository::name).sorted().toList();
        return page(call, names, page -> Map.of("repositories", page));
    }

    /** Source: OCI distribution specification 1.1, "Content Discovery". */
    private Answer page(Call call, List<String> sorted, Function<List<String>, Map<String, Object>> shape) {
        String last = call.parameter("last");
        String asked = call.parameter("n");
        List<String> rest =
                sorted.stream().filter(name -> name.compareTo(last) > 0).toList();
        int size = pages.size(asked.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(asked));
        List<String> page = rest.subList(0, Math.min(size, rest.size()));
        Answer answer = Answer.text(200, "application/json", JsonMapper.shared().writeValueAsString(shape.apply(page)));
        return page.size() == rest.size()
                ? answer
                : answer.with(
                        "Link",
                        "<" + call.path() + "?n=" + size + "&last=" + page.get(page.size() - 1) + ">; rel=\"next\"");
    }

    /** Takes a manifest with all its tags, as the reference registry does; a tag alone cannot be taken there. */
    private Answer delete(RegistryHandler.Route route) throws RegistryError {
        if (!deletes || !Digests.isDigest(route.reference())) {
            throw new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.");
        }
        if (repositories.manifest(route.repository(), route.reference()).isEmpty()) {
            throw new RegistryError(404, "MANIFEST_UNKNOWN", "manifest unknown");
        }
        repositories.delete(route.repository(), "", route.reference());
        return Answer.of(202, Map.of());
    }
}
