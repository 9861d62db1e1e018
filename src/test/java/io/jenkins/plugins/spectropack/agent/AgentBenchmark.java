package io.jenkins.plugins.spectropack.agent;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;

import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.remoting.Channel;
import hudson.remoting.Command;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Measures what an agent that has never seen the plugin waits for, and one that comes back: {@code cli/benchmark agent} runs it, in a
 * Jenkins where every plugin has its own class loader. Not among the tests, since it asserts nothing of the time. Its agents have a
 * home, and with it a cache of jars, of their own.
 */
class AgentBenchmark {

    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1e6;

    @RegisterExtension
    private final RealJenkinsExtension extension = new RealJenkinsExtension();

    @TempDir
    private Path homes;

    @Test
    void tellsWhatFirstAndSecondPublishOfAgentCost() throws Throwable {
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            extension.startJenkins();
            System.out.print(extension.runRemotely(
                    Measured::all,
                    sandbox.accessKeyId(),
                    sandbox.secretAccessKey(),
                    "publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox) + ")\n",
                    homes.toString()));
        }
    }

    /** Runs in the Jenkins process. */
    private static final class Measured {

        private final JenkinsRule rule;
        private final String publish;
        private final StringBuilder table = new StringBuilder();

        private Measured(JenkinsRule rule, String publish) {
            this.rule = rule;
            this.publish = publish;
        }

        static String all(JenkinsRule rule, String accessKeyId, String secretAccessKey, String publish, String homes)
                throws Throwable {
            addCredential(rule.jenkins, CREDENTIAL, accessKeyId, secretAccessKey);
            Measured measured = new Measured(rule, publish);
            measured.agent("other", homes + "/other");
            // The controller itself has loaded everything now.
            measured.table.setLength(0);
            measured.agent("fresh", homes + "/home");
            measured.agent("returning", homes + "/home");
            return measured.table.toString();
        }

        private void agent(String name, String home) throws Exception {
            Slave agent = rule.createSlave(name, new EnvVars("JAVA_TOOL_OPTIONS", "-Duser.home=" + home));
            rule.waitOnline(agent);
            measure(name, agent, "shell step", "sh 'true'\n");
            measure(name, agent, "first publish", writePack("my-pack", "sample", "1.0.0") + publish);
            measure(name, agent, "second publish", writePack("my-pack", "sample", "1.0.1") + publish);
            agent.toComputer().disconnect(null).get();
        }

        private void measure(String name, Slave agent, String what, String steps) throws Exception {
            AtomicLong sent = new AtomicLong();
            Channel.Listener count = new Channel.Listener() {
                @Override
                public void onWrite(Channel channel, Command cmd, long blockSize) {
                    sent.addAndGet(blockSize);
                }
            };
            AgentLoad before = AgentLoad.of(agent);
            ((Channel) agent.getChannel()).addListener(count);
            long begin = System.nanoTime();
            rule.buildAndAssertStatus(
                    Result.SUCCESS, pipeline(rule, "node('" + agent.getNodeName() + "') {\n" + steps + "}"));
            double seconds = (System.nanoTime() - begin) / NANOS;
            ((Channel) agent.getChannel()).removeListener(count);
            AgentLoad load = AgentLoad.of(agent).minus(before);
            table.append(String.format(
                    Locale.ROOT,
                    "  %-10s %-15s %6.2f s  %5d classes loaded  %5d requests for classes  %6.2f MB sent%n",
                    name,
                    what,
                    seconds,
                    load.classes(),
                    load.requests(),
                    sent.get() / MEGABYTE));
        }
    }
}
