package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.DockerRegistry;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code publish} against a registry that nobody here wrote, behind the sandbox's ECR API. */
class RealRegistryTest {

    private static final String REPOSITORY = "acme/spectro-packs/archive/sample";

    @WorkingFolder
    private Path folder;

    private DockerRegistry registry;
    private EcrSandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
        registry = DockerRegistry.start();
        sandbox = EcrSandbox.builder()
                .registry(registry.uri(), DockerRegistry.PASSWORD)
                .start();
        Path pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        Files.writeString(pack.resolve(".helmignore"), "*.md\n");
    }

    @AfterEach
    void stop() throws IOException {
        if (registry != null) {
            sandbox.close();
            registry.close();
        }
    }

    private CommandRun publish(String... options) throws InterruptedException {
        String[] arguments = new String[options.length + 5];
        System.arraycopy(new String[] {"publish", "--repository-name", "acme", "--json"}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        arguments[arguments.length - 1] = "my-pack";
        return CommandRun.in(folder).with(sandbox.environment()).run(arguments);
    }

    @Test
    void skopeoAndTarSeeWhatOrasWouldHavePushed() throws Exception {
        assumeTrue(Shell.has("skopeo"), "skopeo is not installed");
        JsonNode pack = JsonMapper.shared().readTree(publish().succeeds().out()).path(0);

        assertThat(sandbox.repositories())
                .extracting(Repository::name)
                .containsExactlyInAnyOrder("acme/spectro-packs/archive", REPOSITORY);
        String reference = pack.path("reference").stringValue();
        String raw = Shell.run(
                folder,
                List.of(
                        "skopeo",
                        "inspect",
                        "--raw",
                        "--tls-verify=false",
                        "--creds",
                        "AWS:" + DockerRegistry.PASSWORD,
                        "docker://" + reference));
        assertThat(raw)
                .matches(
                        "\\{\"schemaVersion\":2,\"mediaType\":\"application/vnd\\.oci\\.image\\.manifest\\.v1\\+json\","
                                + "\"config\":\\{\"mediaType\":\"application/vnd\\.unknown\\.config\\.v1\\+json\","
                                + "\"digest\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2},"
                                + "\"layers\":\\[\\{\"mediaType\":\"application/vnd\\.oci\\.image\\.layer\\.v1\\.tar\","
                                + "\"digest\":\"" + pack.path("archiveDigest").stringValue() + "\",\"size\":"
                                + pack.path("archiveSize").longValue() + ",\"annotations\":"
                                + "\\{\"org\\.opencontainers\\.image\\.title\":\"sample-1\\.0\\.0\\.tar\\.gz\"}}],\"annotations\":"
                                + "\\{\"org\\.opencontainers\\.image\\.created\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"}}");

        Shell.run(
                folder,
                List.of(
                        "skopeo",
                        "copy",
                        "--src-tls-verify=false",
                        "--src-creds",
                        "AWS:" + DockerRegistry.PASSWORD,
                        "docker://" + reference,
                        "dir:" + folder.resolve("pulled")));
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        String blob = pack.path("archiveDigest").stringValue().replace("sha256:", "");
        Shell.run(
                unpacked,
                List.of("tar", "-xzf", folder.resolve("pulled").resolve(blob).toString()));
        Shell.run(folder, List.of("diff", "-r", "my-pack", "unpacked/my-pack"));
    }

    @Test
    void secondRunIsUnchangedAndOtherContentIsHandledAsAsked() throws Exception {
        publish().succeeds();
        assertThat(publish().succeeds().out()).contains("\"UNCHANGED\"");

        Files.writeString(folder.resolve("my-pack/values.yaml"), "pack: {}\n");
        assertThat(publish().fails(ExitCode.FAILED).out()).contains("exists with other content");
        assertThat(publish("--if-exists", "skip").succeeds().out()).contains("\"SKIPPED\"");
        assertThat(publish("--if-exists", "overwrite").succeeds().out()).contains("\"OVERWRITTEN\"");
        assertThat(publish().succeeds().out()).contains("\"UNCHANGED\"");
    }

    @Test
    void repositoriesThatTheAwsCommandLineMadeAreAccepted() throws Exception {
        assumeTrue(Shell.has("aws"), "the AWS command line is not installed");
        for (String name : new String[] {"acme/spectro-packs/archive", REPOSITORY}) {
            Shell.run(
                    folder,
                    sandbox.environment(),
                    List.of(
                            "aws",
                            "ecr",
                            "create-repository",
                            "--endpoint-url",
                            sandbox.endpoint().toString(),
                            "--repository-name",
                            name));
        }

        CommandRun run = publish().succeeds();

        assertThat(run.err()).doesNotContain("Created repository");
        assertThat(run.out()).contains("\"PUBLISHED\"");
    }

    @Test
    void loginThatTheRegistryRefusesIsToldInItsWords() throws Exception {
        try (EcrSandbox other = EcrSandbox.builder()
                .registry(registry.uri(), "another password")
                .start()) {
            CommandRun run = CommandRun.in(folder)
                    .with(other.environment())
                    .run("publish", "--repository-name", "acme", "my-pack")
                    .fails(ExitCode.FAILED);
            assertThat(run.err())
                    .contains(" answered 401")
                    .contains("Check user name and password, or the AWS credentials that are used.");
        }
    }
}
