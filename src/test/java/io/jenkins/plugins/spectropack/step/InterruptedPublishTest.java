package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.log;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.registry;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Slave;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.time.Duration;
import java.util.function.Predicate;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is known of a run that somebody stops, or that loses its agent, half-way through its packs. */
@WithJenkins
class InterruptedPublishTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Predicate<Request> UPLOADS_SECOND = Match.registry("PUT", "/second/blobs/uploads/");

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    private Slave agent;
    private PlannedFault stall;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
        agent = rule.createOnlineSlave();
        // The first pack goes through; the second waits for an answer for ever.
        stall = sandbox.fault(UPLOADS_SECOND, Fault.stall());
    }

    private WorkflowJob publishing() throws Exception {
        return pipeline(
                jenkins,
                "node('" + agent.getNodeName() + "') {\n"
                        + writePack("packs/1", "first", "1.0.0")
                        + writePack("packs/2", "second", "1.0.0")
                        + writePack("packs/3", "third", "1.0.0")
                        + "def packs = publishSpectroPack(packs: 'packs/*', parallel: 1, registry: " + ecr(sandbox)
                        + ")\necho \"ended: ${packs*.status}\"\n}");
    }

    private void assertFirstIsKept(Run<?, ?> run) throws Exception {
        PublishedPacksAction action = run.getAction(PublishedPacksAction.class);
        assertThat(action.getPacks())
                .extracting(PublishedPack::getName, PublishedPack::getStatus)
                .containsExactly(tuple("first", "PUBLISHED"));
        assertThat(jenkins.createWebClient().getPage(run).asNormalizedText()).contains("1 published");
        assertThat(jenkins.getJSON(run.getUrl() + "spectro-packs/rows")
                        .getJSONObject()
                        .toString())
                .contains("first", "PUBLISHED");
        assertThat(jenkins.getJSON(run.getUrl() + "api/json?tree=actions[packs]")
                        .getJSONObject()
                        .toString())
                .contains("\"name\":\"first\"");
        jenkins.assertLogContains("1 of 3 packs were published before the build was aborted.", run);
        jenkins.assertLogNotContains("\tat ", run);
        jenkins.assertLogNotContains("InterruptedException", run);
    }

    @Test
    void abortedPipelineKeepsWhatWasPublished() throws Exception {
        WorkflowRun run = publishing().scheduleBuild2(0).waitForStart();
        sandbox.requests().await(UPLOADS_SECOND, LIMIT);

        run.doStop();

        assertFirstIsKept(jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run)));
    }

    @Test
    void abortedFreestyleBuildKeepsWhatWasPublished() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(agent);
        writePack(agent.getWorkspaceFor(job).child("packs/1"), "first", "1.0.0");
        writePack(agent.getWorkspaceFor(job).child("packs/2"), "second", "1.0.0");
        writePack(agent.getWorkspaceFor(job).child("packs/3"), "third", "1.0.0");
        SpectroPackBuilder builder = new SpectroPackBuilder("packs/*");
        builder.setRegistry(registry(sandbox));
        builder.setParallel(1);
        job.getBuildersList().add(builder);
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        sandbox.requests().await(UPLOADS_SECOND, LIMIT);

        build.doStop();

        assertFirstIsKept(jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build)));
    }

    @Test
    void abortWhileTheAgentIsAwayIsQuiet() throws Exception {
        WorkflowRun run = publishing().scheduleBuild2(0).waitForStart();
        sandbox.requests().await(UPLOADS_SECOND, LIMIT);
        agent.getChannel().close();
        jenkins.waitForMessage("Waiting for the agent to come back.", run);

        run.doStop();

        assertFirstIsKept(jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run)));
        jenkins.assertLogContains("1 of 3 packs were published before the agent was lost.", run);
    }

    @Test
    void whatWasSentBeforeTheAgentWasLostCountsAsPublishedOnce() throws Exception {
        WorkflowRun run = publishing().scheduleBuild2(0).waitForStart();
        sandbox.requests().await(UPLOADS_SECOND, LIMIT);
        stall.release();
        agent.getChannel().close();
        jenkins.waitForMessage("Waiting for the agent to come back.", run);
        agent.toComputer().connect(false).get();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        assertThat(log(run)).contains("ended: [PUBLISHED, PUBLISHED, PUBLISHED]");
        assertThat(run.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getName, PublishedPack::getStatus)
                .containsExactly(
                        tuple("first", "PUBLISHED"), tuple("second", "PUBLISHED"), tuple("third", "PUBLISHED"));
    }
}
