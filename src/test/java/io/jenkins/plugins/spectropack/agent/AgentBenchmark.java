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
import java.io.File;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Measures what an agent that has never seen the plugin waits for: {@code cli/benchmark agent} runs it. Not among the tests, since
 * it asserts nothing of the time. Its agent has a home, and with it a cache of jars, of its own.
 */
@WithJenkins
class AgentBenchmark {

    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1e6;

    @TempDir
    private Path home;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger jars = new AtomicInteger();

    private final class Count extends Channel.Listener {
        @Override
        public void onWrite(Channel channel, Command cmd, long blockSize) {
            sent.addAndGet(blockSize);
        }

        @Override
        public void onJar(Channel channel, File jar) {
            jars.incrementAndGet();
        }
    }

    @Test
    void tellsWhatFirstAndSecondPublishOfAgentCost(JenkinsRule rule) throws Exception {
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            addCredential(rule.jenkins, CREDENTIAL, sandbox);
            // The controller itself has loaded everything then.
            Slave other = rule.createOnlineSlave();
            measure(rule, other, writePack("my-pack", "sample", "0.9.0") + publish(sandbox));
            Slave agent = rule.createSlave("fresh", new EnvVars("JAVA_TOOL_OPTIONS", "-Duser.home=" + home));
            rule.waitOnline(agent);
            ((Channel) agent.getChannel()).addListener(new Count());
            tell("shell step", measure(rule, agent, "sh 'true'\n"));
            tell("first publish", measure(rule, agent, writePack("my-pack", "sample", "1.0.0") + publish(sandbox)));
            tell("second publish", measure(rule, agent, writePack("my-pack", "sample", "1.0.1") + publish(sandbox)));
        }
    }

    private static String publish(EcrSandbox sandbox) {
        return "publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox) + ")\n";
    }

    private record Cost(double seconds, long classes) {}

    private Cost measure(JenkinsRule rule, Slave agent, String steps) throws Exception {
        sent.set(0);
        jars.set(0);
        long classes = agent.getChannel().call(new AgentClassesTest.LoadedClasses());
        long begin = System.nanoTime();
        rule.buildAndAssertStatus(
                Result.SUCCESS, pipeline(rule, "node('" + agent.getNodeName() + "') {\n" + steps + "}"));
        double seconds = (System.nanoTime() - begin) / NANOS;
        return new Cost(seconds, agent.getChannel().call(new AgentClassesTest.LoadedClasses()) - classes);
    }

    private void tell(String what, Cost cost) {
        System.out.println(String.format(
                Locale.ROOT,
                "  %-16s %6.2f s  %5d classes loaded  %3d jars and %6.2f MB sent",
                what,
                cost.seconds(),
                cost.classes(),
                jars.get(),
                sent.get() / MEGABYTE));
    }
}
