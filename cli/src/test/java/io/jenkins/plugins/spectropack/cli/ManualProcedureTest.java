package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.DockerRegistry;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The procedures that the benchmark compares with do the whole work. */
class ManualProcedureTest {

    @WorkingFolder
    private Path folder;

    @Test
    void commandFindsWhatWasPublishedByHandUnchanged() throws Exception {
        assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
        assumeTrue(Shell.has("aws") && Shell.has("curl"), "the AWS command line or curl is not installed");
        Path pack = SamplePacks.write(folder.resolve("sample-1.0.0"), "sample", "1.0.0");
        Path work = Files.createDirectory(folder.resolve("work"));
        try (DockerRegistry registry = DockerRegistry.start();
                EcrSandbox sandbox = EcrSandbox.builder()
                        .registry(registry.uri(), DockerRegistry.PASSWORD)
                        .start()) {
            Shell.run(
                    folder,
                    sandbox.environment(),
                    List.of(
                            Project.CLI
                                    .resolve("src/bench/manual-procedure")
                                    .toAbsolutePath()
                                    .toString(),
                            sandbox.registryHost(),
                            "acme",
                            work.toString(),
                            pack.toString()));

            assertThat(sandbox.repositories())
                    .extracting(Repository::name)
                    .containsExactlyInAnyOrder("acme/spectro-packs/archive", "acme/spectro-packs/archive/sample");
            CommandRun run = CommandRun.in(folder)
                    .with(sandbox.environment())
                    .run("publish", "--repository-name", "acme", "sample-1.0.0")
                    .succeeds();
            assertThat(run.out()).startsWith("UNCHANGED ");
        }
    }

    @Test
    void loopWithoutAwsDoesTheSameAndSeesWhatIsThere() throws Exception {
        assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
        assumeTrue(Shell.has("curl"), "curl is not installed");
        Path pack = SamplePacks.write(folder.resolve("sample-1.0.0"), "sample", "1.0.0");
        Path work = Files.createDirectory(folder.resolve("work"));
        try (DockerRegistry registry = DockerRegistry.startOpen()) {
            List<String> loop = List.of(
                    Project.CLI.resolve("src/bench/plain-loop").toAbsolutePath().toString(),
                    registry.uri().toString(),
                    "acme",
                    work.toString(),
                    pack.toString());

            assertThat(Shell.run(folder, Map.of(), loop)).isEqualTo("PUBLISHED sample-1.0.0\n");
            assertThat(Shell.run(folder, Map.of(), loop)).isEqualTo("UNCHANGED sample-1.0.0\n");
            CommandRun run = CommandRun.in(folder)
                    .run("publish", "--registry", registry.uri() + "/acme", "sample-1.0.0")
                    .succeeds();
            assertThat(run.out()).startsWith("UNCHANGED ");
        }
    }
}
