package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Faults as the Pipeline step shows them; all others are tried at the command line's door. */
@WithJenkins
class FaultsStepTest {

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
    }

    private WorkflowJob publishing(Slave agent) throws Exception {
        return pipeline(
                jenkins,
                "node('" + agent.getNodeName() + "') {\npublishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox)
                        + ")\n}");
    }

    private static FilePath pack(Slave agent, WorkflowJob job) throws Exception {
        FilePath pack = agent.getWorkspaceFor(job).child("my-pack");
        writePack(pack, "sample", "1.0.0");
        return pack;
    }

    @Test
    void retriesAreLinesOfTheBuildLogAndLeaveNothing() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        WorkflowJob job = publishing(agent);
        pack(agent, job);
        FilePath temporary = WorkspaceList.tempDir(agent.getWorkspaceFor(job));
        sandbox.fault(2, Match.uploadContent(), Fault.cutRequestBody());

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        assertThat(PublishFixture.log(run).stream().filter(line -> line.contains("Trying again in")))
                .hasSize(2)
                .allMatch(line -> line.startsWith("Uploading a blob to " + REPOSITORY + " failed: "
                        + sandbox.registryHost() + " cut the connection off (PUT). Trying again in "))
                .anyMatch(line -> line.endsWith("(retry 2 of 5)."));
        assertThat(temporary.list()).isEmpty();
    }

    @Test
    void abortEndsTheWaitForARetry() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        WorkflowJob job = publishing(agent);
        pack(agent, job);
        sandbox.fault(Match.uploadStart(), Fault.tooManyRequests(Duration.ofHours(1)));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Trying again in 20.0 s (retry 1 of 5).", run);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        jenkins.assertLogNotContains("(retry 2 of 5)", run);
        assertThat(sandbox.requests().count(Match.uploadStart())).isEqualTo(1);
        assertThat(sandbox.tags(REPOSITORY)).isEmpty();
    }

    @Test
    void registryThatFallsSilentEndsTheStep() throws Exception {
        Limits limits = new Limits(
                Duration.ofMinutes(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                1,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMinutes(1),
                Duration.ofMillis(20));
        Slave agent = jenkins.createOnlineSlave(
                null, new EnvVars("JAVA_TOOL_OPTIONS", "-D" + Limits.PROPERTY + "=" + limits.toProperty()));
        WorkflowJob job = publishing(agent);
        FilePath pack = pack(agent, job);
        sandbox.fault(Match.uploadStart(), Fault.stall());

        WorkflowRun silent = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(
                "ERROR: sample:1.0.0 was not published: Starting an upload to " + REPOSITORY + " failed: "
                        + sandbox.registryHost() + ": no answer within 2 s (POST).",
                silent);

        sandbox.clearFaults();
        sandbox.fault(Match.uploadContent(), Fault.stallRequestBody());
        byte[] big = new byte[24 * 1024 * 1024];
        new Random(1).nextBytes(big);
        try (OutputStream stream = pack.child("big.bin").write()) {
            stream.write(big);
        }

        WorkflowRun stalled = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("no data was taken for 2 s (PUT).", stalled);
        jenkins.assertLogNotContains("\tat ", stalled);
        sandbox.clearFaults();
        sandbox.fault(Match.manifestPut(), Fault.stall());

        WorkflowRun unanswered = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(
                "ERROR: sample:1.0.0 was not published: Tagging " + REPOSITORY + ":1.0.0 failed: "
                        + sandbox.registryHost() + ": no answer within 2 s (PUT).",
                unanswered);
        assertThat(WorkspaceList.tempDir(agent.getWorkspaceFor(job)).list()).isEmpty();
    }

    @Test
    void hostilePackFailsTheBuildAndNothingIsSent() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        WorkflowJob job = publishing(agent);
        FilePath pack = pack(agent, job);
        pack.child("leak").symlinkTo("../../secret", jenkins.createTaskListener());
        agent.getWorkspaceFor(job).child("../secret").write("secret", "UTF-8");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains(
                "ERROR my-pack/leak: The link leads out of the pack, to ../../secret."
                        + " Replace it by the file, or by a relative link within the pack.",
                run);
        jenkins.assertLogContains("ERROR: 1 pack is invalid. Nothing was sent.", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(sandbox.requests().all()).isEmpty();
    }
}
