package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_KEY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_REGISTRY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.hastyAgent;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.palette;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.settings;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.warnings;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.EnvVars;
import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.spectropack.config.KeysReader;
import io.jenkins.plugins.spectropack.config.LoginReader;
import io.jenkins.plugins.spectropack.config.NoPalette;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import io.jenkins.plugins.spectropack.config.RoleReader;
import io.jenkins.plugins.spectropack.config.SpectroPackGlobalConfiguration;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.fixture.RecordingProxy;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.FakePaletteRegistry;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.sandbox.SyncStep;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Pipeline step on an agent, up to the point where Palette lists the pack, or does not. */
@WithJenkins
class PaletteStepTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PACK = writePack("my-pack", "sample", "1.0.0");

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    @Started
    private PaletteSandbox palette;

    private FakePaletteRegistry registry;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme");
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
        addPaletteKey(rule.jenkins, PALETTE_KEY, palette.apiKey());
    }

    private WorkflowRun onAgent(Result expected, String script) throws Exception {
        return onAgent(hastyAgent(jenkins), expected, script);
    }

    private WorkflowRun onAgent(Slave agent, Result expected, String script) throws Exception {
        WorkflowJob job = pipeline(jenkins, "node('" + agent.getNodeName() + "') {\n" + script + "\n}");
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private String publish(String palette, String... more) {
        return "publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox) + ", palette: " + palette
                + String.join(
                        "", List.of(more).stream().map(text -> ", " + text).toList()) + ")\n";
    }

    @Test
    void jenkinsfileOfFiveLinesEndsInPaletteAndItsLogIsAStory() throws Exception {
        registry.nextSync("Pending", "InProgress", "InProgress", "Success").listingLag(2);
        Slave agent = hastyAgent(jenkins);
        String script = """
                node('%s') {
                    def packs = publishSpectroPack(packs: 'my-pack', registry: %s,
                        palette: %s)
                    echo "${packs[0].name} ${packs[0].version}: ${packs[0].status}, ${packs[0].paletteStatus}"
                }
                """.formatted(agent.getNodeName(), ecr(sandbox), palette(palette));
        assertThat(script.lines()).hasSize(5);
        WorkflowJob job = pipeline(jenkins, script);
        writePack(agent.getWorkspaceFor(job).child("my-pack"), "sample", "1.0.0");

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        assertThat(PublishFixture.log(run))
                .containsSubsequence(
                        "1 pack: 1 published.",
                        "Palette at " + palette.host() + ": registry 'my-ecr' reads " + sandbox.registryHost()
                                + "/acme.",
                        "Palette: sync of registry 'my-ecr' started.",
                        "Palette: sync of registry 'my-ecr': Pending.",
                        "Palette: sync of registry 'my-ecr': InProgress.",
                        "Palette: sync of registry 'my-ecr': Success.",
                        "Palette: not listed yet: sample:1.0.0. Looking again every 20 ms, 11 times at most.",
                        "sample:1.0.0: LISTED in Palette, registry 'my-ecr'.",
                        "sample 1.0.0: PUBLISHED, LISTED");
        Instant tagged = sandbox.requests().matching(Match.manifestPut()).stream()
                .map(Request::at)
                .max(Instant::compareTo)
                .orElseThrow();
        assertThat(palette.requests().all()).allMatch(request -> !request.at().isBefore(tagged));
        run.reload();
        assertThat(run.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getStatus, PublishedPack::getPaletteStatus)
                .containsExactly(tuple("PUBLISHED", "LISTED"));
    }

    @Test
    void syncThatFailsMakesTheBuildUnstableAndThePackStaysPublished() throws Exception {
        registry.nextSync(SyncStep.of("InProgress"), new SyncStep("Failed", "no basic auth credentials"));
        String problem =
                "The sync of registry 'my-ecr' in Palette failed: no basic auth credentials. Check the registry's"
                        + " credentials and its base content path there, then sync again. Palette does not list sample:1.0.0 in"
                        + " registry 'my-ecr'. What was published stays published.";

        WorkflowRun run = onAgent(
                Result.UNSTABLE,
                PACK + "def packs = " + publish(palette(palette))
                        + "echo \"after: ${packs[0].status} ${packs[0].paletteStatus} ${currentBuild.currentResult}\"");

        jenkins.assertLogContains("Palette: sync of registry 'my-ecr': Failed (no basic auth credentials).", run);
        jenkins.assertLogContains(problem + " This makes the build unstable.", run);
        jenkins.assertLogContains("after: PUBLISHED NOT_LISTED UNSTABLE", run);
        assertThat(warnings(run))
                .extracting(WarningAction::getResult, WarningAction::getMessage)
                .containsExactly(tuple(Result.UNSTABLE, problem + " This makes the build unstable."));
        run.reload();
        HtmlPage page = jenkins.createWebClient().getPage(run);
        assertThat(page.querySelector("[data-spectro-summary]").asNormalizedText())
                .contains("1 published", "In Palette: 1 not listed");
        assertThat(page.querySelector("[data-spectro-palette]").asNormalizedText())
                .isEqualTo(problem);
    }

    @Test
    void syncThatFailsFailsTheBuildIfAskedAndThePackIsOnItsPage() throws Exception {
        registry.nextSync("Error");

        WorkflowRun run = onAgent(Result.FAILURE, PACK + publish(palette(palette, "onFailure: 'failure'")));

        jenkins.assertLogContains(
                "ERROR: The sync of registry 'my-ecr' in Palette failed, and Palette gives no reason.", run);
        jenkins.assertLogContains("What was published stays published.", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(warnings(run)).extracting(WarningAction::getResult).containsExactly(Result.FAILURE);
        assertThat(run.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getStatus, PublishedPack::getPaletteStatus)
                .containsExactly(tuple("PUBLISHED", "NOT_LISTED"));
    }

    @Test
    void packThatNeverAppearsAndWarningsAreBothToldOfTheStage() throws Exception {
        registry.listingLag(1000);

        WorkflowRun run = onAgent(Result.UNSTABLE, PACK + publish(palette(palette), "unstableOnWarnings: true"));

        jenkins.assertLogContains("sample:1.0.0: NOT_LISTED in Palette, registry 'my-ecr'.", run);
        assertThat(warnings(run))
                .extracting(WarningAction::getMessage)
                .singleElement()
                .asString()
                .startsWith("Palette does not list sample:1.0.0 in registry 'my-ecr'. The list may lag")
                .endsWith("This makes the build unstable. The packs have 3 warnings, so the build is unstable.");
    }

    @Test
    void whatIsWrongWithPaletteIsASentenceThatPipelinesCanCatch() throws Exception {
        palette.addRegistry("another", "example.com", "acme");
        palette.addRegistry("elsewhere", "123456789012.dkr.ecr.us-east-1.amazonaws.com", "base");
        addPaletteKey(jenkins.jenkins, "wrong", "another-key");
        String failing = palette(palette, "onFailure: 'FAILURE'");

        WorkflowRun run = onAgent(
                Result.SUCCESS,
                PACK
                        + attempt(publish(failing.replace("'palette-api-key'", "'unknown'")))
                        + attempt(publish(failing.replace("'palette-api-key'", "''")))
                        + attempt(publish(failing.replace("'my-ecr'", "''")))
                        + attempt(publish(failing.replace(palette.uri().toString(), "http://palette.example.com")))
                        + attempt(publish(palette(palette, "timeoutMinutes: 0")))
                        + attempt(publish(palette(palette, "projectUid: 'My project'")))
                        + attempt(publish(palette(palette, "onFailure: 'maybe'")))
                        + "echo 'nothing was sent'\n"
                        + attempt(publish(failing.replace("'palette-api-key'", "'wrong'")))
                        + attempt(publish(failing.replace("'my-ecr'", "'My-ECR'")))
                        + attempt(publish(failing.replace("'my-ecr'", "'elsewhere'"))));

        List<String> caught = PublishFixture.log(run).stream()
                .filter(line -> line.startsWith("caught "))
                .map(line -> line.substring("caught ".length()))
                .toList();
        List<String> expected = List.of(
                "The credential 'unknown' was not found, or this job may not use it. Give the id of a credential of kind"
                        + " Secret text",
                "Palette's API key is missing.",
                "The name of the registry in Palette is missing.",
                "Palette's URL 'http://palette.example.com' is plain HTTP.",
                "The minutes to wait for Palette must be from 1 to 1440.",
                "'My project' is not the uid of a Palette project.",
                "onFailure is 'MAYBE', but must be one of UNSTABLE, FAILURE.",
                "Listing the registries of Palette failed: " + palette.host()
                        + " answered 401 InvalidApiKey to GET: The API key is not valid. Check the API key",
                "Palette at " + palette.host()
                        + " has no OCI registry 'My-ECR'. It has 'another', 'elsewhere', 'my-ecr'.",
                "Palette does not list sample:1.0.0 in registry 'elsewhere'. Registry 'elsewhere' in Palette reads"
                        + " 123456789012.dkr.ecr.us-east-1.amazonaws.com/base, but the packs were pushed to "
                        + sandbox.registryHost() + "/acme.");
        assertThat(caught).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(caught.get(i)).startsWith(expected.get(i));
        }
        assertThat(run.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getStatus, PublishedPack::getPaletteStatus)
                .containsExactly(
                        tuple("PUBLISHED", "NOT_CHECKED"),
                        tuple("UNCHANGED", "NOT_CHECKED"),
                        tuple("UNCHANGED", "NOT_LISTED"));
    }

    private static String attempt(String step) {
        return "try { " + step + "; echo 'caught nothing' } catch (e) { echo \"caught ${e.message}\" }\n";
    }

    @Test
    void whatPaletteIsAskedDependsOnWhatIsNewAndWhatIsWanted() throws Exception {
        WorkflowRun run = onAgent(
                Result.UNSTABLE,
                PACK + "def show = { what, packs -> echo \"${what}: ${packs[0].status} ${packs[0].paletteStatus}\" }\n"
                        + "show('dry', "
                        + publish(palette(palette), "dryRun: true").strip() + ")\n"
                        + "show('none', " + publish("noPalette()").strip() + ")\n"
                        + "show('unchanged', " + publish(palette(palette)).strip() + ")\n"
                        + "show('started', "
                        + publish(palette(palette, "alwaysSync: true", "wait: false"))
                                .strip() + ")\n"
                        + "sleep time: 1, unit: 'MILLISECONDS'\n"
                        + "show('always', "
                        + publish(palette(palette, "alwaysSync: true")).strip() + ")\n"
                        + "show('at last', " + publish(palette(palette)).strip() + ")");

        assertThat(PublishFixture.log(run))
                .containsSubsequence(
                        "dry: PLANNED NOT_CHECKED",
                        "none: PUBLISHED null",
                        "Palette does not list sample:1.0.0 in registry 'my-ecr'. No sync was started, because no pack is"
                                + " new in the registry. Have one started nevertheless (alwaysSync), or sync the registry in Palette."
                                + " What was published stays published. This makes the build unstable.",
                        "unchanged: UNCHANGED NOT_LISTED",
                        "started: UNCHANGED NOT_CHECKED",
                        "always: UNCHANGED LISTED",
                        "at last: UNCHANGED LISTED");
        // Those of 'started' and of 'always', which waits for the former.
        assertThat(registry.syncs()).isEqualTo(2);
    }

    @Test
    void abortEndsTheWaitForPalette() throws Exception {
        registry.nextSync("InProgress");
        // Whoever waits for the next question waits for longer than the test may take.
        String limits = Limits.DEFAULT.withPoll(Duration.ofHours(1)).toProperty();
        Slave agent = jenkins.createOnlineSlave(
                null, new EnvVars("JAVA_TOOL_OPTIONS", "-D" + Limits.PROPERTY + "=" + limits));
        WorkflowJob job =
                pipeline(jenkins, "node('" + agent.getNodeName() + "') {\n" + PACK + publish(palette(palette)) + "\n}");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Palette: sync of registry 'my-ecr': InProgress.", run);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("sample:1.0.0: PUBLISHED", run);
        assertThat(sandbox.tags(PublishFixture.REPOSITORY)).containsKey("1.0.0");
    }

    @Test
    void keyIsInNoFileAndNoLog() throws Exception {
        Slave agent = hastyAgent(jenkins);
        SpectroPackGlobalConfiguration.get().setPalette(settings(palette));
        registry.nextSync(new SyncStep("Failed", "The key " + palette.apiKey() + " is wrong"));
        palette.fault(1, PaletteSandbox.startsSync(), Fault.paletteError(503, "Unavailable", palette.apiKey()));
        WorkflowRun run = onAgent(agent, Result.UNSTABLE, PACK + publish(palette(palette)));

        jenkins.assertLogContains("Failed (The key [API key] is wrong).", run);
        List<String> secrets = List.of(palette.apiKey());
        assertThat(run.getLog()).doesNotContain(secrets);
        PublishFixture.assertNowhereBelow(jenkins.jenkins.getRootDir().toPath(), secrets);
        PublishFixture.assertNowhereBelow(Path.of(agent.getRemoteFS()), secrets);
        assertThat(settings(palette).connect(run, false).toString()).doesNotContain(palette.apiKey());
    }

    @Test
    void keyOfAFolderIsFoundThereAndItsUseIsTracked() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        addPaletteKey(folder, "team-key", palette.apiKey());
        Slave agent = hastyAgent(jenkins);
        String script = "node('" + agent.getNodeName() + "') {\n" + PACK
                + publish(palette(palette).replace(PALETTE_KEY, "team-key")) + "}";
        WorkflowJob inside = folder.createProject(WorkflowJob.class, "inside");
        inside.setDefinition(new CpsFlowDefinition(script, true));

        jenkins.assertLogContains("sample:1.0.0: LISTED in Palette", jenkins.buildAndAssertSuccess(inside));
        sandbox.requests().clear();
        jenkins.assertLogContains(
                "ERROR: The credential 'team-key' was not found, or this job may not use it.",
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(jenkins, script)));
        assertThat(sandbox.requests().all()).isEmpty();
        assertThat(CredentialsProvider.getFingerprintOf(CredentialsProvider.lookupStores(folder)
                        .iterator()
                        .next()
                        .getCredentials(Domain.global())
                        .get(0)))
                .isNotNull();
    }

    @Test
    void proxyOfJenkinsCarriesTheRequestsToPaletteTooButNoneToLoopback() throws Exception {
        try (RecordingProxy proxy = RecordingProxy.start()) {
            jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port(), "user", "pass"));
            onAgent(Result.SUCCESS, PACK + publish(palette(palette)));
            assertThat(proxy.requests()).isEmpty();
        }
        try (TunnelProxy proxy = TunnelProxy.to(palette.uri(), "user:pass")) {
            jenkins.jenkins.setProxy(
                    new ProxyConfiguration("127.0.0.1", proxy.uri().getPort(), "user", "pass"));
            String elsewhere = palette(palette, "alwaysSync: true")
                    .replace(palette.uri().toString(), "https://palette.example.com");
            onAgent(Result.UNSTABLE, PACK + publish(elsewhere));
            assertThat(proxy.tunnels()).isNotEmpty().containsOnly("palette.example.com:443");
        }
    }

    @Test
    void defaultOfThisJenkinsIsTakenUnlessAJobSaysOtherwise() throws Exception {
        SpectroPackGlobalConfiguration.get().setPalette(settings(palette));
        String withoutPalette = "publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox) + ")";

        WorkflowRun run = onAgent(
                Result.SUCCESS,
                PACK + "echo \"default: ${" + withoutPalette + "[0].paletteStatus}\"\n"
                        + "echo \"none: ${" + publish("noPalette()").strip() + "[0].paletteStatus}\"\n"
                        + "echo \"own: ${"
                        + publish(palette(palette, "wait: false")).strip() + "[0].paletteStatus}\"");

        jenkins.assertLogContains("default: LISTED", run);
        jenkins.assertLogContains("none: null", run);
        jenkins.assertLogContains("own: LISTED", run);
        assertThat(palette.requests().count(PaletteSandbox.listsRegistries())).isEqualTo(2);
    }

    @Test
    void recordWithWordsOfAnotherVersionStillLoads() throws Exception {
        WorkflowRun run = onAgent(Result.SUCCESS, PACK + publish(palette(palette)));
        Path file = run.getRootDir().toPath().resolve("build.xml");
        String text = Files.readString(file);
        assertThat(text).contains("status=\"PUBLISHED\" palette=\"LISTED\"");
        Files.writeString(
                file, text.replace("status=\"PUBLISHED\" palette=\"LISTED\"", "status=\"ARCHIVED\" palette=\"SHOWN\""));

        run.reload();

        assertThat(run.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getStatus, PublishedPack::getPaletteStatus)
                .containsExactly(tuple("ARCHIVED", "SHOWN"));
        assertThat(jenkins.getJSON(run.getUrl() + "spectro-packs/rows")
                        .getJSONObject()
                        .toString())
                .contains("ARCHIVED", "SHOWN");
        assertThat(((HtmlPage) jenkins.createWebClient().getPage(run)).asNormalizedText())
                .contains("Spectro Cloud packs");
    }

    @Test
    void snippetGeneratorWritesTheSimplestUse() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        PublishSpectroPackStep step = new PublishSpectroPackStep("my-pack");
        step.setPalette(new PaletteSettings("my-ecr", PALETTE_KEY));
        snippets.assertRoundTrip(
                step,
                "publishSpectroPack packs: 'my-pack', palette: palette(credentialsId: 'palette-api-key',"
                        + " registryName: 'my-ecr')");

        PaletteSettings full = new PaletteSettings("my-ecr", PALETTE_KEY);
        full.setUrl("https://palette.example.com");
        full.setProjectUid("5f0a");
        full.setWait(false);
        full.setTimeoutMinutes(30);
        full.setAlwaysSync(true);
        full.setOnFailure("failure");
        step.setPalette(full);
        snippets.assertRoundTrip(
                step,
                "publishSpectroPack packs: 'my-pack', palette: palette(alwaysSync: true,"
                        + " credentialsId: 'palette-api-key', onFailure: 'FAILURE', projectUid: '5f0a',"
                        + " registryName: 'my-ecr', timeoutMinutes: 30, url: 'https://palette.example.com', wait: false)");

        PaletteSettings adding = new PaletteSettings("my-ecr", PALETTE_KEY);
        adding.setCaCertificate("-----BEGIN CERTIFICATE-----");
        adding.setRegister(new RoleReader("arn:aws:iam::123456789012:role/palette", "5f0a"));
        step.setPalette(adding);
        snippets.assertRoundTrip(
                step,
                "publishSpectroPack packs: 'my-pack', palette: palette(caCertificate: '-----BEGIN CERTIFICATE-----',"
                        + " credentialsId: 'palette-api-key', register: ecrRole(arn:"
                        + " 'arn:aws:iam::123456789012:role/palette', externalId: '5f0a'), registryName: 'my-ecr')");
        adding.setCaCertificate(null);
        adding.setRegister(new KeysReader("aws-reader"));
        snippets.assertRoundTrip(
                step,
                "publishSpectroPack packs: 'my-pack', palette: palette(credentialsId: 'palette-api-key', register:"
                        + " keys('aws-reader'), registryName: 'my-ecr')");
        adding.setRegister(new LoginReader("harbor-reader"));
        snippets.assertRoundTrip(
                step,
                "publishSpectroPack packs: 'my-pack', palette: palette(credentialsId: 'palette-api-key', register:"
                        + " login('harbor-reader'), registryName: 'my-ecr')");

        step.setPalette(new NoPalette());
        snippets.assertRoundTrip(step, "publishSpectroPack packs: 'my-pack', palette: noPalette()");
    }
}
