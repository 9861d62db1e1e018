package io.jenkins.plugins.spectropack.cli;

import static io.jenkins.plugins.spectropack.cli.InProcess.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code validate}, {@code archive}, {@code demo}, help and completion. */
class OtherCommandsTest {

    @WorkingFolder
    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private CommandRun run(String... arguments) throws InterruptedException {
        return CommandRun.in(folder).run(arguments);
    }

    @Test
    void validateReportsEachPack() throws Exception {
        Path bad = SamplePacks.write(folder.resolve("bad"), "Bad", "1.0.0");
        Files.delete(bad.resolve("README.md"));

        CommandRun run = run("validate", "bad", "my-pack").fails(ExitCode.INVALID_PACK);

        assertThat(run.out()).isEqualTo("""
                        bad: invalid
                          ERROR pack.json:2: The name 'Bad' cannot be part of a repository's name in ECR. Use lower-case \
                        letters and digits, with single '.', '_' or '-' between them. [name]
                          WARNING README.md: The file is missing. Palette shows it: say what the pack does. [readme-missing]
                        my-pack: valid, sample:1.0.0, 5 files, 350 bytes
                        2 packs checked: 1 error, 1 warning.
                        """);
        run("validate", "my-pack").succeeds();
    }

    @Test
    void validationLevelsDiffer() throws Exception {
        Files.delete(folder.resolve("my-pack/logo.png"));
        run("validate", "my-pack").succeeds();
        run("validate", "--validation", "strict", "my-pack").fails(ExitCode.INVALID_PACK);
        Files.delete(folder.resolve("my-pack/values.yaml"));
        run("validate", "my-pack").fails(ExitCode.INVALID_PACK);
        run("validate", "--validation", "OFF", "my-pack").succeeds();
    }

    @Test
    void validatePrintsJson() throws Exception {
        Files.delete(folder.resolve("my-pack/values.yaml"));

        JsonNode pack = JsonMapper.shared()
                .readTree(run("validate", "--json", "my-pack")
                        .fails(ExitCode.INVALID_PACK)
                        .out())
                .path(0);

        assertThat(pack.path("folder").stringValue()).isEqualTo("my-pack");
        assertThat(pack.path("valid").booleanValue()).isFalse();
        assertThat(pack.path("findings").path(0).path("severity").stringValue()).isEqualTo("ERROR");
        assertThat(pack.path("findings").path(0).path("file").stringValue()).isEqualTo("values.yaml");
    }

    @Test
    void archiveIsWrittenHereOrWhereAsked() throws Exception {
        CommandRun run = run("archive", "my-pack").succeeds();
        assertThat(run.out()).startsWith("sample-1.0.0.tar.gz sha256:");
        assertThat(Shell.run(folder, List.of("tar", "-tzf", "sample-1.0.0.tar.gz")))
                .contains("my-pack/pack.json");

        assertThat(run("archive", "my-pack", "-o", "other.tar.gz").succeeds().out())
                .isEqualTo(run.out().replace("sample-1.0.0", "other"));
        assertThat(folder.resolve("other.tar.gz")).hasSameBinaryContentAs(folder.resolve("sample-1.0.0.tar.gz"));
    }

    @Test
    void archiveOfTheCurrentFolderLandsBesideIt() throws Exception {
        CommandRun.in(folder.resolve("my-pack")).run("archive", ".").succeeds();

        assertThat(folder.resolve("sample-1.0.0.tar.gz")).exists();
        try (Stream<Path> files = Files.list(folder.resolve("my-pack"))) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void archiveFailsWithASentence() throws Exception {
        assertThat(run("archive", "missing").fails(ExitCode.INVALID_PACK).err())
                .isEqualTo("ERROR missing: There is no such folder.\n");
        assertThat(run("archive", "my-pack", "-o", "no/such/folder.tar.gz")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("There is no folder " + folder.toRealPath().resolve("no/such") + " to write to.");
        assertThat(run("archive").fails(ExitCode.USAGE).err()).contains("PACK is missing.");
        SamplePacks.write(folder.resolve("other"), "other", "1.0.0");
        assertThat(run("archive", "my-pack", "other", "-o", "archives")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("There are 2 packs, but archives is no folder. Give one that exists.");
    }

    @Test
    void archivesOfManyPacksLandInAFolder() throws Exception {
        SamplePacks.write(folder.resolve("packs/a"), "a", "1.0.0");
        SamplePacks.write(folder.resolve("packs/b"), "b", "2.0.0");
        Files.createDirectory(folder.resolve("archives"));

        assertThat(run("archive", "packs/*", "-o", "archives", "-q")
                        .succeeds()
                        .out()
                        .lines())
                .satisfiesExactly(
                        a -> assertThat(a).startsWith("archives/a-1.0.0.tar.gz sha256:"),
                        b -> assertThat(b).startsWith("archives/b-2.0.0.tar.gz sha256:"));
        assertThat(run("archive", "packs/a", "-q").succeeds().err()).isEmpty();
        assertThat(folder.resolve("a-1.0.0.tar.gz")).hasSameBinaryContentAs(folder.resolve("archives/a-1.0.0.tar.gz"));
    }

    @Test
    void archiveOnStandardOutputIsTheArchive() throws Exception {
        run("archive", "my-pack").succeeds();
        Process process = CommandRun.in(folder).start("archive", "my-pack", "-o", "-");

        assertThat(process.getInputStream().readAllBytes())
                .isEqualTo(Files.readAllBytes(folder.resolve("sample-1.0.0.tar.gz")));
        assertThat(process.waitFor()).isEqualTo(ExitCode.OK);
    }

    @Test
    void twoStarsFindPacksAtAnyDepth() throws Exception {
        SamplePacks.write(folder.resolve("packs/team/a"), "a", "1.0.0");
        SamplePacks.write(folder.resolve("packs/b"), "b", "2.0.0");

        assertThat(run("validate", "packs/**").succeeds().out())
                .contains("packs/b: valid", "packs/team/a: valid", "2 packs checked");
    }

    @Test
    void temporaryFolderThatIsMissingIsTold() throws Exception {
        CommandRun run = CommandRun.in(folder)
                .java("-Djava.io.tmpdir=" + folder.resolve("none"))
                .run("pull", "--registry", "bundle:packs", "sample:1.0.0")
                .fails(ExitCode.USAGE);

        assertThat(run.err())
                .startsWith("Error: The folder for temporary files, " + folder.resolve("none")
                        + ", does not exist or cannot be written to. Name another one with TMPDIR.");
    }

    @Test
    void demoPublishesTheSamplesAndReadsOneBack() throws Exception {
        // The tests run in the command line's own folder.
        Path home = Project.ROOT;

        CommandRun run = CommandRun.in(folder)
                .java("-Dspectropack.home=" + home)
                .run("demo")
                .succeeds();

        assertThat(run.out())
                .contains("  7. oras push ")
                .contains("registry 'my-ecr' was not there, and was added.")
                .contains("3 packs: 2 published, 1 unchanged.")
                .contains(
                        "Error: The sync of registry 'my-ecr' in Palette failed: the registry did not answer in time.")
                .contains(
                        "  LISTED hello-both:v2.0.0-rc.1\n  LISTED hello-chart:1.0.0\n  LISTED hello-manifests:1.2.0\n")
                .containsPattern("manifest of .*, sha256:[0-9a-f]{64}, as reported")
                .containsPattern(
                        "Published 127\\.0\\.0\\.1:\\d+/spectro-oci-registry/spectro-packs/archive/hello-both:v2\\.0\\.0-rc\\.1\n"
                                + "Digest    sha256:[0-9a-f]{64}\n");
        // What works comes first, and failures are announced.
        int second = run.out().indexOf("The second part is what it looks like when Palette fails");
        assertThat(run.out().substring(0, second))
                .contains("hello-both:v2.0.0-rc.1: LISTED in Palette, registry 'my-ecr'.")
                .doesNotContain("Error:")
                .doesNotContain("Trying again");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void demoPublishesOnesOwnPackAndKeepsRunning() throws Exception {
        Process demo = CommandRun.in(folder)
                .java("-Dspectropack.command=cli/spectro-pack")
                .start("demo", "--keep-running", "my-pack");
        try (BufferedReader out = demo.inputReader(StandardCharsets.UTF_8)) {
            Map<String, String> environment = new HashMap<>();
            String line = out.readLine();
            while (line != null && !line.startsWith("cli/spectro-pack publish")) {
                if (line.startsWith("export ")) {
                    String[] variable = line.substring("export ".length()).split("=", 2);
                    environment.put(variable[0], variable[1]);
                }
                line = out.readLine();
            }
            assertThat(environment).containsKeys("AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL_ECR", "PALETTE_API_KEY");
            SamplePacks.write(folder.resolve("other"), "other", "1.0.0");

            CommandRun run = CommandRun.in(folder)
                    .with(environment)
                    .java("-D" + Limits.PROPERTY + "=" + PATIENT.toProperty())
                    .run((line.replaceFirst("^\\S+ ", "") + " other").split(" "))
                    .succeeds();

            assertThat(run.out().lines())
                    .satisfiesExactly(
                            mine -> assertThat(mine).startsWith("UNCHANGED ").endsWith(" LISTED"),
                            other -> assertThat(other).startsWith("PUBLISHED ").endsWith(" LISTED"));
            // Process.destroy would close the streams too.
            demo.toHandle().destroy();
            assertThat(demo.waitFor()).isEqualTo(128 + 15);
            assertThat(out.readLine()).isEqualTo("Registry and Palette end, with all that was in them.");
            assertThat(demo.errorReader().readLine()).isNull();
        } finally {
            demo.destroyForcibly();
        }
    }

    @Test
    void demoSaysWhatIsWrongWithOnesOwnPack() throws Exception {
        Files.delete(folder.resolve("my-pack/values.yaml"));

        CommandRun run = run("demo", "my-pack").fails(ExitCode.INVALID_PACK);

        assertThat(run.out()).contains("ERROR my-pack/values.yaml:");
        assertThat(run.err()).isEqualTo("Error: 1 pack is invalid. Nothing was sent.\n");
        assertThat(run("demo", "missing*").fails(ExitCode.INVALID_PACK).err()).contains("matches no folder");
    }

    @Test
    void referenceNamesEveryOption() throws Exception {
        String reference = Files.readString(Project.ROOT.resolve("docs/command-line.md"));
        for (Map.Entry<String, CommandLine> command :
                SpectroPack.commandLine().getSubcommands().entrySet()) {
            for (OptionSpec option : command.getValue().getCommandSpec().options()) {
                if (!option.longestName().matches("--help|--version")) {
                    assertThat(reference)
                            .as(command.getKey() + " " + option.longestName())
                            .containsPattern("`(" + String.join("|", option.names()) + ")[ `]");
                }
            }
        }
    }

    @Test
    void helpAndVersionArePrinted() throws Exception {
        assertThat(run("--help").succeeds().out())
                .contains("publish", "validate", "archive", "sync", "demo", "Exit codes");
        assertThat(run("publish", "--help").succeeds().out()).contains("Examples:", "--if-exists=ACTION", "--json");
        assertThat(run("--version").succeeds().out()).startsWith("spectro-pack ");
    }
}
