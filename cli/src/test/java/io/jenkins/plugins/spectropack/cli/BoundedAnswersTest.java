package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.PublishListener;
import io.jenkins.plugins.spectropack.engine.publish.PublishRun;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.registry.BasicTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryCredentials;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EndlessServer;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that never end, are far too long, lead elsewhere or repeat what they were asked with. */
class BoundedAnswersTest {

    private static final String TOKEN = "session-token-s3cret";

    @WorkingFolder
    private Path folder;

    private AnsweringServer server;

    @BeforeEach
    void start() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        server = AnsweringServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** One byte now and then, for ever. */
    private static void drip(OutputStream body) throws IOException {
        try {
            while (true) {
                body.write(' ');
                body.flush();
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CommandRun publish(HttpHandler answer, String... registry) throws InterruptedException {
        server.answer(answer);
        CommandRun run = CommandRun.in(folder)
                .with("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE")
                .with("AWS_SECRET_ACCESS_KEY", "hunter2-s3cret")
                .with("AWS_SESSION_TOKEN", TOKEN)
                .java("-D" + Limits.PROPERTY + "="
                        + InProcess.HASTY.withoutRetries().toProperty())
                .run(
                        Arrays.asList(registry).isEmpty()
                                ? new String[] {
                                    "publish",
                                    "--region",
                                    "us-east-1",
                                    "--endpoint-url",
                                    server.url(),
                                    "--repository-name",
                                    "acme",
                                    "my-pack"
                                }
                                : new String[] {"publish", "--registry", registry[0], "my-pack"});
        run.fails(ExitCode.FAILED);
        assertThat(run.output()).doesNotContain("s3cret");
        return run;
    }

    @Test
    void answerOfARegistryThatDripsEndsAsAWhole() throws Exception {
        CommandRun run = publish(
                exchange -> {
                    exchange.sendResponseHeaders(403, 0);
                    drip(exchange.getResponseBody());
                },
                server.url() + "/acme");

        assertThat(run.err())
                .contains("Error: Logging in failed: " + server.host() + ": no whole answer within "
                        + InProcess.HASTY.answer().plus(InProcess.HASTY.stall()).toSeconds() + " s (GET).");
    }

    @Test
    void answerOfAwsThatDripsEndsAsAWhole() throws Exception {
        CommandRun run = publish(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            drip(exchange.getResponseBody());
        });

        assertThat(run.err())
                .contains("Error: GetAuthorizationToken failed: ECR at " + server.host() + " did not answer within "
                        + InProcess.HASTY.api().toSeconds() + " s.");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 503})
    void answerOfAwsThatIsTooLongIsCut(int status) throws Exception {
        CommandRun run = publish(exchange -> {
            byte[] body = new byte[5 * 1024 * 1024];
            Arrays.fill(body, (byte) ' ');
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(run.err())
                // The SDK goes on without the body of a refusal.
                .contains(
                        status == 200
                                ? "failed (the answer is longer than 4194304 bytes)"
                                : "Error: GetAuthorizationToken failed: " + server.host() + " answered " + status
                                        + " with something that is not AWS'.");
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nX-Endless: ', a",
        "'HTTP/1.1 200 ', a",
        "'HTTP/1.1 200 OK\r\n', 'X-Endless: 1\r\n'",
        "'', 'HTTP/1.1 100 Continue\r\n\r\n'"
    })
    void answerWhoseHeadNeverEndsIsCut(String begin, String again) throws Exception {
        try (EndlessServer endless = EndlessServer.start(begin, again.repeat(64 * 1024 / again.length()))) {
            CommandRun run = CommandRun.in(folder)
                    .with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
                    .with("AWS_SECRET_ACCESS_KEY", "hunter2-s3cret")
                    .java("-Xmx64m")
                    .java("-D" + Limits.PROPERTY + "="
                            + InProcess.PATIENT.withoutRetries().toProperty())
                    .run(
                            "publish",
                            "--region",
                            "us-east-1",
                            "--endpoint-url",
                            endless.uri().toString(),
                            "--repository-name",
                            "acme",
                            "my-pack")
                    .fails(ExitCode.FAILED);

            assertThat(run.err())
                    .contains("Error: GetAuthorizationToken failed: ")
                    .contains(endless.uri().getAuthority())
                    .doesNotContain("s3cret", "OutOfMemory");
            assertThat(endless.taken()).isLessThan(32L * 1024 * 1024);
        }
    }

    /** What follows the body is read when the body is closed, by a client that heeds no interrupt. */
    @ParameterizedTest
    @ValueSource(strings = {"ecr", "oci"})
    void answerThatNeverEndsAfterItsBodyEndsAsAWhole(String kind) throws Exception {
        String begin = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";
        try (EndlessServer endless = EndlessServer.start(begin, "X-Trailer: 1\r\n".repeat(1000))) {
            List<String> registry = kind.equals("ecr")
                    ? List.of("123456789012.dkr.ecr.us-east-1.amazonaws.com/acme", "--endpoint-url", endless.uri() + "")
                    : List.of(endless.uri() + "/acme");
            List<String> arguments = new ArrayList<>(List.of("publish", "my-pack", "--registry"));
            arguments.addAll(registry);
            CommandRun run = CommandRun.in(folder)
                    .with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
                    .with("AWS_SECRET_ACCESS_KEY", "hunter2-s3cret")
                    .java("-D" + Limits.PROPERTY + "="
                            + InProcess.HASTY.withoutRetries().toProperty())
                    .runApart(arguments.toArray(String[]::new))
                    .fails(ExitCode.FAILED);

            assertThat(run.err())
                    .doesNotContain("null", "\tat ")
                    .containsPattern(
                            kind.equals("ecr")
                                    ? "Error: GetAuthorizationToken failed: ECR at .* did not answer within 3 s\\."
                                    : "FAILED\\. Looking up .*: (no whole answer within|the answer stopped half-way for) [24] s \\(GET\\)\\.");
        }
    }

    @Test
    void tokenOfASessionThatIsRepeatedIsStruckOut() throws Exception {
        for (String body : List.of(
                "{\"__type\":\"AccessDeniedException\",\"message\":\"you sent %s\"}", "<html>you sent %s</html>")) {
            CommandRun run = publish(exchange -> {
                byte[] bytes = body.formatted(exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(403, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });

            assertThat(run.err()).contains("you sent [secret]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://127.0.0.1/x", "http://127.0.0.1/x", "http://elsewhere.example/x", "https://[::1]/x"})
    void downloadsLeadNeitherToThisMachineNorToPlainHttp(String elsewhere) throws Exception {
        URI address = URI.create("https://registry.example.com");
        TestCertificate certificate = TestCertificate.create(folder, address.getHost());
        try (OciSandbox registry = OciSandbox.start(OciBehaviour.DISTRIBUTION, certificate.serverContext(), address);
                TunnelProxy proxy = TunnelProxy.to(registry.uri())) {
            CommandRun.Setup command = CommandRun.in(folder)
                    .with("HTTPS_PROXY", proxy.uri().toString())
                    .with("SPECTRO_PACK_PASSWORD", registry.password());
            String[] access = {
                "--registry",
                "registry.example.com/acme",
                "--username",
                registry.username(),
                "--ca-cert",
                certificate.certificate().toString()
            };
            command.run(with(access, "publish", "my-pack")).succeeds();
            registry.fault(5, Match.registry("GET", "/blobs/"), Fault.redirect(307, elsewhere));

            CommandRun run = command.run(with(access, "pull", "-o", "pulled", "sample:1.0.0"))
                    .fails(ExitCode.FAILED);

            assertThat(run.err())
                    .contains(
                            elsewhere.contains("elsewhere")
                                    ? "failed: registry.example.com redirected to an address that is not HTTPS."
                                    : "failed: registry.example.com redirected to this very machine, which is followed for"
                                            + " a registry on it only.");
            assertThat(proxy.tunnels()).containsOnly("registry.example.com:443");
        }
    }

    private static String[] with(String[] access, String verb, String... more) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of(access));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void failureThatNobodyForesawFailsItsPackOnly() throws Exception {
        SamplePacks.write(folder.resolve("other"), "other", "1.0.0");
        try (OciSandbox registry = OciSandbox.start(OciBehaviour.DISTRIBUTION)) {
            BasicTarget target = BasicTarget.builder()
                    .url(registry.uri().toString())
                    .basePath("acme")
                    .credentials(new RegistryCredentials(registry.username(), registry.password()))
                    .build();
            PublishSettings settings = new PublishSettings(
                    List.of("my-pack", "other"), "", "", IfExists.FAIL, Validation.STANDARD, false, 1);
            PublishListener listener = new PublishListener() {
                @Override
                public void log(String line) {}

                @Override
                public void detail(String line) {
                    if (line.startsWith("other:1.0.0: archived")) {
                        throw new IllegalStateException("nobody foresaw this");
                    }
                }
            };

            List<PublishedPack> packs = new PublishRun(
                            settings,
                            target,
                            Optional.empty(),
                            new Environment(name -> null, request -> {}).entryPoint(),
                            listener)
                    .run()
                    .packs();

            assertThat(packs)
                    .extracting(pack -> pack.getName() + " " + pack.getStatus())
                    .containsExactly("sample PUBLISHED", "other FAILED");
            assertThat(packs.get(1).getError())
                    .isEqualTo(
                            "It failed in a way that was not foreseen (java.lang.IllegalStateException). Please report"
                                    + " this with the log at debug level.");
        }
    }
}
