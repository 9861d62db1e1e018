package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.DockerRegistry;
import io.jenkins.plugins.spectropack.sandbox.TokenServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code publish --registry-url} against a registry that nobody here wrote. */
class RealBasicRegistryTest {

    private static final String EMPTY_ARTIFACT = "{\"schemaVersion\":2,"
            + "\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"config\":{\"mediaType\":\"application/vnd.unknown.config.v1+json\","
            + "\"digest\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2},"
            + "\"layers\":[],\"annotations\":{\"org.opencontainers.image.created\":\"1970-01-01T00:00:00Z\"}}";

    @WorkingFolder
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private CommandRun publish(DockerRegistry registry, String password, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "publish",
                "--registry-url",
                registry.uri().toString(),
                "--username",
                DockerRegistry.USER,
                "--password-stdin",
                "--repository-name",
                "spectro__1",
                "my-pack"));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.in(folder).input(password + "\n").run(arguments.toArray(String[]::new));
        assertThat(run.output()).doesNotContain(password);
        return run;
    }

    @Test
    void privateCaIsTrustedIfGivenAndSkopeoSeesTheEmptyArtifact() throws Exception {
        try (DockerRegistry registry = DockerRegistry.startWithTls()) {
            Path ca = registry.caCertificate().orElseThrow();
            assertThat(publish(registry, DockerRegistry.PASSWORD)
                            .fails(ExitCode.FAILED)
                            .err())
                    .contains("Logging in failed: no secure connection to " + registry.host())
                    .contains("If the registry's certificate comes from a private CA, give the certificate of that"
                            + " CA as --ca-cert.");

            CommandRun first = publish(registry, DockerRegistry.PASSWORD, "--ca-cert", ca.toString())
                    .succeeds();
            assertThat(first.out()).startsWith("PUBLISHED " + registry.host());
            assertThat(first.err()).contains("Created repository spectro__1/spectro-packs/archive.");
            CommandRun unsafe = publish(registry, DockerRegistry.PASSWORD, "--skip-tls-verification", "--quiet")
                    .succeeds();
            assertThat(unsafe.out()).startsWith("UNCHANGED ");
            assertThat(unsafe.err()).contains("WARNING: The certificate of the registry is not verified");
            assertThat(publish(registry, "wrong", "--ca-cert", ca.toString())
                            .fails(ExitCode.FAILED)
                            .err())
                    .contains("Error: Logging in failed: " + registry.host() + " answered 401 UNAUTHORIZED to GET")
                    .contains(
                            "Check user name and password (--username and --password-stdin), and that this user may push to the base path.");

            Files.writeString(folder.resolve("my-pack/values.yaml"), "pack: {}\n");
            CommandRun again = publish(
                            registry, DockerRegistry.PASSWORD, "--ca-cert", ca.toString(), "--if-exists", "overwrite")
                    .succeeds();
            assertThat(again.out()).startsWith("OVERWRITTEN ");
            assertThat(again.err()).doesNotContain("Created repository");
            assumeTrue(Shell.has("skopeo"), "skopeo is not installed");
            String digest = "sha256:"
                    + Shell.run(folder, List.of("sh", "-c", "printf '%s' '" + EMPTY_ARTIFACT + "' | sha256sum"))
                            .substring(0, 64);
            assertThat(Shell.run(
                            folder,
                            List.of(
                                    "skopeo",
                                    "inspect",
                                    "--raw",
                                    "--tls-verify=false",
                                    "--creds",
                                    DockerRegistry.USER + ":" + DockerRegistry.PASSWORD,
                                    "docker://" + registry.host() + "/spectro__1/spectro-packs/archive@" + digest)))
                    .isEqualTo(EMPTY_ARTIFACT);
        }
    }

    @Test
    void tokensOfAServerAreTaken() throws Exception {
        try (TokenServer tokens = TokenServer.start(folder);
                DockerRegistry registry = DockerRegistry.start(tokens)) {
            assertThat(publish(registry, DockerRegistry.PASSWORD).succeeds().out())
                    .startsWith("PUBLISHED ");
            assertThat(tokens.queries())
                    .containsExactlyInAnyOrder(
                            "service=registry of the tests&scope=repository:spectro__1/spectro-packs/archive:pull,push",
                            "service=registry of the tests&scope="
                                    + "repository:spectro__1/spectro-packs/archive/sample:pull,push");
            assertThat(publish(registry, DockerRegistry.PASSWORD).succeeds().out())
                    .startsWith("UNCHANGED ");
            assertThat(publish(registry, "wrong").fails(ExitCode.FAILED).err())
                    .contains("Logging in for spectro__1/spectro-packs/archive failed: 127.0.0.1:")
                    .contains(" answered 401 to GET");
        }
    }

    @Test
    void registryOnThisMachineNeedsNoLogin() throws Exception {
        try (DockerRegistry registry = DockerRegistry.startOpen()) {
            CommandRun run = CommandRun.in(folder)
                    .run(
                            "publish",
                            "--registry-url",
                            registry.uri().toString(),
                            "--repository-name",
                            "acme",
                            "--json",
                            "my-pack")
                    .succeeds();

            assertThat(run.out()).contains("\"PUBLISHED\"");
            assertThat(run.err()).contains("Reached " + registry.host() + "; no login is used.");
        }
    }
}
