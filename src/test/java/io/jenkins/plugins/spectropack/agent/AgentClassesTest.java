package io.jenkins.plugins.spectropack.agent;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import hudson.model.Result;
import hudson.model.Slave;
import hudson.remoting.Channel;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each class that an agent has neither itself nor in a jar is asked for through its channel, and a first publish waits for it. */
@WithJenkins
class AgentClassesTest {

    /** With those of Java itself. About 5,000 are loaded; another HTTP client or JSON library would be a thousand more. */
    private static final long ENOUGH_FOR_A_PUBLISH = 5_800;

    /** About 350; without the libraries that are sent as a whole it is 1,200. */
    private static final long MOST_REQUESTS = 600;

    /** Jenkins' own monitors of an agent, which load a hundred, may run at any time. */
    private static final long FEW = 200;

    private JenkinsRule jenkins;
    private EcrSandbox sandbox;
    private Slave agent;

    private AgentLoad loadOf(String version) throws Exception {
        AgentLoad before = AgentLoad.of(agent);
        jenkins.buildAndAssertStatus(
                Result.SUCCESS,
                pipeline(
                        jenkins,
                        "node('" + agent.getNodeName() + "') {\n" + writePack("my-pack", "sample", version)
                                + "publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox) + ")\n}"));
        return AgentLoad.of(agent).minus(before);
    }

    @Test
    void firstPublishOfAnAgentLoadsNoMoreClassesThanItNeedsAndTheNextAlmostNone(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (EcrSandbox started = EcrSandbox.builder().start()) {
            sandbox = started;
            addCredential(rule.jenkins, CREDENTIAL, sandbox);
            agent = rule.createOnlineSlave();

            AgentLoad first = loadOf("1.0.0");
            AgentLoad second = loadOf("1.0.1");

            assertThat(first.classes()).isBetween(1_000L, ENOUGH_FOR_A_PUBLISH);
            assertThat(first.requests()).isLessThan(MOST_REQUESTS);
            assertThat(second.classes()).isLessThan(FEW);
        }
    }

    @Test
    void librariesThatCannotBeSentFailNothing(JenkinsRule rule) throws Exception {
        Channel lost = (Channel) rule.createOnlineSlave().getChannel();
        lost.close();

        assertThatCode(() -> Libraries.send(lost, true)).doesNotThrowAnyException();
    }
}
