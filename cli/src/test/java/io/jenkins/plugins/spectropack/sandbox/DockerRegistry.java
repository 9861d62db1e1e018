package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The reference registry, as Debian's {@code docker-registry} package installs it, on a free loopback port, with one user and
 * an empty storage.
 */
public final class DockerRegistry implements AutoCloseable {

    /** The only user, named as ECR names its user so that {@link EcrSandbox.Builder#registry} can stand in front. */
    public static final String USER = "AWS";

    /** The user's password. */
    public static final String PASSWORD = "sandbox-registry-password";

    private static final String PROGRAM = "docker-registry";
    private static final String HTPASSWD = USER + ":$2y$04$V1SFGMrFkZOWCUyX0yN.hu3NJSFQ6BkNICSlFteeTDu7DTBn0YLuS\n";
    private static final String HTPASSWD_AUTH = """
            auth:
              htpasswd:
                realm: sandbox
                path: FOLDER/htpasswd
            """;
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final Optional<TestCertificate> certificate;
    private final String auth;
    private Process process;
    private int port;

    private DockerRegistry(Path folder, Optional<TestCertificate> certificate, String auth) {
        this.folder = folder;
        this.certificate = certificate;
        this.auth = auth;
    }

    /** Whether the program is on the PATH. */
    public static boolean isInstalled() {
        return Tools.isInstalled(PROGRAM);
    }

    /** Starts a registry that speaks HTTP. */
    public static DockerRegistry start() throws IOException, InterruptedException {
        return start(false, HTPASSWD_AUTH);
    }

    /** Starts a registry that speaks HTTP and lets everybody in. */
    public static DockerRegistry startOpen() throws IOException, InterruptedException {
        return start(false, "");
    }

    /** Starts a registry that speaks HTTP and takes the tokens of a server. */
    public static DockerRegistry start(TokenServer tokens) throws IOException, InterruptedException {
        return start(
                false, """
                auth:
                  token:
                    realm: %s
                    service: %s
                    issuer: %s
                    rootcertbundle: %s
                """.formatted(tokens.realm(), TokenServer.SERVICE, TokenServer.ISSUER, tokens.certificate()));
    }

    /** Starts a registry that speaks HTTPS with a certificate that nobody trusts, see {@link #caCertificate}. */
    public static DockerRegistry startWithTls() throws IOException, InterruptedException {
        return start(true, HTPASSWD_AUTH);
    }

    private static DockerRegistry start(boolean tls, String auth) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("docker-registry");
        Optional<TestCertificate> certificate = tls ? Optional.of(TestCertificate.create(folder)) : Optional.empty();
        DockerRegistry registry = new DockerRegistry(folder, certificate, auth);
        try {
            Files.writeString(folder.resolve("htpasswd"), HTPASSWD);
            registry.run();
            return registry;
        } catch (IOException | InterruptedException | RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    /** The address of the registry. */
    public URI uri() {
        return URI.create((certificate.isPresent() ? "https://" : "http://") + host());
    }

    /** Its host and port. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** The certificate to trust, in PEM, if the registry speaks HTTPS. */
    public Optional<Path> caCertificate() {
        return certificate.map(TestCertificate::certificate);
    }

    @Override
    public void close() {
        try {
            if (process != null) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Between the choice of a free port and its use another process can take it.
    private void run() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            Path log = folder.resolve("log");
            process = new ProcessBuilder(PROGRAM, "serve", writeConfiguration().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (answersInTime()) {
                return;
            }
            if (process.isAlive() || attempt == ATTEMPTS) {
                throw new IOException(PROGRAM + " does not answer: " + Files.readString(log));
            }
        }
    }

    private Path writeConfiguration() throws IOException {
        String tls = certificate
                .map(made -> """
                          tls:
                            certificate: %s
                            key: %s
                        """.formatted(made.certificate(), made.key()))
                .orElse("");
        String text = """
                version: 0.1
                log:
                  level: error
                storage:
                  filesystem:
                    rootdirectory: %1$s/storage
                  delete:
                    enabled: true
                http:
                  addr: 127.0.0.1:%2$d
                """.formatted(folder, port) + tls + auth.replace("FOLDER", folder.toString());
        return Files.writeString(folder.resolve("config.yml"), text);
    }

    private boolean answersInTime() throws InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() - end < 0) {
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                if (certificate.isPresent()) {
                    return true;
                }
                socket.getOutputStream().write("GET /v2/ HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] answer = socket.getInputStream().readNBytes(12);
                return new String(answer, StandardCharsets.US_ASCII).endsWith(auth.isEmpty() ? " 200" : " 401");
            } catch (IOException e) {
                Thread.sleep(20);
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
