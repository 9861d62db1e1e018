package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Slave;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds of two jobs, on an agent each, that publish the same pack in the same moment. */
@WithJenkins
class TwoBuildsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Started
    private EcrSandbox sandbox;

    @Test
    void bothSucceedWithOneDigest(JenkinsRule jenkins) throws Exception {
        addCredential(jenkins.jenkins, CREDENTIAL, sandbox);
        PlannedFault gate = sandbox.fault(Match.manifestPut(), Fault.stall());
        List<WorkflowRun> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Slave agent = jenkins.createOnlineSlave();
            runs.add(pipeline(
                            jenkins,
                            "node('" + agent.getNodeName() + "') {\n" + writePack("my-pack", "sample", "1.0.0")
                                    + "publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox)
                                    + ")\n}")
                    .scheduleBuild2(0)
                    .waitForStart());
        }
        long end = System.nanoTime() + LIMIT.toNanos();
        while (gate.hits() < 2 && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        // Both have sent all blobs, and neither has a tag.
        assertThat(gate.hits()).isEqualTo(2);
        assertThat(sandbox.tags(REPOSITORY)).isEmpty();

        gate.release();

        List<PublishedPack> packs = new ArrayList<>();
        for (WorkflowRun run : runs) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            packs.addAll(run.getAction(PublishedPacksAction.class).getPacks());
        }
        assertThat(packs).extracting(PublishedPack::getStatus).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(packs)
                .extracting(PublishedPack::getDigest)
                .containsOnly(sandbox.tags(REPOSITORY).get("1.0.0"));
    }
}
