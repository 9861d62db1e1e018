package io.jenkins.plugins.spectropack.agent;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import jenkins.security.MasterToSlaveCallable;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each class that an agent lacks is asked for through its channel, so their number is what a first publish waits for. */
@WithJenkins
class AgentClassesTest {

    /** With those of Java itself. About 5,000 are loaded; another HTTP client or JSON library would be a thousand more. */
    private static final int ENOUGH_FOR_A_PUBLISH = 5_800;

    /** How many classes the agent's Java has loaded since it started. */
    static final class LoadedClasses extends MasterToSlaveCallable<Long, IOException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
        }
    }

    private JenkinsRule jenkins;
    private EcrSandbox sandbox;
    private Slave agent;

    private long classesOf(String version) throws Exception {
        long before = agent.getChannel().call(new LoadedClasses());
        jenkins.buildAndAssertStatus(
                Result.SUCCESS,
                pipeline(
                        jenkins,
                        "node('" + agent.getNodeName() + "') {\n" + writePack("my-pack", "sample", version)
                                + "publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox) + ")\n}"));
        return agent.getChannel().call(new LoadedClasses()) - before;
    }

    @Test
    void firstPublishOfAnAgentLoadsNoMoreClassesThanItNeedsAndTheNextAlmostNone(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (EcrSandbox started = EcrSandbox.builder().start()) {
            sandbox = started;
            addCredential(rule.jenkins, CREDENTIAL, sandbox);
            agent = rule.createOnlineSlave();

            assertThat(classesOf("1.0.0")).isBetween(1_000L, (long) ENOUGH_FOR_A_PUBLISH);
            assertThat(classesOf("1.0.1")).isLessThan(100);
        }
    }
}
