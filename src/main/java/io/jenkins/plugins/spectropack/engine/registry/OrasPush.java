package io.jenkins.plugins.spectropack.engine.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import land.oras.ContainerRef;
import land.oras.auth.HttpClient;
import land.oras.auth.NoAuthProvider;
import land.oras.auth.Scopes;
import land.oras.exception.OrasException;

/**
 * The only user of the ORAS Java SDK: pushes blobs and manifests with it, to a {@link LoopbackRelay}.
 *
 * <p>It uses the SDK's client of the distribution API rather than its {@code Registry}, because each {@code Registry} reads
 * the agent's {@code containers/registries.conf} and {@code policy.json}, which can redirect, downgrade or break a push and
 * cannot be switched off, and keeps a pool of threads that nothing closes. Works with SDK 0.7 and 0.8.
 */
final class OrasPush implements AutoCloseable {

    private final OciClient client;
    private Sdk sdk;

    OrasPush(OciClient client) {
        this.client = client;
    }

    /**
     * The SDK's client and what it sends to. The client cannot be closed: a thread of Java's HTTP client would go on until the
     * garbage is collected, and Java waits a third of a second for it when the process ends. It ends when it is interrupted,
     * and is found by the group that it inherits from its maker.
     */
    private static final class Sdk implements AutoCloseable {

        /** One for all, because Java 17 keeps groups for ever. */
        private static final ThreadGroup THREADS = new ThreadGroup("ORAS");

        private final LoopbackRelay relay;
        private final HttpClient http;
        private final Set<Thread> selector;

        Sdk(OciClient client) throws IOException {
            relay = new LoopbackRelay(client);
            synchronized (Sdk.class) {
                Set<Thread> others = selectors();
                http = CompletableFuture.supplyAsync(
                                HttpClient.Builder.builder()::build, task -> new Thread(THREADS, task).start())
                        .join();
                selector = selectors();
                selector.removeAll(others);
            }
        }

        private static Set<Thread> selectors() {
            Thread[] threads = new Thread[2 * THREADS.activeCount() + 2];
            return Arrays.stream(threads, 0, THREADS.enumerate(threads))
                    .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                    .collect(Collectors.toCollection(HashSet::new));
        }

        @Override
        public void close() {
            relay.close();
            selector.forEach(Thread::interrupt);
        }
    }

    /** Made for the first push, since most runs find everything there. */
    private synchronized Sdk sdk() throws RegistryException {
        if (sdk == null) {
            try {
                sdk = new Sdk(client);
            } catch (IOException e) {
                throw RegistryException.permanent(
                        "The push could not begin: no port on this machine's loopback address could be opened ("
                                + e.getMessage() + ").",
                        e);
            }
        }
        return sdk;
    }

    /**
     * Uploads a blob in one request. A retry starts a new upload, because ECR does not take a second try of the same one.
     *
     * @param digest {@code sha256:…}
     * @param size in bytes, more than 0
     * @param content opened once for each try
     * @param progress told how many bytes of the present try have left
     */
    void blob(String repository, String digest, long size, Supplier<InputStream> content, LongConsumer progress)
            throws RegistryException, InterruptedException {
        client.run(() -> push(
                repository,
                "blobs/" + digest,
                progress,
                (http, target, headers, scopes) ->
                        http.upload(target, size, headers, content, scopes, new NoAuthProvider())));
    }

    /** Uploads the config blob that every manifest of ORAS v1.0.0 names. */
    void config(String repository) throws RegistryException, InterruptedException {
        blob(
                repository,
                ArtifactManifest.CONFIG_DIGEST,
                ArtifactManifest.CONFIG.length,
                () -> new ByteArrayInputStream(ArtifactManifest.CONFIG),
                sent -> {});
    }

    /**
     * Uploads a manifest under a tag, or under its digest only.
     *
     * @return the digest that the registry says it has stored, if it says so
     */
    Optional<String> manifest(String repository, String reference, byte[] manifest)
            throws RegistryException, InterruptedException {
        return client.run(() ->
                push(repository, "manifests/" + reference, sent -> {}, (http, target, headers, scopes) -> {
                    Map<String, String> typed = new HashMap<>(headers);
                    typed.put("Content-Type", ArtifactManifest.MEDIA_TYPE);
                    http.put(target, manifest, typed, scopes, new NoAuthProvider());
                }));
    }

    @FunctionalInterface
    private interface Request {
        void send(HttpClient http, URI target, Map<String, String> headers, Scopes scopes);
    }

    private Optional<String> push(String repository, String path, LongConsumer progress, Request request)
            throws RegistryException, InterruptedException {
        Sdk used = sdk();
        LoopbackRelay relay = used.relay;
        try (LoopbackRelay.Upload upload = relay.begin(repository, progress)) {
            URI target = URI.create("http://" + relay.host() + "/v2/" + repository + "/" + path);
            Map<String, String> headers = Map.of(LoopbackRelay.UPLOAD, upload.secret());
            Scopes scopes = Scopes.of(ContainerRef.parse(relay.host() + "/" + repository));
            OrasException thrown = null;
            try {
                request.send(used.http, target, headers, scopes);
            } catch (OrasException e) {
                thrown = e;
            }
            if (Thread.interrupted() || isInterrupt(thrown)) {
                throw new InterruptedException("The push to " + repository + " was interrupted");
            }
            Optional<RegistryException> failure = upload.failure();
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (thrown != null) {
                throw RegistryException.passing(
                        "Pushing to " + repository + " failed on this machine: " + rootMessage(thrown) + ".", thrown);
            }
            return upload.digest();
        }
    }

    private static boolean isInterrupt(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Override
    public synchronized void close() {
        if (sdk != null) {
            sdk.close();
        }
    }
}
