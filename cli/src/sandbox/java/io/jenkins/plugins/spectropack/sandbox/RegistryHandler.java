package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OCI registry of ECR: checks the login, the permission and the repository, then has the request done. Source: OCI
 * distribution specification 1.1; ECR user guide, "Private registry authentication".
 */
final class RegistryHandler implements LoopbackServer.Endpoint {

    private final Account account;
    private final Passwords passwords;
    private final Repositories repositories;
    private final Blobs blobs;
    private final Manifests manifests;
    private final URI base;
    private volatile boolean cutsUploadsToMissingRepositories = true;

    /**
     * What a path names.
     *
     * @param kind {@code manifests}, {@code blobs}, {@code blobs/uploads} or {@code tags}
     */
    record Route(String repository, String kind, String reference) {

        private static final Pattern PATH = Pattern.compile("/v2/(.+?)/(manifests|blobs/uploads|blobs|tags)/([^/]*)");

        static Optional<Route> of(String path) {
            Matcher parts = PATH.matcher(path);
            return parts.matches()
                    ? Optional.of(new Route(parts.group(1), parts.group(2), parts.group(3)))
                    : Optional.empty();
        }

        /**
         * The IAM action that a request needs, or an empty string. Source: service authorization reference, "Actions, resources,
         * and condition keys for Amazon ECR"; which request needs which is what users' denied requests show.
         */
        String action(String method) {
            return switch (kind + " " + method) {
                case "manifests GET", "manifests HEAD" -> "BatchGetImage";
                case "manifests PUT" -> "PutImage";
                case "blobs HEAD" -> "BatchCheckLayerAvailability";
                case "blobs GET" -> "GetDownloadUrlForLayer";
                case "blobs/uploads POST" -> "InitiateLayerUpload";
                case "blobs/uploads PATCH" -> "UploadLayerPart";
                case "blobs/uploads PUT" -> "CompleteLayerUpload";
                case "tags GET" -> "ListImages";
                default -> "";
            };
        }
    }

    RegistryHandler(
            Account account,
            Passwords passwords,
            Repositories repositories,
            Blobs blobs,
            Manifests manifests,
            URI base) {
        this.account = account;
        this.passwords = passwords;
        this.repositories = repositories;
        this.blobs = blobs;
        this.manifests = manifests;
        this.base = base;
    }

    /** Whether the start of an upload to a repository that is not there gets a closed connection rather than an answer. */
    void cutUploadsToMissingRepositories(boolean cut) {
        cutsUploadsToMissingRepositories = cut;
    }

    @Override
    public String service() {
        return Request.REGISTRY;
    }

    @Override
    public String operation(HttpExchange exchange) {
        return Route.of(exchange.getRequestURI().getRawPath())
                .map(route -> route.action(exchange.getRequestMethod()))
                .orElse("");
    }

    @Override
    public Answer handle(Call call) throws IOException {
        try {
            return answer(call).with("Docker-Distribution-Api-Version", "registry/2.0");
        } catch (RegistryError e) {
            return e.answer();
        }
    }

    private Answer answer(Call call) throws IOException, RegistryError {
        Passwords.Verdict login = passwords.judge(call.header("Authorization"));
        if (login == Passwords.Verdict.UNKNOWN) {
            return Answer.text(401, "text/plain; charset=utf-8", "Not Authorized\n")
                    .with("WWW-Authenticate", "Basic realm=\"" + base + "/\",service=\"ecr.amazonaws.com\"");
        }
        if (login == Passwords.Verdict.EXPIRED) {
            throw new RegistryError(
                    403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");
        }
        if (call.path().equals("/v2/")) {
            return Answer.of(200, Map.of("Content-Type", "application/json"));
        }
        Optional<Route> route = Route.of(call.path());
        if (route.isEmpty()) {
            return Answer.text(404, "text/plain; charset=utf-8", "404 page not found\n");
        }
        checkPermission(call, route.get());
        checkRepository(call, route.get());
        return act(call, route.get());
    }

    private void checkPermission(Call call, Route route) throws RegistryError {
        List<String> actions = new ArrayList<>(List.of(route.action(call.method())));
        if (actions.contains("CompleteLayerUpload")) {
            actions.add("UploadLayerPart");
        }
        for (String action : actions) {
            Optional<String> refusal = account.refusal(action, account.arn(route.repository()));
            if (refusal.isPresent()) {
                throw new RegistryError(403, "DENIED", refusal.get());
            }
        }
    }

    private void checkRepository(Call call, Route route) throws RegistryError, ConnectionCut {
        if (repositories.find(route.repository()).isPresent()) {
            return;
        }
        if (cutsUploadsToMissingRepositories && call.method().equals("POST")) {
            throw new ConnectionCut("there is no such repository");
        }
        throw new RegistryError(404, "NAME_UNKNOWN", account.noSuchRepository(route.repository()));
    }

    private Answer act(Call call, Route route) throws IOException, RegistryError {
        return switch (route.kind() + " " + call.method()) {
            case "manifests GET", "manifests HEAD" -> manifests.get(route);
            case "manifests PUT" -> manifests.put(call, route);
            case "blobs GET", "blobs HEAD" -> blobs.get(call, route);
            case "blobs/uploads POST" -> blobs.startUpload(call, route);
            case "blobs/uploads PUT" -> blobs.finishUpload(call, route);
            case "tags GET" -> tags(route.repository());
            default -> throw new RegistryError(405, "UNSUPPORTED", "The operation is unsupported.");
        };
    }

    private Answer tags(String repository) {
        List<String> tags = repositories.tags(repository).keySet().stream()
                .sorted(Comparator.naturalOrder())
                .toList();
        return Answer.text(
                200,
                "application/json",
                JsonMapper.shared().writeValueAsString(Map.of("name", repository, "tags", tags)));
    }
}
