package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_BAD_METHOD;
import static java.net.HttpURLConnection.HTTP_CREATED;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.ServerText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import land.oras.Descriptor;

/**
 * Uploads blobs and manifests: an upload begins with a {@code POST} without a body, and one {@code PUT} carries the whole blob
 * to where the answer says. Source: OCI distribution specification 1.1, "POST then PUT". Chunks are not used, because ECR does
 * not answer them as the specification says.
 */
final class OciPush {

    private static final String BLOB_MEDIA_TYPE = "application/octet-stream";

    /**
     * What a registry says of a manifest whose blobs it has taken and does not see yet, or reads while another run uploads the
     * same one: docker-registry 2.8 answers the first to that.
     */
    private static final Set<String> NOT_YET_SEEN = Set.of("DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN");

    private final OciClient client;
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    OciPush(OciClient client) {
        this.client = client;
    }

    /** Told that this run has made a repository, which the registry may not know everywhere at once. */
    void made(String repository) {
        made.add(repository);
    }

    /** A refusal of something that was right may be seen to be one in a moment. */
    private RegistryException judged(String repository, RegistryException refusal) {
        boolean isEarly = refusal.code().equals("NAME_UNKNOWN") && made.contains(repository);
        return isEarly ? refusal.asTransient() : refusal;
    }

    /**
     * Uploads a blob. A retry starts a new upload, because ECR does not take a second {@code PUT} to the same one.
     *
     * @param blob its digest and size
     * @param progress told how many bytes of the present try have left this machine
     */
    void blob(String repository, Descriptor blob, Store.Source source, LongConsumer progress)
            throws RegistryException, InterruptedException {
        client.run(() -> {
            URI target = withDigest(start(repository), blob.getDigest());
            try {
                source.sendTo(stream -> client.send(
                        OciRequest.put(
                                "Uploading a blob to " + repository,
                                repository,
                                target,
                                BLOB_MEDIA_TYPE,
                                new HttpTransport.Body(stream, blob.getSize(), progress)),
                        HttpTransport.Response::status));
                return null;
            } catch (RegistryException e) {
                throw judged(repository, e);
            } catch (IOException e) {
                throw RegistryException.permanent(
                        "Uploading a blob to " + repository + " failed: it cannot be read on this machine ("
                                + e.getMessage() + ").",
                        e);
            }
        });
    }

    /**
     * Asks for a blob of another repository. What the registry begins instead, if it does not give it, is left to run out.
     *
     * @return whether the repository has the blob now
     */
    boolean mount(String from, String repository, Descriptor blob) throws RegistryException, InterruptedException {
        String query = "?mount=" + blob.getDigest().replace(":", "%3A") + "&from="
                + URLEncoder.encode(from, StandardCharsets.UTF_8);
        OciRequest request = OciRequest.post(
                        "Mounting a blob of " + from, repository, client.uri(repository, "blobs/uploads/" + query))
                .accepting(HTTP_CREATED, HTTP_UNAUTHORIZED, HTTP_FORBIDDEN, HTTP_NOT_FOUND, HTTP_BAD_METHOD);
        return client.run(() -> client.send(request, response -> response.status() == HTTP_CREATED));
    }

    /**
     * Uploads a manifest under a tag, or under its digest only. All its blobs were uploaded before, so a registry that does not
     * see them is asked again.
     *
     * @return the digest that the registry says it has stored, if it says so
     */
    Optional<String> manifest(String repository, String reference, byte[] manifest)
            throws RegistryException, InterruptedException {
        boolean tagged = !reference.contains(":");
        String what = tagged ? "Tagging " + repository + ":" + reference : "Uploading a manifest to " + repository;
        return client.run(() -> {
            try {
                return client.send(
                        OciRequest.put(
                                what,
                                repository,
                                client.uri(repository, "manifests/" + reference),
                                ArtifactManifest.MEDIA_TYPE,
                                HttpTransport.Body.of(manifest)),
                        response -> response.header(OciClient.DIGEST).map(ServerText::of));
            } catch (RegistryException e) {
                throw NOT_YET_SEEN.contains(e.code()) ? e.asTransient() : judged(repository, e);
            }
        });
    }

    private URI start(String repository) throws RegistryException, InterruptedException {
        String what = "Starting an upload to " + repository;
        URI asked = client.uri(repository, "blobs/uploads/");
        String answer;
        try {
            answer = client.send(
                    OciRequest.post(what, repository, asked),
                    response -> response.header("Location").orElse(""));
        } catch (RegistryException e) {
            throw judged(repository, e);
        }
        URI target;
        try {
            target = asked.resolve(answer);
        } catch (IllegalArgumentException e) {
            target = null;
        }
        if (answer.isEmpty() || target == null) {
            throw RegistryException.permanent(
                    what + " failed: " + client.address().host() + " did not say where to upload to.");
        }
        if (!client.address().isSameOrigin(target)) {
            throw RegistryException.permanent(
                    what + " failed: " + client.address().host()
                            + " wants the upload at another address, "
                            + ServerText.of(target.getScheme() + ":"
                                    + (target.getRawAuthority() == null ? "" : "//" + target.getRawAuthority()))
                            + ", which gets neither the login nor the pack. Give the registry's own address.");
        }
        return target;
    }

    /** Encoded as ORAS does; both spellings of the colon are legal in a query. */
    private static URI withDigest(URI location, String digest) {
        String query = "digest=" + digest.replace(":", "%3A");
        return URI.create(location + (location.getRawQuery() == null ? "?" : "&") + query);
    }
}
