package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import hudson.EnvVars;
import hudson.model.Node;
import hudson.model.Slave;
import hudson.slaves.WorkspaceList;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Hundreds of steps, half of which fail in each way that there is, leave neither threads nor open files nor temporary folders. */
@WithJenkins
class SoakTest {

    /** Of twelve steps each: six that succeed, and one for each way to fail. */
    private static final int ROUNDS_OF_A_BUILD = 5;

    /** Builds on each side; ten are the 600 steps, and a hundred of each way to fail on both sides together. */
    private static final int BUILDS = Integer.getInteger("spectropack.soak", 1);

    private static final Duration SETTLES = Duration.ofMinutes(3);
    private static final String THREADS = "threads";
    private static final String FILES = "open files";
    private static final String FOLDERS = "temporary files and folders";
    private static final List<String> OURS = List.of(
            "thread HTTP request",
            "thread HTTP abort",
            "thread AWS request",
            "thread AWS credentials",
            "thread Spectro pack",
            "thread sdk-");
    private static final String STS = "aws.endpointUrlSts";

    private JenkinsRule jenkins;
    private EcrRegistry.DescriptorImpl form;

    @Started
    private EcrSandbox sandbox;

    @TempDir
    private Path folder;

    /** What a Java process holds, by kind; threads by name too. The fakes of servers are part of the test's own process. */
    private static final class Holdings extends MasterToSlaveCallable<TreeMap<String, Long>, IOException> {
        private static final long serialVersionUID = 1L;

        private final String workspaceTemporary;

        Holdings(String workspaceTemporary) {
            this.workspaceTemporary = workspaceTemporary;
        }

        @Override
        public TreeMap<String, Long> call() throws IOException {
            System.gc();
            TreeMap<String, Long> held = new TreeMap<>();
            Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name ->
                            !name.matches("pool-\\d+-thread-\\d+|HTTP-Dispatcher|.*[Ww]orkflow.*|.*Jetty.*|qtp.*"))
                    .forEach(name -> {
                        held.merge(THREADS, 1L, Long::sum);
                        held.merge("thread " + name.replaceAll("\\d+", "#"), 1L, Long::sum);
                    });
            held.put(
                    FILES,
                    ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                            .getOpenFileDescriptorCount());
            held.put(
                    FOLDERS, count(Path.of(System.getProperty("java.io.tmpdir"))) + count(Path.of(workspaceTemporary)));
            return held;
        }

        private static long count(Path folder) throws IOException {
            if (!Files.exists(folder)) {
                return 0;
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.count();
            }
        }
    }

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        form = rule.jenkins.getDescriptorByType(EcrRegistry.DescriptorImpl.class);
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
        addCredential(rule.jenkins, "denied", sandbox.accessKeyId(), "wrong");
        String property = PublishFixture.hasty().get("JAVA_TOOL_OPTIONS").replace("-D" + Limits.PROPERTY + "=", "");
        System.setProperty(Limits.PROPERTY, property);
        System.setProperty(STS, sandbox.iam().endpoint().toString());
    }

    @AfterEach
    void stop() {
        System.clearProperty(Limits.PROPERTY);
        System.clearProperty(STS);
    }

    /** Each publishes the same packs; a repository of its own for each round, so that something is sent. */
    private String script(String node) {
        String registry = ecr(sandbox);
        String good = "publishSpectroPack(packs: 'my-pack', registry: "
                + registry.replace("'acme'", "\"acme-${env.JOB_NAME}-${env.BUILD_NUMBER}-${i}\"") + ")";
        return "def fails(String why, Closure step) {\n"
                + "  boolean failed = false\n"
                + "  try { step() } catch (e) { failed = true; if (!\"${e.message}\".contains(why)) { throw e } }\n"
                + "  if (!failed) { error(\"expected: ${why}\") }\n"
                + "}\n"
                + "node('" + node + "') {\n"
                + writePack("my-pack", "sample", "1.0.0")
                + writePack("bad", "Bad", "1.0.0")
                + "for (int i = 0; i < " + ROUNDS_OF_A_BUILD + "; i++) {\n"
                + fails(
                        "no connection to 127.0.0.1:1",
                        registry.replaceFirst("endpoint: '[^']*'", "endpoint: 'http://127.0.0.1:1'"))
                + good + "\n"
                + fails("GetAuthorizationToken failed", registry.replace(CREDENTIAL, "denied"))
                + good + "\n"
                + fails("The account id is 999999999999", ecr(sandbox, "accountId: '999999999999'"))
                + good + "\n"
                + fails("1 pack is invalid", registry).replace("my-pack", "bad")
                + good + "\n"
                + fails("cut the connection off", registry.replace("'acme'", "'cut'"))
                + good + "\n"
                + "fails('enough') { parallel(failFast: true, waits: { publishSpectroPack(packs: 'my-pack', registry: "
                + registry.replace("'acme'", "'stalled'")
                + ") }, stops: { sleep(time: 300, unit: 'MILLISECONDS'); error('enough') }) }\n"
                + good + "\n"
                + "}\n}";
    }

    private static String fails(String why, String registry) {
        return "fails('" + why + "') { publishSpectroPack(packs: 'my-pack', registry: " + registry + ") }\n";
    }

    private void build(WorkflowJob job, int builds) throws Exception {
        for (int i = 0; i < builds; i++) {
            PlannedFault cut = sandbox.fault(Match.registry("POST", "/cut/.*/blobs/uploads/"), Fault.cut());
            PlannedFault stalled = sandbox.fault(Match.registry("POST", "/stalled/.*/blobs/uploads/"), Fault.stall());
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            cut.release();
            stalled.release();
            sandbox.clearFaults();
            assertThat(PublishFixture.log(run).stream().filter(line -> line.startsWith("1 pack: 1 published")))
                    .as("a new repository each")
                    .hasSize(ROUNDS_OF_A_BUILD);
        }
    }

    /** What the buttons of forms do. */
    private void testConnections(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertFails(CREDENTIAL, "", "http://127.0.0.1:1");
            assertFails("denied", "", sandbox.endpoint().toString());
            assertFails(CREDENTIAL, "999999999999", sandbox.endpoint().toString());
        }
    }

    private void assertFails(String credential, String account, String endpoint) throws Exception {
        assertThat(form.doTestConnection(null, "acme", "us-east-1", credential, "", "", account, endpoint).kind)
                .isEqualTo(FormValidation.Kind.ERROR);
    }

    private static Map<String, Long> holdings(Node node, WorkflowJob job) throws Exception {
        return node.getChannel()
                .call(new Holdings(
                        WorkspaceList.tempDir(node.getWorkspaceFor(job)).getRemote()));
    }

    /** Of what the plugin and the AWS SDK start nothing is left at all; of the rest no more than there was. */
    private static boolean isNoMore(Map<String, Long> now, Map<String, Long> before) {
        return Stream.of(THREADS, FILES, FOLDERS).allMatch(kind -> now.get(kind) <= before.get(kind))
                && now.keySet().stream().noneMatch(kind -> OURS.stream().anyMatch(kind::startsWith));
    }

    /** Pools end idle threads after a minute, connections that were cut a moment later; what leaks never goes. */
    private void assertNoMoreThan(Map<String, Long> before, Node node, WorkflowJob job) throws Exception {
        long end = System.nanoTime() + SETTLES.toNanos();
        Map<String, Long> now = holdings(node, job);
        while (!isNoMore(now, before) && System.nanoTime() < end) {
            Thread.sleep(1000);
            now = holdings(node, job);
        }
        assertThat(isNoMore(now, before))
                .as("before: " + before + "\nafter: " + now)
                .isTrue();
    }

    @Test
    void nothingIsLeftOfStepsWhetherTheyFailOrNot() throws Exception {
        EnvVars environment = PublishFixture.hasty();
        environment.put(
                "JAVA_TOOL_OPTIONS",
                environment.get("JAVA_TOOL_OPTIONS") + " -Djava.io.tmpdir=" + folder + " -D" + STS + "="
                        + sandbox.iam().endpoint());
        Slave agent = jenkins.createOnlineSlave(null, environment);
        WorkflowJob onAgent = pipeline(jenkins, script(agent.getNodeName()));
        WorkflowJob onController = pipeline(jenkins, script("built-in"));
        // Classes, thread pools and caches that come with first use are no leak.
        build(onAgent, 1);
        build(onController, 1);
        testConnections(2);
        Map<String, Long> agentBefore = holdings(agent, onAgent);
        Map<String, Long> controllerBefore = holdings(jenkins.jenkins, onController);

        build(onAgent, BUILDS);
        build(onController, BUILDS);
        testConnections(BUILDS * ROUNDS_OF_A_BUILD);

        assertNoMoreThan(agentBefore, agent, onAgent);
        assertNoMoreThan(controllerBefore, jenkins.jenkins, onController);
    }
}
