package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The requests of the OCI distribution specification, one by one, over the JDK's own HTTP client. */
final class RegistryClient {

    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String authorization;

    RegistryClient(URI base, String user, String password) {
        this.base = base;
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(login);
    }

    RegistryClient(EcrSandbox sandbox) {
        this(sandbox.registry(), "AWS", sandbox.issuePassword());
    }

    HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return send(method, base.resolve(path), BodyPublishers.noBody());
    }

    HttpResponse<String> send(String method, URI uri, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", authorization)
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> withoutLogin(String method, URI uri) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> startUpload(String repository) throws IOException, InterruptedException {
        return send("POST", "/v2/" + repository + "/blobs/uploads/");
    }

    URI uploadLocation(String repository) throws IOException, InterruptedException {
        return URI.create(
                startUpload(repository).headers().firstValue("Location").orElseThrow());
    }

    HttpResponse<String> finishUpload(URI location, String digest, BodyPublisher body)
            throws IOException, InterruptedException {
        String separator = location.getRawQuery() == null ? "?" : "&";
        return send("PUT", URI.create(location + separator + "digest=" + digest.replace(":", "%3A")), body);
    }

    HttpResponse<String> pushBlob(String repository, byte[] content) throws IOException, InterruptedException {
        return finishUpload(uploadLocation(repository), Digests.of(content), BodyPublishers.ofByteArray(content));
    }

    HttpResponse<String> putManifest(String repository, String reference, String manifest)
            throws IOException, InterruptedException {
        return putManifest(repository, reference, OCI_MANIFEST, manifest);
    }

    HttpResponse<String> putManifest(String repository, String reference, String mediaType, String manifest)
            throws IOException, InterruptedException {
        URI uri = base.resolve("/v2/" + repository + "/manifests/" + reference);
        return send("PUT", uri, BodyPublishers.ofString(manifest), "Content-Type", mediaType);
    }

    /** A manifest of an empty configuration and one layer. */
    static String manifest(byte[] layer) {
        return """
                {"schemaVersion":2,"mediaType":"%s",\
                "config":{"mediaType":"application/vnd.unknown.config.v1+json","digest":"%s","size":2},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}""".formatted(OCI_MANIFEST, Digests.of(CONFIG), Digests.of(layer), layer.length);
    }

    /** Pushes a whole artifact; returns the answer to its manifest. */
    HttpResponse<String> push(String repository, String tag, byte[] layer) throws IOException, InterruptedException {
        pushBlob(repository, CONFIG);
        pushBlob(repository, layer);
        return putManifest(repository, tag, manifest(layer));
    }
}
