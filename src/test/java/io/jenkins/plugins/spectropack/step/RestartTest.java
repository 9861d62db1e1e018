package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_KEY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_REGISTRY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.palette;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller restarts while an inbound agent publishes. */
class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Started
    private EcrSandbox sandbox;

    @Test
    void stepStartsOverByItself() throws Throwable {
        sandbox.fault(Match.uploadContent(), Fault.stall());
        sessions.then(jenkins -> {
            addCredential(jenkins.jenkins, CREDENTIAL, sandbox);
            agents.createAgent(
                    jenkins,
                    InboundAgentExtension.Options.newBuilder().name("remote").build());
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "publish");
            job.setDefinition(new CpsFlowDefinition(
                    "node('remote') {\n" + writePack("my-pack", "sample", "1.0.0")
                            + "def packs = publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox) + ")\n"
                            + "echo \"after the restart: ${packs[0].status}\"\n}",
                    true));
            job.scheduleBuild2(0).waitForStart();
            sandbox.requests().await(Match.uploadStart(), Duration.ofSeconds(60));
            // What is on disk while the step runs holds no login.
            jenkins.jenkins
                    .getItemByFullName("publish", WorkflowJob.class)
                    .getLastBuild()
                    .save();
            List<String> secrets = new ArrayList<>(sandbox.issuedPasswords());
            secrets.add(sandbox.secretAccessKey());
            PublishFixture.assertNowhereBelow(jenkins.jenkins.getRootDir().toPath(), secrets);
        });
        sandbox.clearFaults();
        sessions.then(jenkins -> {
            agents.start(jenkins, "remote");
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("publish", WorkflowJob.class)
                    .getLastBuild();

            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));

            jenkins.assertLogContains(
                    "Jenkins was restarted. The step starts over; what it has done already is not done twice.", run);
            jenkins.assertLogContains("after the restart: PUBLISHED", run);
            assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
        });
    }

    @Test
    void paletteIsSyncedThoughThePackWasPushedBeforeTheRestart() throws Throwable {
        try (PaletteSandbox palette = PaletteSandbox.start()) {
            palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme");
            palette.fault(PaletteSandbox.listsRegistries(), Fault.stall());
            sessions.then(jenkins -> {
                addCredential(jenkins.jenkins, CREDENTIAL, sandbox);
                addPaletteKey(jenkins.jenkins, PALETTE_KEY, palette.apiKey());
                agents.createAgent(
                        jenkins,
                        InboundAgentExtension.Options.newBuilder()
                                .name("remote")
                                .build());
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "publish");
                job.setDefinition(new CpsFlowDefinition(
                        "node('remote') {\n" + writePack("my-pack", "sample", "1.0.0")
                                + "def packs = publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox)
                                + ", palette: " + palette(palette) + ")\n"
                                + "echo \"after the restart: ${packs[0].status} ${packs[0].paletteStatus}\"\n}",
                        true));
                WorkflowRun run = job.scheduleBuild2(0).waitForStart();
                palette.requests().await(PaletteSandbox.listsRegistries(), Duration.ofSeconds(60));
                run.save();
                PublishFixture.assertNowhereBelow(jenkins.jenkins.getRootDir().toPath(), List.of(palette.apiKey()));
            });
            palette.clearFaults();
            sessions.then(jenkins -> {
                agents.start(jenkins, "remote");
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("publish", WorkflowJob.class)
                        .getLastBuild();

                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));

                jenkins.assertLogContains("after the restart: PUBLISHED LISTED", run);
            });
        }
    }
}
