package io.jenkins.plugins.spectropack;

import static io.jenkins.plugins.spectropack.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.PublishFixture.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
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
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            extension.startJenkins();
            agents.createAgent(
                    extension,
                    InboundAgentExtension.Options.newBuilder().name("remote").build());
            String script = "node('remote') {\n" + PublishFixture.writePack("my-pack", "sample", "1.0.0")
                    + "def packs = publishSpectroPack(packs: 'my-pack', registry: " + PublishFixture.ecr(sandbox)
                    + ")\n"
                    + "echo \"result: ${packs*.status}\"\n}";

            extension.runRemotely(RealJenkinsTest::publish, sandbox.accessKeyId(), sandbox.secretAccessKey(), script);

            assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
        }
    }

    /** Runs in the Jenkins process, which cannot see the classes of the sandbox. */
    private static void publish(JenkinsRule jenkins, String accessKeyId, String secretAccessKey, String script)
            throws Throwable {
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new AWSCredentialsImpl(
                                CredentialsScope.GLOBAL, CREDENTIAL, accessKeyId, secretAccessKey, "for tests"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.assertLogContains("result: [PUBLISHED]", jenkins.buildAndAssertSuccess(job));
    }
}
