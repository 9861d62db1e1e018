package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Requests to one registry for one login: adds the login, and only for the registry's own origin; gives every refusal the
 * registry's words; tries passing failures again. Source: OCI distribution specification 1.1.
 */
final class OciClient {

    static final String USER_AGENT = "spectro-pack-publisher";

    private static final int MANIFEST_LIMIT = 4 * 1024 * 1024;
    private static final int REDIRECTS = 5;

    private final RegistryKind kind;
    private final RegistryAddress address;
    private final OciTransport transport;
    private final Authentication authentication;
    private final Retry retry;

    OciClient(
            RegistryKind kind,
            RegistryAddress address,
            OciTransport transport,
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

    /**
     * One request of an operation.
     *
     * @param what the operation, as the beginning of a sentence
     * @param repository that the login is for
     */
    record Call(
            String what,
            String repository,
            String method,
            URI uri,
            Map<String, String> headers,
            OciTransport.Body body,
            int... accepted) {

        private boolean accepts(int status) {
            for (int one : accepted) {
                if (one == status) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The address of something in a repository. */
    URI uri(String repository, String path) {
        return address.origin().resolve("/v2/" + repository + "/" + path);
    }

    /**
     * Runs an operation of one or more requests, again from its start after a passing failure, and once more with a fresh
     * login if the registry no longer takes the present one.
     */
    <T> T run(Retry.Attempt<T, RegistryException> attempt) throws RegistryException, InterruptedException {
        return retry.run(() -> {
            try {
                return attempt.run();
            } catch (RegistryException e) {
                if (!e.deservesFreshLogin()) {
                    throw e;
                }
            }
            return attempt.run();
        });
    }

    /**
     * Sends one request of an operation that runs inside {@link #run}.
     *
     * @throws RegistryException if the answer's status is not an accepted one, or nothing came back
     */
    <T> T send(Call call, OciTransport.Reader<T> reader) throws RegistryException, InterruptedException {
        Map<String, String> headers = new HashMap<>(call.headers());
        Optional<String> login =
                address.isSameOrigin(call.uri()) ? authentication.header(call.repository()) : Optional.empty();
        login.ifPresent(value -> headers.put("Authorization", value));
        headers.put("User-Agent", USER_AGENT);
        String host = call.uri().getRawAuthority();
        try {
            return transport.send(
                    new OciTransport.Request(call.method(), call.uri(), headers, call.body()), response -> {
                        if (call.accepts(response.status())) {
                            return reader.read(response);
                        }
                        throw refusal(call, host, login, response);
                    });
        } catch (RegistryException e) {
            throw e;
        } catch (IOException e) {
            throw RegistryErrors.unanswered(kind, call.what(), host, call.method(), e);
        }
    }

    private RegistryException refusal(Call call, String host, Optional<String> login, OciTransport.Response response)
            throws IOException {
        RegistryErrors.Answer answer =
                RegistryErrors.Answer.parse(response.body().readNBytes(RegistryErrors.BODY_LIMIT));
        if (response.status() / 100 == 3) {
            return RegistryException.permanent(call.what() + " failed: " + host + " redirected the " + call.method()
                    + " elsewhere, which is not followed because the login would go along."
                    + " Give the registry's own address.");
        }
        RegistryException refusal = RegistryErrors.refused(
                kind, call.what(), host, call.method(), response.status(), answer, response.header("Retry-After"));
        // Elsewhere there is no login but a link that has run out, and a challenge of that host is none of ours.
        boolean renewable = RegistryErrors.isLoginRefused(response.status(), answer)
                && (!address.isSameOrigin(call.uri())
                        || authentication.refused(call.repository(), login, response.headers("WWW-Authenticate")));
        return renewable ? refusal.withFreshLogin() : refusal;
    }

    /**
     * Tries the login. Source: OCI distribution specification, "Determining Support".
     *
     * @param repository that the login is for
     */
    void login(String repository) throws RegistryException, InterruptedException {
        Call call = new Call("Logging in", repository, "GET", address.origin().resolve("/v2/"), Map.of(), null, 200);
        run(() -> send(call, OciTransport.Response::status));
    }

    /** Whether a repository has a manifest with a digest, or any tag at all. */
    boolean hasManifestOrTags(String repository, String digest) throws RegistryException, InterruptedException {
        return exists(repository, "manifests/" + digest) || exists(repository, "tags/list");
    }

    /** Asks with GET, because a refusal of HEAD has no words. */
    private boolean exists(String repository, String path) throws RegistryException, InterruptedException {
        Call call = new Call(
                "Looking for " + repository,
                repository,
                "GET",
                uri(repository, path),
                Map.of("Accept", ArtifactManifest.MEDIA_TYPE + ", */*;q=0.5"),
                null,
                200,
                404);
        return run(() -> send(call, response -> response.status() == 200));
    }

    /**
     * Fetches the manifest that a tag points to.
     *
     * @return nothing if the repository has no such tag
     * @throws RegistryException with code {@code NAME_UNKNOWN} if there is no such repository
     */
    Optional<RemoteManifest> manifest(String repository, String reference)
            throws RegistryException, InterruptedException {
        Call call = new Call(
                "Looking up " + repository + ":" + reference,
                repository,
                "GET",
                uri(repository, "manifests/" + reference),
                Map.of("Accept", ArtifactManifest.MEDIA_TYPE + ", */*;q=0.5"),
                null,
                200);
        return run(() -> {
            try {
                return Optional.of(send(call, response -> {
                    byte[] bytes = response.body().readNBytes(MANIFEST_LIMIT);
                    return new RemoteManifest(Digests.sha256(bytes), ArtifactManifest.layerOf(bytes));
                }));
            } catch (RegistryException e) {
                if (e.status() == 404 && !e.code().equals("NAME_UNKNOWN")) {
                    return Optional.<RemoteManifest>empty();
                }
                throw e;
            }
        });
    }

    /** Whether a repository has a blob. A registry that will not say counts as no. */
    boolean hasBlob(String repository, String digest) throws RegistryException, InterruptedException {
        Call call = new Call(
                "Looking for a blob in " + repository,
                repository,
                "HEAD",
                uri(repository, "blobs/" + digest),
                Map.of(),
                null,
                200,
                401,
                403,
                404,
                405);
        return run(() -> send(call, response -> response.status() == 200));
    }

    /** The digest that a tag resolves to. */
    Optional<String> resolve(String repository, String tag) throws RegistryException, InterruptedException {
        Call call = new Call(
                "Reading back " + repository + ":" + tag,
                repository,
                "HEAD",
                uri(repository, "manifests/" + tag),
                Map.of("Accept", ArtifactManifest.MEDIA_TYPE),
                null,
                200);
        Optional<String> digest = run(() -> send(call, response -> response.header("Docker-Content-Digest")));
        return digest.isPresent() ? digest : manifest(repository, tag).map(RemoteManifest::digest);
    }

    /** Reads a blob. Redirects to a store behind the registry are followed, without the login. */
    <T> T blob(String repository, String digest, OciTransport.Reader<T> reader)
            throws RegistryException, InterruptedException {
        return run(() -> {
            URI uri = uri(repository, "blobs/" + digest);
            for (int redirect = 0; redirect <= REDIRECTS; redirect++) {
                URI from = uri;
                Call call = new Call(
                        "Downloading a blob of " + repository,
                        repository,
                        "GET",
                        uri,
                        Map.of(),
                        null,
                        200,
                        301,
                        302,
                        303,
                        307,
                        308);
                Download<T> download = send(call, response -> {
                    if (response.status() == 200) {
                        return new Download<>(null, reader.read(response));
                    }
                    return new Download<>(
                            from.resolve(response.header("Location").orElse("")), null);
                });
                if (download.elsewhere() == null) {
                    return download.content();
                }
                uri = download.elsewhere();
                requireSafe(uri, repository);
            }
            throw RegistryException.permanent("Downloading a blob of " + repository + " failed: " + address.host()
                    + " redirected more than " + REDIRECTS + " times.");
        });
    }

    private record Download<T>(URI elsewhere, T content) {}

    private void requireSafe(URI uri, String repository) throws RegistryException {
        boolean safe = "https".equalsIgnoreCase(uri.getScheme())
                || "http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && Loopback.is(uri.getHost());
        if (!safe) {
            throw RegistryException.permanent("Downloading a blob of " + repository + " failed: " + address.host()
                    + " redirected to an address that is not HTTPS.");
        }
    }
}
