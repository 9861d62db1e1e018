package io.jenkins.plugins.spectropack.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/**
 * A server on this machine's loopback address that uploads to the registry what it is given in one PUT each.
 *
 * <p>The ORAS Java SDK sends to it. On its own the SDK would take no proxy and no certificate from Jenkins, wait for ever,
 * send the login wherever an upload location points, and drop what a registry says when it refuses. Here it never holds a
 * login, and every request to the registry goes through {@link OciClient}. Each upload is known by a secret that only its
 * maker has, so nobody else on the machine can push through it.
 */
final class LoopbackRelay implements AutoCloseable {

    /** The header that carries an upload's secret. */
    static final String UPLOAD = "X-Spectro-Pack-Upload";

    private static final int ACCEPTED = 202;
    private static final int CREATED = 201;
    private static final int REFUSED = 400;
    private static final int FORBIDDEN = 403;

    private final OciClient client;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    LoopbackRelay(OciClient client) throws IOException {
        this.client = client;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "Spectro pack relay");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** {@code HOST:PORT}. */
    String host() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Begins an upload. It must be closed. */
    Upload begin(String repository, LongConsumer progress) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        Upload upload = new Upload(HexFormat.of().formatHex(secret), repository, progress);
        uploads.put(upload.secret, upload);
        return upload;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String secret = exchange.getRequestHeaders().getFirst(UPLOAD);
            Upload upload = secret == null ? null : uploads.get(secret);
            if (upload == null) {
                exchange.sendResponseHeaders(FORBIDDEN, -1);
                return;
            }
            exchange.sendResponseHeaders(upload.handle(exchange), -1);
        } catch (IOException e) {
            // The SDK's side of the connection is gone: it has given the upload up.
        }
    }

    /** The requests of one blob or one manifest, and how they ended. */
    final class Upload implements AutoCloseable {
        private final String secret;
        private final String repository;
        private final LongConsumer progress;
        private Thread handler;
        private boolean cancelled;
        private RegistryException failure;
        private Optional<String> digest = Optional.empty();

        private Upload(String secret, String repository, LongConsumer progress) {
            this.secret = secret;
            this.repository = repository;
            this.progress = progress;
        }

        String secret() {
            return secret;
        }

        /** What the registry said or did to this upload; nothing if it took all of it. */
        synchronized Optional<RegistryException> failure() {
            return Optional.ofNullable(failure);
        }

        /** The digest under which the registry says it has stored what was uploaded. */
        synchronized Optional<String> digest() {
            return digest;
        }

        /** Ends the upload; a request that is still under way is cut off. */
        @Override
        public synchronized void close() {
            uploads.remove(secret);
            cancelled = true;
            if (handler != null) {
                handler.interrupt();
            }
        }

        private int handle(HttpExchange exchange) {
            synchronized (this) {
                // The SDK may repeat a request by itself, which a registry need not understand: ECR refuses a second
                // PUT to
                // the same upload. Starting over is up to whoever began this upload.
                if (cancelled || failure != null) {
                    return REFUSED;
                }
                handler = Thread.currentThread();
            }
            try {
                return forward(exchange);
            } catch (RegistryException e) {
                synchronized (this) {
                    failure = e;
                }
                return REFUSED;
            } catch (InterruptedException e) {
                return REFUSED;
            } finally {
                synchronized (this) {
                    handler = null;
                    // An interrupt that came too late must not hit the next request of this thread.
                    Thread.interrupted();
                }
            }
        }

        private int forward(HttpExchange exchange) throws RegistryException, InterruptedException {
            if (!exchange.getRequestMethod().equals("PUT")) {
                return REFUSED;
            }
            String path = exchange.getRequestURI().getPath();
            String blobs = "/v2/" + repository + "/blobs/";
            String manifests = "/v2/" + repository + "/manifests/";
            if (path.startsWith(blobs)) {
                blob(exchange, path.substring(blobs.length()));
                return CREATED;
            }
            if (path.startsWith(manifests)) {
                manifest(exchange, path.substring(manifests.length()));
                return CREATED;
            }
            return REFUSED;
        }

        /** Source: OCI distribution specification 1.1, "POST then PUT". */
        private void blob(HttpExchange exchange, String blob) throws RegistryException, InterruptedException {
            URI location = start();
            // Encoded as ORAS does; both spellings of the colon are legal in a query.
            String query = "digest=" + blob.replace(":", "%3A");
            URI target = URI.create(location + (location.getRawQuery() == null ? "?" : "&") + query);
            put(exchange, "Uploading a blob to " + repository, target, "application/octet-stream");
        }

        private URI start() throws RegistryException, InterruptedException {
            OciClient.Call call = new OciClient.Call(
                    "Starting an upload to " + repository,
                    repository,
                    "POST",
                    client.uri(repository, "blobs/uploads/"),
                    Map.of(),
                    OciTransport.Body.of(new byte[0]),
                    ACCEPTED);
            String answer =
                    client.send(call, response -> response.header("Location").orElse(""));
            return uploadLocation(call.uri(), answer);
        }

        private URI uploadLocation(URI asked, String answer) throws RegistryException {
            URI target;
            try {
                target = asked.resolve(answer);
            } catch (IllegalArgumentException e) {
                target = null;
            }
            if (answer.isEmpty() || target == null) {
                throw RegistryException.permanent("Starting an upload to " + repository + " failed: "
                        + client.address().host() + " did not say where to upload to.");
            }
            if (!client.address().isSameOrigin(target)) {
                throw RegistryException.permanent("Starting an upload to " + repository + " failed: "
                        + client.address().host() + " wants the upload at another address, "
                        + target.getScheme() + "://" + target.getRawAuthority()
                        + ", which gets neither the login nor the pack. Give the registry's own address.");
            }
            return target;
        }

        private void manifest(HttpExchange exchange, String reference) throws RegistryException, InterruptedException {
            put(
                    exchange,
                    reference.contains(":")
                            ? "Uploading a manifest to " + repository
                            : "Tagging " + repository + ":" + reference,
                    client.uri(repository, "manifests/" + reference),
                    exchange.getRequestHeaders().getFirst("Content-Type"));
        }

        private void put(HttpExchange exchange, String what, URI target, String type)
                throws RegistryException, InterruptedException {
            long length = Long.parseLong(exchange.getRequestHeaders().getFirst("Content-Length"));
            InputStream stream = exchange.getRequestBody();
            OciClient.Call call = new OciClient.Call(
                    what,
                    repository,
                    "PUT",
                    target,
                    Map.of("Content-Type", type),
                    new OciTransport.Body(stream, length, progress),
                    CREATED);
            Optional<String> stored = client.send(call, response -> response.header("Docker-Content-Digest"));
            synchronized (this) {
                digest = stored;
            }
        }
    }
}
