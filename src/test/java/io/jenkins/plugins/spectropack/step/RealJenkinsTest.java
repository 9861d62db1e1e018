package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_KEY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_REGISTRY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.palette;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.FakePaletteRegistry;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The packaged plugin in a Jenkins process of its own, where every plugin has its own class loader, with an inbound agent. */
class RealJenkinsTest {

    @RegisterExtension
    private final RealJenkinsExtension extension = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @Test
    void inboundAgentPublishes() throws Throwable {
        try (EcrSandbox sandbox = EcrSandbox.builder().start();
                PaletteSandbox palette = PaletteSandbox.start()) {
            FakePaletteRegistry registry = palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme");
            extension.startJenkins();
            agents.createAgent(
                    extension,
                    InboundAgentExtension.Options.newBuilder().name("remote").build());
            String script = "node('remote') {\n" + PublishFixture.writePack("my-pack", "sample", "1.0.0")
                    + "def packs = publishSpectroPack(packs: 'my-pack', registry: " + PublishFixture.ecr(sandbox)
                    + ", palette: " + palette(palette, "wait: false") + ")\n"
                    + "echo \"result: ${packs*.status} ${packs*.paletteStatus}\"\n}";

            extension.runRemotely(
                    RealJenkinsTest::publish,
                    sandbox.accessKeyId(),
                    sandbox.secretAccessKey(),
                    palette.apiKey(),
                    script);

            assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
            assertThat(registry.syncs()).isEqualTo(1);
        }
    }

    /** Runs in the Jenkins process, which cannot see the classes of the sandbox. */
    private static void publish(
            JenkinsRule jenkins, String accessKeyId, String secretAccessKey, String apiKey, String script)
            throws Throwable {
        addPaletteKey(jenkins.jenkins, PALETTE_KEY, apiKey);
        addCredential(jenkins.jenkins, CREDENTIAL, accessKeyId, secretAccessKey);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.assertLogContains("result: [PUBLISHED] [NOT_CHECKED]", jenkins.buildAndAssertSuccess(job));
    }
}
