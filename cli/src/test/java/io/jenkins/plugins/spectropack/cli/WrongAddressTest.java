package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that is not where, or not what, the user says: told at once, since another try changes nothing. */
class WrongAddressTest {

    @WorkingFolder
    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private CommandRun publish(String... registry) throws InterruptedException {
        CommandRun run = CommandRun.in(folder)
                .with("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
                .with("AWS_SECRET_ACCESS_KEY", "secret")
                .with("SPECTRO_PACK_PASSWORD", "hunter2")
                .java("-D" + Limits.PROPERTY + "=" + InProcess.HASTY.toProperty())
                .run(Stream.concat(Stream.of("publish", "my-pack"), Stream.of(registry))
                        .toArray(String[]::new));
        assertThat(run.output()).doesNotContain("hunter2");
        return run;
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void registryThatNobodyListensAtIsAskedOnce() throws Exception {
        String host = "127.0.0.1:" + closedPort();

        assertThat(publish("--registry", "https://" + host + "/acme", "--username", "me")
                        .fails(ExitCode.FAILED)
                        .err())
                .endsWith("Error: Logging in failed: no connection to " + host + " (Connection refused) (GET). Check"
                        + " address and port, and whether a proxy is needed from this machine.\n")
                .doesNotContain("Trying again");
    }

    @Test
    void apiThatNobodyListensAtIsAskedOnce() throws Exception {
        String host = "127.0.0.1:" + closedPort();

        assertThat(publish("--region", "us-east-1", "--endpoint-url", "https://" + host, "--repository-name", "acme")
                        .fails(ExitCode.FAILED)
                        .err())
                .endsWith("Error: GetAuthorizationToken failed: no connection to " + host + " (Connection refused)."
                        + " Check address and port, and whether a proxy is needed from this machine.\n")
                .doesNotContain("Trying again");
    }

    /** This server waits for the end of a line, which the beginning of TLS mostly has none of. */
    @Test
    void registryThatSpeaksPlainHttpIsToldSo() throws Exception {
        try (OciSandbox sandbox = OciSandbox.start(OciBehaviour.DISTRIBUTION)) {
            CommandRun run = publish("--registry", "https://" + sandbox.host() + "/acme", "--username", "me");

            assertThat(run.fails(ExitCode.FAILED).err())
                    .endsWith(
                            "Error: Logging in failed: " + sandbox.host() + " speaks plain HTTP on this port, not TLS,"
                                    + " so nothing was sent. Give http://" + sandbox.host() + ".\n")
                    .doesNotContain("Trying again");
            assertThat(sandbox.requests().all())
                    .allMatch(request -> request.authorization().isEmpty());
        }
    }

    @Test
    void registryThatSpeaksSomethingElseIsAskedOnce() throws Exception {
        try (SilentServer server = SilentServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            String host = "127.0.0.1:" + server.port();

            assertThat(publish("--registry", "https://" + host + "/acme", "--username", "me")
                            .fails(ExitCode.FAILED)
                            .err())
                    .contains("Error: Logging in failed: no secure connection to " + host + " (")
                    .endsWith("No TLS is spoken there. Check address and port.\n")
                    .doesNotContain("Trying again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme/spectro-packs", "acme/spectro-packs/"})
    void baseThatLooksHalfTypedIsTakenWithAWarning(String base) throws Exception {
        String warning =
                "WARNING: The repository name 'acme/spectro-packs' ends with half of what is added to it, so packs"
                        + " go below 'acme/spectro-packs/spectro-packs/archive'. If 'acme/spectro-packs/archive' is meant, give"
                        + " 'acme'.";
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            CommandRun.Setup command = CommandRun.in(folder).with(sandbox.environment());

            CommandRun run =
                    command.run("publish", "--repository-name", base, "my-pack").succeeds();
            assertThat(run.err()).contains(warning + "\n");
            assertThat(run.out()).contains("/acme/spectro-packs/spectro-packs/archive/sample:1.0.0 ");

            assertThat(command.run("publish", "--quiet", "--repository-name", base, "my-pack")
                            .succeeds()
                            .err())
                    .isEqualTo(warning + "\n");
            assertThat(command.run("publish", "--repository-name", "spectro-packs", "my-pack")
                            .succeeds()
                            .err())
                    .doesNotContain("WARNING");
        }
    }
}
