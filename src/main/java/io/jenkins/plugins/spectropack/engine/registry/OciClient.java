package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_BAD_METHOD;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import io.jenkins.plugins.spectropack.engine.util.Secrets;
import io.jenkins.plugins.spectropack.engine.util.ServerText;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Requests to one registry for one login: adds the login, and only for the registry's own origin; gives every refusal the
 * registry's words; tries transient failures again. Source: OCI distribution specification 1.1.
 */
final class OciClient {

    static final String USER_AGENT = "spectro-pack-publisher";

    /** No manifest is longer. */
    static final int MANIFEST_LIMIT = 4 * 1024 * 1024;
    /** The header in which a registry says what it has stored. */
    static final String DIGEST = "Docker-Content-Digest";

    private static final int REDIRECTS = 5;
    private static final int[] REDIRECTED = {301, 302, 303, 307, 308};

    /** By name, because docker-registry says that there is no such tag where it holds a type that is not named. */
    private static final String ANY_MANIFEST = String.join(
            ", ",
            ArtifactManifest.MEDIA_TYPE,
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.artifact.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v1+prettyjws",
            "*/*;q=0.5");

    private final RegistryKind kind;
    private final RegistryAddress address;
    private final HttpTransport transport;
    private final Authentication authentication;
    private final Retry retry;

    OciClient(
            RegistryKind kind,
            RegistryAddress address,
            HttpTransport transport,
            Authentication authentication,
            Retry retry) {
        this.kind = kind;
        this.address = address;
        this.transport = transport;
        this.authentication = authentication;
        this.retry = retry;
    }

    RegistryAddress address() {
        return address;
    }

    /** The address of something in a repository. */
    URI uri(String repository, String path) {
        return address.origin().resolve("/v2/" + repository + "/" + path);
    }

    /**
     * Runs an operation of one or more requests, again from its start after a transient failure, and once more with a fresh
     * login if the registry no longer takes the present one.
     */
    <T> T run(Retry.Attempt<T, RegistryException> attempt) throws RegistryException, InterruptedException {
        try {
            return retry.run(() -> runOnce(attempt));
        } catch (RegistryException e) {
            authentication.failed(e);
            throw e;
        }
    }

    /** The same without the tries after a transient failure. */
    private <T> T runOnce(Retry.Attempt<T, RegistryException> attempt) throws RegistryException, InterruptedException {
        try {
            return attempt.run();
        } catch (RegistryException e) {
            if (!e.deservesFreshLogin()) {
                throw e;
            }
        }
        return attempt.run();
    }

    /**
     * Sends one request of an operation that runs inside {@link #run}.
     *
     * @throws RegistryException if the answer's status is not an accepted one, or nothing came back
     */
    <T> T send(OciRequest request, HttpTransport.Reader<T> reader) throws RegistryException, InterruptedException {
        Map<String, String> headers = new HashMap<>(request.headers());
        Optional<String> login =
                address.isSameOrigin(request.uri()) ? authentication.header(request.repository()) : Optional.empty();
        login.ifPresent(value -> headers.put("Authorization", value));
        headers.put("User-Agent", USER_AGENT);
        String host = ServerText.of(request.uri().getRawAuthority(), Secrets.ofAuthorization(login));
        try {
            return transport.send(
                    new HttpTransport.Request(request.method(), request.uri(), headers, request.body(), whole(request)),
                    response -> {
                        if (request.accepts(response.status())) {
                            return reader.read(response);
                        }
                        throw refusal(request, host, login, response);
                    });
        } catch (RegistryException e) {
            throw e;
        } catch (IOException e) {
            throw RegistryErrors.unanswered(kind, request.what(), host, request.method(), e);
        }
    }

    /** A blob may take any time as long as it moves, both ways. */
    private static HttpTransport.Answer whole(OciRequest request) {
        return request.isBlob() ? HttpTransport.Answer.LONG : HttpTransport.Answer.SHORT;
    }

    private RegistryException refusal(
            OciRequest request, String host, Optional<String> login, HttpTransport.Response response)
            throws IOException {
        RegistryErrors.Answer answer = RegistryErrors.Answer.parse(
                response.body().readNBytes(RegistryErrors.BODY_LIMIT), Secrets.ofAuthorization(login));
        if (response.status() / 100 == 3) {
            return RegistryException.permanent(
                    request.what() + " failed: " + host + " redirected the " + request.method()
                            + " elsewhere, which is not followed because the login would go along."
                            + " Give the registry's own address.");
        }
        RegistryException refusal = RegistryErrors.refused(
                kind,
                request.what(),
                host,
                request.method(),
                response.status(),
                answer,
                response.header("Retry-After"));
        // Elsewhere there is no login but a link that has run out, and a challenge of that host is none of ours.
        boolean renewable = RegistryErrors.isLoginRefused(response.status(), answer)
                && (!address.isSameOrigin(request.uri())
                        || authentication.refused(request.repository(), login, response.headers("WWW-Authenticate")));
        return renewable ? refusal.withFreshLogin() : refusal;
    }

    /**
     * Tries the login. Source: OCI distribution specification, "Determining Support".
     *
     * @param repository that the login is for
     */
    void login(String repository) throws RegistryException, InterruptedException {
        OciRequest request =
                OciRequest.get("Logging in", repository, address.origin().resolve("/v2/"));
        run(() -> send(request, HttpTransport.Response::status));
    }

    /** Whether a repository has a manifest with a digest, or any tag at all. */
    boolean hasManifestOrTags(String repository, String digest) throws RegistryException, InterruptedException {
        return exists(repository, "manifests/" + digest) || exists(repository, "tags/list");
    }

    /** Asks with GET, because a refusal of HEAD has no words. */
    private boolean exists(String repository, String path) throws RegistryException, InterruptedException {
        OciRequest request = OciRequest.get("Looking for " + repository, repository, uri(repository, path))
                .with("Accept", ANY_MANIFEST)
                .accepting(HTTP_NOT_FOUND);
        return run(() -> send(request, response -> response.status() == HTTP_OK));
    }

    /**
     * Fetches the manifest that a tag points to.
     *
     * @return nothing if the repository has no such tag
     * @throws RegistryException with code {@code NAME_UNKNOWN} if there is no such repository
     */
    Optional<RemoteManifest> manifest(String repository, String reference)
            throws RegistryException, InterruptedException {
        OciRequest request = OciRequest.get(
                        "Looking up " + repository + ":" + reference,
                        repository,
                        uri(repository, "manifests/" + reference))
                .with("Accept", ANY_MANIFEST);
        return run(() -> {
            try {
                return Optional.of(send(request, response -> RemoteManifest.of(response.bytes(MANIFEST_LIMIT))));
            } catch (RegistryException e) {
                if (e.status() == HTTP_NOT_FOUND && !e.code().equals("NAME_UNKNOWN")) {
                    return Optional.<RemoteManifest>empty();
                }
                throw e;
            }
        });
    }

    /** Whether a repository has a blob. A registry that will not say counts as no. */
    boolean hasBlob(String repository, String digest) throws RegistryException, InterruptedException {
        OciRequest request = OciRequest.head(
                        "Looking for a blob in " + repository, repository, uri(repository, "blobs/" + digest))
                .accepting(HTTP_UNAUTHORIZED, HTTP_FORBIDDEN, HTTP_NOT_FOUND, HTTP_BAD_METHOD);
        return run(() -> send(request, response -> response.status() == HTTP_OK));
    }

    /** The digest that a tag resolves to. */
    Optional<String> resolve(String repository, String tag) throws RegistryException, InterruptedException {
        OciRequest request = OciRequest.head(
                        "Reading back " + repository + ":" + tag, repository, uri(repository, "manifests/" + tag))
                .with("Accept", ANY_MANIFEST);
        Optional<String> digest =
                run(() -> send(request, response -> response.header(DIGEST).map(ServerText::of)));
        return digest.isPresent() ? digest : manifest(repository, tag).map(RemoteManifest::digest);
    }

    /** Reads a blob. Redirects to a store behind the registry are followed, without the login. */
    <T> T blob(String repository, String digest, HttpTransport.Reader<T> reader)
            throws RegistryException, InterruptedException {
        return run(() -> fetch(repository, digest, reader));
    }

    /** The same, but a transient failure is left to the caller. */
    <T> T blobOnce(String repository, String digest, HttpTransport.Reader<T> reader)
            throws RegistryException, InterruptedException {
        return runOnce(() -> fetch(repository, digest, reader));
    }

    private <T> T fetch(String repository, String digest, HttpTransport.Reader<T> reader)
            throws RegistryException, InterruptedException {
        URI uri = uri(repository, "blobs/" + digest);
        for (int redirect = 0; redirect <= REDIRECTS; redirect++) {
            Download<T> download = download(repository, uri, reader);
            if (download.elsewhere() == null) {
                return download.content();
            }
            uri = download.elsewhere();
            requireSafe(uri, repository);
        }
        throw RegistryException.permanent("Downloading a blob of " + repository + " failed: " + address.host()
                + " redirected more than " + REDIRECTS + " times.");
    }

    private record Download<T>(URI elsewhere, T content) {}

    private <T> Download<T> download(String repository, URI uri, HttpTransport.Reader<T> reader)
            throws RegistryException, InterruptedException {
        OciRequest request = OciRequest.get("Downloading a blob of " + repository, repository, uri)
                .accepting(REDIRECTED)
                .asBlob();
        return send(
                request,
                response -> response.status() == HTTP_OK
                        ? new Download<>(null, reader.read(response))
                        : new Download<>(
                                location(uri, response.header("Location").orElse("")), null));
    }

    private static URI location(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }

    /** Nobody out there shall make this machine ask itself, nor anybody without TLS. */
    private void requireSafe(URI uri, String repository) throws RegistryException {
        boolean local = Loopback.is(address.origin().getHost());
        boolean toLoopback = uri.getHost() != null && Loopback.is(uri.getHost());
        boolean safe = uri.getHost() != null
                && ("https".equalsIgnoreCase(uri.getScheme()) && (local || !toLoopback)
                        || "http".equalsIgnoreCase(uri.getScheme()) && local && toLoopback);
        if (!safe) {
            throw RegistryException.permanent("Downloading a blob of " + repository + " failed: " + address.host()
                    + (toLoopback
                            ? " redirected to this very machine, which is followed for a registry on it only."
                            : " redirected to an address that is not HTTPS."));
        }
    }
}
