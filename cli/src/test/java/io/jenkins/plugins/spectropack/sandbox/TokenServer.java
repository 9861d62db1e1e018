package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands out tokens for {@link DockerRegistry}. Source: distribution project, "Token Authentication Specification" and "Token
 * Authentication Implementation".
 */
public final class TokenServer implements AutoCloseable {

    static final String SERVICE = "registry of the tests";
    static final String ISSUER = "tests";

    private static final long SECONDS_VALID = 300;

    private final TestCertificate certificate;
    private final HttpServer server;
    private final List<String> queries = new CopyOnWriteArrayList<>();

    private TokenServer(TestCertificate certificate) throws IOException {
        this.certificate = certificate;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/token", this::handle);
        server.start();
    }

    /** Starts a server that knows {@link DockerRegistry#USER} and keeps its key in a folder. */
    public static TokenServer start(Path folder) throws IOException, InterruptedException {
        return new TokenServer(TestCertificate.create(folder));
    }

    URI realm() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    Path certificate() {
        return certificate.certificate();
    }

    /** The queries of all requests, decoded. */
    public List<String> queries() {
        return queries;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            queries.add(query);
            String login = "Basic "
                    + Base64.getEncoder()
                            .encodeToString((DockerRegistry.USER + ":" + DockerRegistry.PASSWORD)
                                    .getBytes(StandardCharsets.UTF_8));
            if (!login.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] answer = JsonMapper.shared()
                    .writeValueAsBytes(Map.of("token", token(query.replaceFirst(".*repository:(.*):.*", "$1"))));
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String token(String repository) {
        long now = Instant.now().getEpochSecond();
        try {
            String content = part(Map.of(
                            "typ",
                            "JWT",
                            "alg",
                            certificate.signatureAlgorithm(),
                            "x5c",
                            List.of(certificate.encoded())))
                    + "."
                    + part(Map.of(
                            "iss",
                            ISSUER,
                            "sub",
                            DockerRegistry.USER,
                            "aud",
                            SERVICE,
                            "exp",
                            now + SECONDS_VALID,
                            "nbf",
                            now - SECONDS_VALID,
                            "iat",
                            now,
                            "jti",
                            UUID.randomUUID().toString(),
                            "access",
                            List.of(Map.of(
                                    "type", "repository", "name", repository, "actions", List.of("pull", "push")))));
            return content + "." + encode(certificate.sign(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, Object> content) {
        return encode(JsonMapper.shared().writeValueAsBytes(content));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
