package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.pack.TestPack;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs, and archives of a registry, that are made to take more memory than there is. */
class SmallHeapTest {

    private static final String HEAP = "-Xmx48m";
    private static final String NO_CHART =
            "The file is not a chart: it is no gzip-compressed tar archive, or it is damaged (%s). Make it with"
                    + " 'helm package'. [chart]";
    private static final String DESCRIPTION = NO_CHART.formatted("what describes an entry has more than 1 MiB");

    @TempDir
    private Path folder;

    private CommandRun validate(TestPack pack) throws Exception {
        pack.write(folder.resolve("pack"));
        return CommandRun.in(folder).java(HEAP).run("validate", "pack").fails(ExitCode.INVALID_PACK);
    }

    @Test
    void chartsThatUnpackToMoreThanThereIsAreNone() throws Exception {
        TestPack pack = new TestPack()
                .file("charts/name.tgz", Bombs.gnuLongName('L', 64))
                .file("charts/link.tgz", Bombs.gnuLongName('K', 64))
                .file("charts/path.tgz", Bombs.paxPath('x', 64))
                .file("charts/global.tgz", Bombs.paxPath('g', 64))
                .file("charts/headers.tgz", Bombs.describedForEver(200_000))
                .set(
                        "charts",
                        "['charts/name.tgz', 'charts/link.tgz', 'charts/path.tgz', 'charts/global.tgz',"
                                + " 'charts/headers.tgz']");

        List<String> errors = validate(pack)
                .output()
                .lines()
                .filter(line -> line.contains("ERROR"))
                .toList();

        assertThat(errors).hasSize(5).allMatch(line -> line.contains(DESCRIPTION), DESCRIPTION);
    }

    @Test
    void pathThatNoMachineHasIsNotWorkedOn() throws Exception {
        TestPack pack = new TestPack()
                .file("charts/deep.tgz", Bombs.gnuLongName("chart/" + "charts/a/".repeat(100_000)))
                .set("charts", "['charts/deep.tgz']");

        assertThat(validate(pack).output())
                .contains(NO_CHART.formatted("an entry's name has more than 4096 characters"));
    }

    @Test
    void chartsMadeOfHolesEndAtALimit() throws Exception {
        Shell.run(
                folder,
                List.of("sh", "-c", "mkdir chart && truncate -s 1G chart/Chart.yaml && tar -Sczf sparse.tgz chart"));
        TestPack pack = new TestPack()
                .file("charts/sparse.tgz", Files.readAllBytes(folder.resolve("sparse.tgz")))
                .set("charts", "['charts/sparse.tgz']");

        List<String> errors = validate(pack)
                .output()
                .lines()
                .filter(line -> line.contains("ERROR"))
                .toList();

        String said = "Helm does not take the chart: it unpacks to more than 100 MiB.";
        assertThat(errors).hasSize(1).allMatch(line -> line.contains(said), said);
    }

    @Test
    void whatARegistryHoldsIsReadInBoundedMemory() throws Exception {
        new TestPack().write(folder.resolve("pack"));
        List<byte[]> archives = List.of(Bombs.gnuLongName('L', 64), Bombs.paxPath('g', 64));
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            sandbox.createRepository(RegistryState.REPOSITORY, false);
            for (byte[] archive : archives) {
                sandbox.pushArchive(RegistryState.REPOSITORY, "1.0.0", archive);

                CommandRun run = CommandRun.in(folder)
                        .java(HEAP)
                        .with(sandbox.environment())
                        .run("publish", "--repository-name", "acme", "pack")
                        .fails(ExitCode.FAILED);

                assertThat(run.err()).contains(RegistryState.REPOSITORY + ":1.0.0 exists with other content (");
            }
        }
    }
}
