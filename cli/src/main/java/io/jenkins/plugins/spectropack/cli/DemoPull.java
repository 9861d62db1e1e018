package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pulls a pack by plain HTTP, without anything of the engine, and checks what comes back. */
final class DemoPull {

    private final EcrSandbox sandbox;
    private final HttpClient client = HttpClient.newHttpClient();

    DemoPull(EcrSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Whether tag, manifest and archive are what was reported. */
    boolean check(PublishedPack pack, PrintWriter out) throws IOException, InterruptedException {
        byte[] manifest = get("/v2/" + pack.getRepository() + "/manifests/" + pack.getVersion());
        boolean right = verify(out, "manifest of " + pack.getReference(), manifest, pack.getDigest());
        JsonNode layer = JsonMapper.shared().readTree(manifest).path("layers").path(0);
        String digest = layer.path("digest").asString("");
        byte[] archive = get("/v2/" + pack.getRepository() + "/blobs/" + digest);
        right &= verify(out, pack.getArchiveName(), archive, pack.getArchiveDigest());
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    out.println("    " + entry.getName() + " (" + entry.getSize() + " bytes)");
                }
            }
        }
        return right;
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        String login =
                Base64.getEncoder().encodeToString(("AWS:" + sandbox.issuePassword()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.registry() + path))
                .header("Authorization", "Basic " + login)
                .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                .build();
        HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("GET " + path + " was answered with " + response.statusCode() + ".");
        }
        return response.body();
    }

    private static boolean verify(PrintWriter out, String what, byte[] content, String expected) {
        boolean right = digest(content).equals(expected);
        out.println("  " + what + ": " + content.length + " bytes, " + digest(content)
                + (right ? ", as reported" : ", but " + expected + " was reported"));
        return right;
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
