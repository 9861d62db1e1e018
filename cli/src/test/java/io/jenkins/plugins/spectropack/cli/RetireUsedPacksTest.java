package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.FakePaletteRegistry;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code retire --palette-registry}: what Palette uses stays, and nothing goes while that is not known. */
class RetireUsedPacksTest {

    private static final String REPOSITORY = "acme/spectro-packs/archive/sample";

    @WorkingFolder
    private Path folder;

    private EcrSandbox ecr;
    private PaletteSandbox palette;
    private FakePaletteRegistry registry;

    @BeforeEach
    void start() throws Exception {
        ecr = EcrSandbox.builder().start();
        palette = PaletteSandbox.start();
        registry = palette.addRegistry("my-ecr", ecr, "acme");
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        command().run("publish", "--repository-name", "acme", "my-pack").succeeds();
        for (String version : List.of("1.1.0", "1.2.0", "1.3.0", "2.0.0")) {
            ecr.putTag(REPOSITORY, version, ecr.tags(REPOSITORY).get("1.0.0"));
        }
    }

    @AfterEach
    void stop() {
        palette.close();
        ecr.close();
    }

    private CommandRun.Setup command() {
        return CommandRun.in(folder)
                .with(ecr.environment())
                .with("PALETTE_API_KEY", palette.apiKey())
                .java("-D" + Limits.PROPERTY + "=" + InProcess.PATIENT.toProperty());
    }

    private CommandRun retire(String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "retire",
                "--registry",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme",
                "--palette-url",
                palette.uri().toString(),
                "--yes"));
        arguments.addAll(List.of(more));
        CommandRun run = command().run(arguments.toArray(String[]::new));
        assertThat(run.output()).doesNotContain(palette.apiKey());
        return run;
    }

    private static Map<String, String> reasons(CommandRun run) {
        return JsonMapper.shared()
                .readTree(run.out())
                .valueStream()
                .collect(Collectors.toMap(
                        pack -> pack.path("status").asString() + " "
                                + pack.path("version").asString(),
                        RetireUsedPacksTest::reason));
    }

    private static String reason(JsonNode pack) {
        return pack.path("reason").asString();
    }

    @Test
    void whatPaletteUsesStaysAndItsUserIsNamed() throws Exception {
        palette.tenant().profile("infra", "3.0.0", registry, "sample", "1.0.0");
        palette.project().draft("web", "1.0.0", registry, "sample", "1.1.0");
        FakePaletteRegistry other = palette.addRegistry("other", "elsewhere", "acme");
        palette.addProject("Edge")
                .cluster("site-1", other, "sample", "1.3.0")
                .cluster("site-2", registry, "sample", "1.2.x")
                .cluster("site-3", registry, "another", "1.3.0");

        CommandRun run = retire("--palette-registry", "my-ecr", "--keep-newest", "1", "--json")
                .succeeds();

        assertThat(reasons(run))
                .isEqualTo(Map.of(
                        "KEPT 1.0.0", "Palette uses it: cluster profile 'infra' 3.0.0",
                        "KEPT 1.1.0", "Palette uses it: cluster profile 'web' 1.0.0 of project 'Default'",
                        "KEPT 1.2.0", "Palette uses it: cluster 'site-2' of project 'Edge'",
                        "RETIRED 1.3.0", "1 version is newer",
                        "KEPT 2.0.0", "it is among the newest 1"));
        assertThat(run.err())
                .contains("Palette at " + palette.host() + ": looked at 2 cluster profiles and 3 clusters, to see which"
                        + " packs of registry 'my-ecr' are used.")
                .contains("sample:1.0.0: stays, Palette uses it: cluster profile 'infra' 3.0.0.");
        assertThat(ecr.tags(REPOSITORY)).containsOnlyKeys("1.0.0", "1.1.0", "1.2.0", "2.0.0");

        assertThat(retire("--palette-registry", "my-ecr", "sample:1.0.0")
                        .succeeds()
                        .err())
                .contains("Nothing is to go.");
        assertThat(ecr.tags(REPOSITORY)).containsKey("1.0.0");
    }

    @Test
    void aGivenProjectIsTheOnlyOneThatCounts() throws Exception {
        palette.project().cluster("here", registry, "sample", "1.0.0");
        palette.addProject("Edge").cluster("there", registry, "sample", "1.1.0");

        CommandRun run = retire(
                        "--palette-registry",
                        "my-ecr",
                        "--palette-project",
                        palette.projectUid(),
                        "--keep-newest",
                        "1",
                        "--dry-run",
                        "--json")
                .succeeds();

        assertThat(reasons(run))
                .containsEntry("KEPT 1.0.0", "Palette uses it: cluster 'here'")
                .containsKey("PLANNED 1.1.0");
        assertThat(run.err())
                .contains("looked at 0 cluster profiles and 1 cluster of the project in --palette-project");
    }

    @Test
    void nothingGoesWhileItIsNotKnownWhatIsUsed() throws Exception {
        Map<String, String> before = ecr.tags(REPOSITORY);
        palette.fault(
                PaletteSandbox.listsClusters(),
                Fault.answer(403, Map.of(), "{\"code\":\"OperationForbidden\",\"message\":\"no\"}"));
        assertThat(retire("--palette-registry", "my-ecr", "sample:1.0.0")
                        .fails(1)
                        .err())
                .contains(
                        "Nothing was deleted, because it is not known which versions are used. Listing the clusters of"
                                + " project 'Default' in Palette failed: " + palette.host()
                                + " answered 403 OperationForbidden to POST: no.");
        palette.clearFaults();

        assertThat(retire("--palette-registry", "unknown", "sample:1.0.0")
                        .fails(1)
                        .err())
                .contains("Nothing was deleted", "has no OCI registry 'unknown'", "It has 'my-ecr'.");
        palette.addRegistry("elsewhere", ecr, "other");
        assertThat(retire("--palette-registry", "elsewhere", "sample:1.0.0")
                        .fails(1)
                        .err())
                .contains(
                        "Nothing was deleted",
                        "reads " + ecr.registryHost() + "/other, and not " + ecr.registryHost()
                                + "/acme. Give the one that does as --palette-registry.");
        assertThat(retire("sample:1.0.0").fails(2).err()).contains("The options for Palette need --palette-registry");
        assertThat(ecr.tags(REPOSITORY)).isEqualTo(before);

        palette.fault(1, PaletteSandbox.looksForUses(), Fault.answer(503, Map.of(), ""));
        assertThat(retire("--palette-registry", "my-ecr", "sample:1.0.0")
                        .succeeds()
                        .err())
                .contains("Trying again in");
        assertThat(ecr.tags(REPOSITORY)).doesNotContainKey("1.0.0");
    }
}
