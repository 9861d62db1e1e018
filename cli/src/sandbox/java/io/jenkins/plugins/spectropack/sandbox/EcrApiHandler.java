package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of ECR: checks who asks and whether they may, then has it done. Source of the protocol: Smithy, "AWS JSON 1.1
 * protocol".
 */
final class EcrApiHandler implements LoopbackServer.Endpoint {

    private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
    private static final int BODY_LIMIT = 1024 * 1024;
    // Source: ECR API reference, "GetAuthorizationToken".
    private static final Duration PASSWORD_LIFE = Duration.ofHours(12);

    private final Account account;
    private final SigV4Check signatures;
    private final RepositoryActions repositories;
    private final ImageActions images;
    private final URI proxyEndpoint;
    private final Supplier<String> passwords;

    EcrApiHandler(
            Account account,
            SigV4Check signatures,
            RepositoryActions repositories,
            ImageActions images,
            URI proxyEndpoint,
            Supplier<String> passwords) {
        this.account = account;
        this.signatures = signatures;
        this.repositories = repositories;
        this.images = images;
        this.proxyEndpoint = proxyEndpoint;
        this.passwords = passwords;
    }

    @Override
    public String service() {
        return Request.ECR;
    }

    @Override
    public String operation(HttpExchange exchange) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        return target != null && target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
    }

    @Override
    public Answer handle(Call call) throws IOException {
        try {
            byte[] body = call.readBody(BODY_LIMIT);
            String action = call.request().operation();
            if (!call.method().equals("POST") || !call.path().equals("/") || action.isEmpty()) {
                throw unknownOperation();
            }
            IamSandbox.Principal who = signatures.check(call, body);
            JsonNode input = parse(body);
            Optional<String> refusal = account.refusal(action, resource(action, input), who.arn());
            if (refusal.isPresent()) {
                throw new ApiError(400, "AccessDeniedException", refusal.get());
            }
            return ApiError.json(200, act(action, input));
        } catch (ApiError e) {
            return e.answer();
        }
    }

    private Object act(String action, JsonNode input) throws ApiError {
        return switch (action) {
            case "GetAuthorizationToken" -> authorizationToken();
            case "CreateRepository" -> repositories.create(input);
            case "DescribeRepositories" -> repositories.describe(input);
            case "DeleteRepository" -> repositories.delete(input);
            case "PutLifecyclePolicy" -> repositories.putLifecyclePolicy(input);
            case "GetLifecyclePolicy" -> repositories.getLifecyclePolicy(input);
            case "TagResource" -> repositories.tag(input);
            case "ListTagsForResource" -> repositories.listTags(input);
            case "ListImages" -> images.listImages(input);
            case "DescribeImages" -> images.describeImages(input);
            case "BatchDeleteImage" -> images.batchDelete(input);
            default -> throw unknownOperation();
        };
    }

    private Object authorizationToken() {
        return Map.of(
                "authorizationData",
                List.of(Map.of(
                        "authorizationToken",
                        Passwords.token(passwords.get()),
                        "expiresAt",
                        Instant.now().plus(PASSWORD_LIFE).toEpochMilli() / 1000.0,
                        "proxyEndpoint",
                        proxyEndpoint.toString())));
    }

    private String resource(String action, JsonNode input) {
        if (action.equals("GetAuthorizationToken")) {
            return "*";
        }
        JsonNode arn = input.path("resourceArn");
        return arn.isString()
                ? arn.stringValue()
                : account.arn(input.path("repositoryName").asString("*"));
    }

    private static JsonNode parse(byte[] body) throws ApiError {
        try {
            JsonNode input = JsonMapper.shared().readTree(body);
            if (input.isObject()) {
                return input;
            }
        } catch (JacksonException e) {
            // Answered as any other body that is not an object.
        }
        throw new ApiError(400, "SerializationException", "The request body is not a JSON object.");
    }

    private static ApiError unknownOperation() {
        return new ApiError(404, "UnknownOperationException", "The requested operation is not one of ECR's.");
    }
}
