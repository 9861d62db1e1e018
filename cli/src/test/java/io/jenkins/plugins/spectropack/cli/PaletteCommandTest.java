package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.FakePaletteRegistry;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.sandbox.SyncStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code publish --palette-registry} and {@code sync}, from a folder to a pack that Palette lists. */
class PaletteCommandTest {

    @WorkingFolder
    private Path folder;

    private Path temporary;

    @Started
    private EcrSandbox ecr;

    @Started
    private PaletteSandbox palette;

    private FakePaletteRegistry registry;

    @BeforeEach
    void start() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        temporary = Files.createDirectory(folder.resolve("tmp"));
        registry = palette.addRegistry("my-ecr", ecr, "acme");
    }

    @AfterEach
    void stop() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(palette.apiKey());
            }
        }
    }

    private CommandRun.Setup command() {
        return CommandRun.in(folder)
                .with(ecr.environment())
                .with("PALETTE_API_KEY", palette.apiKey())
                .java("-Djava.io.tmpdir=" + temporary, "-D" + Limits.PROPERTY + "=" + InProcess.PATIENT.toProperty());
    }

    private CommandRun run(CommandRun.Setup command, String... arguments) throws InterruptedException {
        CommandRun run = command.run(arguments);
        assertThat(run.output()).doesNotContain(palette.apiKey());
        return run;
    }

    private String[] publishing(String... more) {
        List<String> arguments = new ArrayList<>(List.of("publish", "--repository-name", "acme"));
        arguments.addAll(toPalette(more));
        arguments.add("my-pack");
        return arguments.toArray(String[]::new);
    }

    private List<String> toPalette(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--palette-url", palette.uri().toString(), "--palette-registry", "my-ecr"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private CommandRun publish(String... more) throws InterruptedException {
        return run(command(), publishing(more));
    }

    private CommandRun sync(String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("sync"));
        arguments.addAll(toPalette(more));
        return run(command(), arguments.toArray(String[]::new));
    }

    private static JsonNode json(CommandRun run) {
        return JsonMapper.shared().readTree(run.out());
    }

    @Test
    void publishLeadsFromAFolderToAPackThatPaletteLists() throws Exception {
        CommandRun run = publish().succeeds();

        String reference = ecr.registryHost() + "/acme/spectro-packs/archive/sample:1.0.0";
        assertThat(run.out()).startsWith("PUBLISHED " + reference + " sha256:").endsWith(" LISTED\n");
        assertThat(run.err().lines())
                .containsSubsequence(
                        "1 pack: 1 published.",
                        "Palette at " + palette.host() + ": registry 'my-ecr' reads " + ecr.registryHost() + "/acme.",
                        "Palette: sync of registry 'my-ecr' started.",
                        "Palette: sync of registry 'my-ecr': Pending.",
                        "Palette: sync of registry 'my-ecr': InProgress.",
                        "Palette: sync of registry 'my-ecr': Success.",
                        "sample:1.0.0: LISTED in Palette, registry 'my-ecr'.");
        assertThat(run.err()).doesNotContain("WARNING");
    }

    @Test
    void otherRegistriesAreSyncedTheSameWay() throws Exception {
        try (OciSandbox harbor = OciSandbox.start(OciBehaviour.HARBOR)) {
            harbor.addProject("acme");
            palette.addRegistry("my-harbor", harbor, "acme");

            CommandRun run = run(
                    command().input(harbor.password() + "\n"),
                    "publish",
                    "--registry-url",
                    harbor.uri().toString(),
                    "--username",
                    harbor.username(),
                    "--password-stdin",
                    "--repository-name",
                    "acme",
                    "--palette-url",
                    palette.uri().toString(),
                    "--palette-registry",
                    "my-harbor",
                    "my-pack");

            assertThat(run.succeeds().out()).endsWith(" LISTED\n");
            assertThat(run.err()).contains("registry 'my-harbor' reads " + harbor.host() + "/acme.");
            assertThat(palette.requests().matching(PaletteSandbox.startsSync()))
                    .singleElement()
                    .extracting(Request::path)
                    .asString()
                    .endsWith("/basic/sync");
        }
    }

    @Test
    void failedSyncHasItsOwnExitCodeAndLeavesThePackPublished() throws Exception {
        registry.nextSync(SyncStep.of("Running"), new SyncStep("ERROR", "no basic auth credentials"));

        CommandRun run = publish("--json").fails(ExitCode.PALETTE);

        assertThat(json(run).path(0).path("status").stringValue()).isEqualTo("PUBLISHED");
        assertThat(json(run).path(0).path("paletteStatus").stringValue()).isEqualTo("NOT_LISTED");
        assertThat(run.err())
                .contains("Error: The sync of registry 'my-ecr' in Palette failed: no basic auth credentials.")
                .contains(" What was published stays published.");

        assertThat(sync("sample:1.0.0").succeeds().out()).isEqualTo("LISTED sample:1.0.0\n");
    }

    @Test
    void unchangedPacksStartNoSyncUnlessOneIsAskedFor() throws Exception {
        publish().succeeds();

        assertThat(publish().succeeds().out()).startsWith("UNCHANGED").endsWith(" LISTED\n");
        assertThat(registry.syncs()).isEqualTo(1);

        publish("--palette-always-sync").succeeds();
        assertThat(registry.syncs()).isEqualTo(2);
    }

    @Test
    void unchangedPackThatIsNotListedIsToldWithWhatToDo() throws Exception {
        run(command(), "publish", "--repository-name", "acme", "my-pack").succeeds();

        CommandRun run = publish().fails(ExitCode.PALETTE);

        assertThat(run.out()).startsWith("UNCHANGED").endsWith(" NOT_LISTED\n");
        assertThat(run.err())
                .contains("Error: Palette does not list sample:1.0.0 in registry 'my-ecr'. No sync was started, because"
                        + " no pack is new in the registry. Have one started nevertheless");
        assertThat(registry.syncs()).isZero();
        assertThat(palette.requests().count(PaletteSandbox.looksForPack())).isEqualTo(1);
    }

    @Test
    void dryRunChecksKeyAndRegistryAndChangesNothing() throws Exception {
        assertThat(publish("--dry-run").succeeds().out()).startsWith("PLANNED").endsWith(" NOT_CHECKED\n");
        assertThat(palette.requests().all())
                .allMatch(request -> request.method().equals("GET"));

        CommandRun run = run(command().with("PALETTE_API_KEY", "another-key"), publishing("--dry-run"))
                .fails(ExitCode.PALETTE);

        assertThat(run.err())
                .contains("answered 401 InvalidApiKey to GET: The API key is not valid. Check the API key")
                .doesNotContain("another-key")
                .doesNotContain("stays published");
    }

    @Test
    void syncThatIsNotWaitedForLeavesThePacksUnchecked() throws Exception {
        CommandRun run = publish("--palette-no-wait").succeeds();

        assertThat(run.out()).endsWith(" NOT_CHECKED\n");
        assertThat(run.err()).contains("Palette: sync of registry 'my-ecr' started. It is not waited for, as asked.");
        assertThat(registry.syncs()).isEqualTo(1);
        assertThat(palette.requests().count(PaletteSandbox.looksForPack())).isZero();
    }

    @Test
    void nothingIsAskedWhereNoPackWasPublished() throws Exception {
        ecr.fault(Match.manifestPut(), Fault.registryError(405, "UNSUPPORTED", "no"));

        CommandRun run = publish("--json").fails(ExitCode.FAILED);

        assertThat(json(run).path(0).path("paletteStatus").stringValue()).isEqualTo("NOT_CHECKED");
        assertThat(run.err()).contains("Palette: not asked, because no pack was published.");
        assertThat(palette.requests().all()).isEmpty();
    }

    @Test
    void publishedPackIsListedThoughAnotherOneFails() throws Exception {
        SamplePacks.write(folder.resolve("other"), "other", "2.0.0");
        ecr.fault(
                Match.manifestPut().and(request -> request.path().contains("/other/")),
                Fault.registryError(405, "UNSUPPORTED", "no"));

        CommandRun run = run(
                        command(),
                        Stream.concat(Stream.of(publishing("--json")), Stream.of("other"))
                                .toArray(String[]::new))
                .fails(ExitCode.FAILED);

        assertThat(json(run).path(0).path("paletteStatus").stringValue()).isEqualTo("LISTED");
        assertThat(json(run).path(1).path("status").stringValue()).isEqualTo("FAILED");
        assertThat(json(run).path(1).path("paletteStatus").stringValue()).isEqualTo("NOT_CHECKED");
    }

    @Test
    void paletteStatusIsNullWherePaletteIsNotAsked() throws Exception {
        CommandRun run = run(command(), "publish", "--repository-name", "acme", "--json", "my-pack");

        assertThat(json(run.succeeds()).path(0).has("paletteStatus")).isTrue();
        assertThat(json(run).path(0).path("paletteStatus").isNull()).isTrue();
    }

    @Test
    void registryThatReadsElsewhereIsToldBeforeTheWaiting() throws Exception {
        palette.addRegistry("another", "123456789012.dkr.ecr.us-east-1.amazonaws.com", "base");

        CommandRun run = run(
                        command(),
                        "publish",
                        "--repository-name",
                        "acme",
                        "--palette-url",
                        palette.uri().toString(),
                        "--palette-registry",
                        "another",
                        "my-pack")
                .fails(ExitCode.PALETTE);

        assertThat(run.err())
                .contains("WARNING: Registry 'another' in Palette reads"
                        + " 123456789012.dkr.ecr.us-east-1.amazonaws.com/base, but the packs were pushed to "
                        + ecr.registryHost() + "/acme. Give the registry that reads the latter as --palette-registry");
    }

    @Test
    void syncByItselfNeedsNoPack() throws Exception {
        assertThat(sync().succeeds().out()).isEmpty();
        assertThat(json(sync("--json").succeeds())).isEmpty();
        assertThat(registry.syncs()).isEqualTo(2);
        assertThat(palette.requests().count(PaletteSandbox.looksForPack())).isZero();
    }

    @Test
    void syncTellsOfEachPackAsJson() throws Exception {
        run(command(), "publish", "--repository-name", "acme", "my-pack").succeeds();

        CommandRun run = sync("--json", "--quiet", "sample:1.0.0", "sample:9").fails(ExitCode.PALETTE);

        assertThat(json(run).toString())
                .isEqualTo("[{\"name\":\"sample\",\"version\":\"1.0.0\",\"paletteStatus\":\"LISTED\"},"
                        + "{\"name\":\"sample\",\"version\":\"9\",\"paletteStatus\":\"NOT_LISTED\"}]");
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("Error: Palette does not list sample:9 in registry 'my-ecr'.");
    }

    @Test
    void wrongUsageIsToldBeforeAnythingIsSent() throws Exception {
        assertThat(run(command().without("PALETTE_API_KEY"), publishing())
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("PALETTE_API_KEY is not set.");
        assertThat(run(command().with("PALETTE_API_KEY", "two words"), publishing())
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("Palette's API key holds a space")
                .doesNotContain("two words");
        assertThat(run(command(), "publish", "--repository-name", "acme", "--palette-no-wait", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("The options for Palette need --palette-registry");
        assertThat(run(command(), "sync").fails(ExitCode.USAGE).err()).contains("--palette-registry is missing.");
        assertThat(sync("sample").fails(ExitCode.USAGE).err()).contains("Give NAME:VERSION");
        assertThat(publish("--palette-timeout-minutes", "0")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("must be from 1 to 1440");
        assertThat(run(command(), "sync", "--palette-registry", "x", "--palette-url", "http://palette.example")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("is plain HTTP. The API key would travel unencrypted");
        assertThat(palette.requests().all()).isEmpty();
        assertThat(ecr.requests().all()).isEmpty();
    }

    @Test
    void signalWhileWaitingEndsTheCommandAndSaysThatThePackIsPublished() throws Exception {
        registry.nextSync("InProgress");
        Process process = command().start(publishing());
        palette.requests().await(PaletteSandbox.startsSync(), Duration.ofSeconds(60));

        process.toHandle().destroy();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(err)
                .contains("sample:1.0.0: PUBLISHED as ")
                .contains("Palette: no longer waited for. What the lines above call published is in the registry.")
                .doesNotContain(palette.apiKey());
        assertThat(temporary).isEmptyDirectory();
    }
}
