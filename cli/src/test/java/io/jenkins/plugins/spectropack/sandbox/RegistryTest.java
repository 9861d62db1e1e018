package io.jenkins.plugins.spectropack.sandbox;

import static io.jenkins.plugins.spectropack.sandbox.RegistryClient.CONFIG;
import static io.jenkins.plugins.spectropack.sandbox.RegistryClient.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry as a plain HTTP client sees it. */
class RegistryTest {

    private static final String NAME = "base/spectro-packs/archive/nginx";
    private static final byte[] LAYER = "layer".getBytes(StandardCharsets.UTF_8);

    @Started
    private EcrSandbox sandbox;

    private RegistryClient client;

    @BeforeEach
    void start() throws Exception {
        sandbox.createRepository(NAME, false);
        client = new RegistryClient(sandbox);
    }

    @Test
    void keepsAnArtifactByteForByte() throws Exception {
        HttpResponse<String> pushed = client.push(NAME, "1.0.0", LAYER);

        String digest = Digests.of(manifest(LAYER).getBytes(StandardCharsets.UTF_8));
        assertThat(pushed.statusCode()).isEqualTo(201);
        assertThat(pushed.headers().firstValue("Docker-Content-Digest")).contains(digest);
        assertThat(sandbox.tags(NAME)).isEqualTo(Map.of("1.0.0", digest));
        assertThat(sandbox.manifest(NAME, "1.0.0").orElseThrow()).asString().isEqualTo(manifest(LAYER));
        assertThat(Files.readAllBytes(sandbox.blob(NAME, Digests.of(LAYER)))).isEqualTo(LAYER);
        for (String reference : new String[] {"1.0.0", digest}) {
            HttpResponse<String> got = client.send("GET", "/v2/" + NAME + "/manifests/" + reference);
            assertThat(got.body()).isEqualTo(manifest(LAYER));
            assertThat(got.headers().firstValue("Content-Type")).contains(RegistryClient.OCI_MANIFEST);
            HttpResponse<String> head = client.send("HEAD", "/v2/" + NAME + "/manifests/" + reference);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Docker-Content-Digest")).contains(digest);
            assertThat(head.headers().firstValueAsLong("Content-Length"))
                    .hasValue(manifest(LAYER).length());
        }
        String blob = "/v2/" + NAME + "/blobs/" + Digests.of(LAYER);
        assertThat(client.send("GET", blob).body()).isEqualTo("layer");
        assertThat(client.send("HEAD", blob).headers().firstValueAsLong("Content-Length"))
                .hasValue(LAYER.length);
        assertThat(client.send("GET", "/v2/" + NAME + "/tags/list").body()).contains("\"1.0.0\"");
    }

    @Test
    void doesNotKnowWhatWasNotPushed() throws Exception {
        assertRefused(client.send("GET", "/v2/" + NAME + "/manifests/1.0.0"), 404, "MANIFEST_UNKNOWN");
        assertRefused(client.send("GET", "/v2/" + NAME + "/blobs/" + Digests.of(LAYER)), 404, "BLOB_UNKNOWN");
        assertThat(client.send("HEAD", "/v2/" + NAME + "/blobs/" + Digests.of(LAYER))
                        .statusCode())
                .isEqualTo(404);
        assertThat(sandbox.manifest(NAME, "1.0.0")).isEmpty();
        assertThatThrownBy(() -> sandbox.blob(NAME, Digests.of(LAYER))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void keepsBlobsOfRepositoriesApart() throws Exception {
        sandbox.createRepository("other", false);
        client.pushBlob("other", LAYER);
        assertThat(sandbox.hasBlob("other", Digests.of(LAYER))).isTrue();
        assertThat(sandbox.hasBlob(NAME, Digests.of(LAYER))).isFalse();
    }

    @Test
    void asksForALoginInEcrsWords() throws Exception {
        HttpResponse<String> response =
                client.withoutLogin("GET", sandbox.registry().resolve("/v2/"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body().strip()).isEqualTo("Not Authorized");
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"" + sandbox.registry() + "/\",service=\"ecr.amazonaws.com\"");
        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void takesOnlyLoginsThatWereHandedOut() throws Exception {
        String password = sandbox.issuePassword();
        assertThat(new RegistryClient(sandbox.registry(), "AWS", password)
                        .send("GET", "/v2/")
                        .statusCode())
                .isEqualTo(200);
        assertThat(new RegistryClient(sandbox.registry(), "AWS", password + "x")
                        .send("GET", "/v2/")
                        .statusCode())
                .isEqualTo(401);
        assertThat(new RegistryClient(sandbox.registry(), "aws", password)
                        .send("GET", "/v2/")
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsAnExpiredLoginFromAWrongOne() throws Exception {
        sandbox.expirePasswords();

        HttpResponse<String> response = client.startUpload(NAME);
        assertRefused(response, 403, "DENIED");
        assertThat(response.body()).contains("Your authorization token has expired. Reauthenticate and try again.");
        assertThat(new RegistryClient(sandbox).startUpload(NAME).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "ecr:BatchGetImage, HEAD, manifests/1.0.0",
        "ecr:BatchGetImage, GET, manifests/1.0.0",
        "ecr:PutImage, PUT, manifests/1.0.0",
        "ecr:BatchCheckLayerAvailability, HEAD, blobs/sha256:0",
        "ecr:GetDownloadUrlForLayer, GET, blobs/sha256:0",
        "ecr:InitiateLayerUpload, POST, blobs/uploads/",
        "ecr:UploadLayerPart, PUT, blobs/uploads/x",
        "ecr:CompleteLayerUpload, PUT, blobs/uploads/x",
        "ecr:ListImages, GET, tags/list"
    })
    void refusesWhatTheUserMayNotDo(String action, String method, String path) throws Exception {
        sandbox.deny(action);

        HttpResponse<String> response = client.send(method, "/v2/" + NAME + "/" + path);

        assertThat(response.statusCode()).isEqualTo(403);
        if (!method.equals("HEAD")) {
            assertRefused(response, 403, "DENIED");
            assertThat(response.body())
                    .contains("is not authorized to perform: " + action
                            + " on resource: arn:aws:ecr:us-east-1:123456789012:"
                            + "repository/" + NAME + " because no identity-based policy allows the " + action
                            + " action");
        }
        sandbox.allow(action);
        assertThat(client.send(method, "/v2/" + NAME + "/" + path).statusCode()).isNotEqualTo(403);
    }

    @Test
    void doesNotKnowAMissingRepository() throws Exception {
        HttpResponse<String> response = client.send("GET", "/v2/missing/manifests/1.0.0");
        assertRefused(response, 404, "NAME_UNKNOWN");
        assertThat(response.body())
                .contains("The repository with name 'missing' does not exist in the registry with id '123456789012'");
        assertThat(client.send("HEAD", "/v2/missing/blobs/" + Digests.of(LAYER)).statusCode())
                .isEqualTo(404);
        assertThatThrownBy(() -> client.startUpload("missing")).isInstanceOf(IOException.class);
        sandbox.cutUploadsToMissingRepositories(false);
        assertRefused(client.startUpload("missing"), 404, "NAME_UNKNOWN");
    }

    @Test
    void startsUploadsAtAnAbsoluteAddress() throws Exception {
        HttpResponse<String> response = client.startUpload(NAME);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location").orElseThrow())
                .matches(sandbox.registry() + "/v2/" + NAME + "/blobs/uploads/[0-9a-f-]{36}");
    }

    @Test
    void refusesContentOfAnotherDigest() throws Exception {
        URI location = client.uploadLocation(NAME);
        assertRefused(
                client.finishUpload(location, Digests.of(CONFIG), BodyPublishers.ofByteArray(LAYER)),
                400,
                "BLOB_UPLOAD_INVALID");
        assertThat(sandbox.hasBlob(NAME, Digests.of(CONFIG))).isFalse();
        assertThat(sandbox.hasBlob(NAME, Digests.of(LAYER))).isFalse();
        assertRefused(client.finishUpload(location, "md5:0", BodyPublishers.noBody()), 400, "DIGEST_INVALID");
    }

    @Test
    void takesOneBodyForOneUpload() throws Exception {
        URI location = client.uploadLocation(NAME);
        assertThat(client.finishUpload(location, Digests.of(LAYER), BodyPublishers.ofByteArray(LAYER))
                        .statusCode())
                .isEqualTo(201);
        HttpResponse<String> again =
                client.finishUpload(location, Digests.of(LAYER), BodyPublishers.ofByteArray(LAYER));
        assertRefused(again, 416, "BLOB_UPLOAD_INVALID");
        assertThat(again.body()).contains("First byte of the layer part is 0 instead of 5");
    }

    @Test
    void refusesContentInPieces() throws Exception {
        URI location = client.uploadLocation(NAME);
        assertRefused(client.send("PATCH", location, BodyPublishers.ofByteArray(LAYER)), 405, "UNSUPPORTED");
        assertThat(client.finishUpload(
                                location,
                                Digests.of(LAYER),
                                BodyPublishers.ofInputStream(() -> InputStream.nullInputStream()))
                        .statusCode())
                .isEqualTo(411);
    }

    @Test
    void ignoresTheDigestOfAnUploadByPostAlone() throws Exception {
        URI uri = sandbox.registry().resolve("/v2/" + NAME + "/blobs/uploads/?digest=" + Digests.of(LAYER));
        HttpResponse<String> response = client.send("POST", uri, BodyPublishers.ofByteArray(LAYER));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(sandbox.hasBlob(NAME, Digests.of(LAYER))).isFalse();
    }

    @Test
    void doesNotKnowUploadsOfOthers() throws Exception {
        sandbox.createRepository("other", false);
        URI foreign = URI.create(client.uploadLocation("other").toString().replace("/other/", "/" + NAME + "/"));
        assertRefused(
                client.finishUpload(foreign, Digests.of(LAYER), BodyPublishers.ofByteArray(LAYER)),
                404,
                "BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void wantsTheBlobsBeforeTheManifest() throws Exception {
        client.pushBlob(NAME, CONFIG);
        HttpResponse<String> response = client.putManifest(NAME, "1.0.0", manifest(LAYER));
        assertRefused(response, 400, "MANIFEST_BLOB_UNKNOWN");
        assertThat(response.body()).contains(Digests.of(LAYER)).doesNotContain(Digests.of(CONFIG));
        client.pushBlob(NAME, LAYER);
        String wrongSize = manifest(LAYER).replace("\"size\":5", "\"size\":6");
        assertRefused(client.putManifest(NAME, "1.0.0", wrongSize), 400, "MANIFEST_BLOB_UNKNOWN");
        assertThat(sandbox.tags(NAME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[]",
                "{}",
                "{\"schemaVersion\":1,\"config\":{},\"layers\":[]}",
                "{\"schemaVersion\":2,\"config\":{},\"layers\":[]}",
                "{\"schemaVersion\":2,\"mediaType\":\"text/plain\",\"layers\":[]}"
            })
    void refusesManifestsItDoesNotKnow(String manifest) throws Exception {
        HttpResponse<String> response = client.putManifest(NAME, "1.0.0", manifest);
        assertRefused(response, 405, "UNSUPPORTED");
        assertThat(response.body())
                .contains("Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'");
    }

    @Test
    void refusesTheManifestOfLaterOras() throws Exception {
        client.push(NAME, "1.0.0", LAYER);
        String later = manifest(LAYER).replace("\"config\":", "\"artifactType\":\"application/x\",\"config\":");
        assertRefused(client.putManifest(NAME, "1.0.0", later), 405, "UNSUPPORTED");
        assertRefused(client.putManifest(NAME, "1.0.0", "application/json", manifest(LAYER)), 405, "UNSUPPORTED");
        String parameters = manifest(LAYER).replace("layer.v1.tar", "layer.v1.tar;a=b");
        assertRefused(client.putManifest(NAME, "1.0.0", parameters), 405, "UNSUPPORTED");
    }

    @Test
    void takesAnIndexOfManifestsThatAreThere() throws Exception {
        client.push(NAME, "1.0.0", LAYER);
        String type = "application/vnd.oci.image.index.v1+json";
        String index = "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"" + RegistryClient.OCI_MANIFEST
                + "\",\"digest\":\"" + sandbox.tags(NAME).get("1.0.0") + "\",\"size\":1}]}";
        assertThat(client.putManifest(NAME, "all", type, index).statusCode()).isEqualTo(201);
        String missing = index.replaceAll("sha256:[0-9a-f]{64}", "sha256:" + "0".repeat(64));
        assertRefused(client.putManifest(NAME, "all", type, missing), 400, "MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void refusesTagsOutsideTheirPattern() throws Exception {
        client.push(NAME, "1.0.0", LAYER);
        assertRefused(client.putManifest(NAME, "1.0.0+build", manifest(LAYER)), 405, "UNSUPPORTED");
        assertThat(client.send("HEAD", "/v2/" + NAME + "/manifests/1.0.0+build").statusCode())
                .isEqualTo(400);
    }

    @Test
    void takesAManifestByItsOwnDigestOnly() throws Exception {
        client.push(NAME, "1.0.0", LAYER);
        String digest = sandbox.tags(NAME).get("1.0.0");
        assertThat(client.putManifest(NAME, digest, manifest(LAYER)).statusCode())
                .isEqualTo(201);
        assertRefused(client.putManifest(NAME, Digests.of(LAYER), manifest(LAYER)), 400, "DIGEST_INVALID");
    }

    @Test
    void keepsTagsOfImmutableRepositoriesEvenFromEqualContent() throws Exception {
        sandbox.createRepository("immutable", true);
        assertThat(client.push("immutable", "1.0.0", LAYER).statusCode()).isEqualTo(201);

        HttpResponse<String> again = client.putManifest("immutable", "1.0.0", manifest(LAYER));

        assertRefused(again, 400, "TAG_INVALID");
        assertThat(again.body())
                .contains("The image tag '1.0.0' already exists in the 'immutable' repository and cannot be overwritten"
                        + " because the repository is immutable.");
        assertThat(client.putManifest("immutable", "1.0.1", manifest(LAYER)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void movesTagsOfMutableRepositories() throws Exception {
        client.push(NAME, "1.0.0", LAYER);
        String before = sandbox.tags(NAME).get("1.0.0");
        client.push(NAME, "1.0.0", new byte[] {1});
        assertThat(sandbox.tags(NAME).get("1.0.0")).isNotEqualTo(before);
        assertThat(sandbox.manifest(NAME, before)).isPresent();
    }

    @Test
    void sendsThoseWhoFetchABlobToTheStorage() throws Exception {
        client.pushBlob(NAME, LAYER);
        sandbox.redirectBlobs(true);

        HttpResponse<String> response = client.send("GET", "/v2/" + NAME + "/blobs/" + Digests.of(LAYER));

        assertThat(response.statusCode()).isEqualTo(307);
        URI location = URI.create(response.headers().firstValue("Location").orElseThrow());
        assertThat(location.getPort()).isNotEqualTo(sandbox.registry().getPort());
        assertThat(client.withoutLogin("GET", location).body()).isEqualTo("layer");
        HttpResponse<String> withLogin = client.send("GET", location, BodyPublishers.noBody());
        assertThat(withLogin.statusCode()).isEqualTo(400);
        assertThat(withLogin.body()).contains("Only one auth mechanism allowed");
        URI forged = URI.create(location.toString().replaceAll("Signature=.*", "Signature=x"));
        assertThat(client.withoutLogin("GET", forged).statusCode()).isEqualTo(403);
        assertThat(client.send("HEAD", "/v2/" + NAME + "/blobs/" + Digests.of(LAYER))
                        .statusCode())
                .isEqualTo(200);
        assertThat(sandbox.requests().count(Match.service(Request.STORAGE))).isEqualTo(3);
    }

    @Test
    void holdsWhatOtherPublishersPushed(@TempDir Path folder) throws Exception {
        Path archive = Files.write(folder.resolve("any.tar.gz"), LAYER);
        String digest = sandbox.pushArchive(NAME, "2.0.0", archive);
        assertThat(client.send("GET", "/v2/" + NAME + "/manifests/2.0.0").body())
                .matches(
                        "\\{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1\\+json\",\"config\":"
                                + "\\{\"mediaType\":\"application/vnd.unknown.config.v1\\+json\",\"digest\":\"sha256:44136fa355b3678a"
                                + "1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2},\"layers\":\\[\\{\"mediaType\":"
                                + "\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"sha256:[0-9a-f]{64}\",\"size\":5,"
                                + "\"annotations\":\\{\"org.opencontainers.image.title\":\"nginx-2.0.0.tar.gz\"}}],\"annotations\":"
                                + "\\{\"org.opencontainers.image.created\":\"[0-9T:-]{19}Z\"}}");
        sandbox.putTag(NAME, "latest", digest);
        assertThat(sandbox.tags(NAME)).containsKeys("2.0.0", "latest");
        sandbox.removeTag(NAME, "2.0.0");
        assertThat(sandbox.tags(NAME)).containsOnlyKeys("latest");
        assertThatThrownBy(() -> sandbox.putTag(NAME, "x", Digests.of(LAYER)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesNothingBehind() throws Exception {
        client.pushBlob(NAME, LAYER);
        Path folder = sandbox.blob(NAME, Digests.of(LAYER)).getParent();
        sandbox.close();
        sandbox.close();
        assertThat(folder).doesNotExist();
        assertThatThrownBy(() -> client.send("GET", "/v2/")).isInstanceOf(IOException.class);
    }

    private static void assertRefused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    }
}
