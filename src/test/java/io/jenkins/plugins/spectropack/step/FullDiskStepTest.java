package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.registry;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Disks of an agent or of the controller that are really full, or that nothing can be written to. */
@WithJenkins
class FullDiskStepTest {

    private static final int PACK_BYTES = 6 * 1024 * 1024;

    private final Deque<Path> mounts = new ArrayDeque<>();

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    private Slave agent;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        assumeTrue(
                mount("-t", "tmpfs", "-o", "size=64k", "none", folder), "This machine lets nobody mount a file system");
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
        agent = rule.createOnlineSlave();
    }

    @AfterEach
    void unmount() throws Exception {
        while (!mounts.isEmpty()) {
            assertThat(run("umount", "-l", mounts.pop().toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Mounts something on a folder, the last of the arguments, until the test ends. */
    private boolean mount(Object... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("mount"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            Path where = (Path) arguments[arguments.length - 1];
            Files.createDirectories(where);
            if (run(command.toArray(String[]::new)) != 0) {
                return false;
            }
            mounts.push(where);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private WorkflowJob publishing(String more) throws Exception {
        return pipeline(
                jenkins,
                "node('" + agent.getNodeName() + "') {\npublishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox)
                        + more + ")\n}");
    }

    private static Path path(FilePath file) {
        return Path.of(file.getRemote());
    }

    private Path workspace(WorkflowJob job) {
        return path(agent.getWorkspaceFor(job));
    }

    private void writeBigPack(FilePath workspace) throws Exception {
        writePack(workspace.child("my-pack"), "sample", "1.0.0");
        byte[] big = new byte[PACK_BYTES];
        new Random(1).nextBytes(big);
        try (OutputStream out = workspace.child("my-pack/big.bin").write()) {
            out.write(big);
        }
    }

    private WorkflowRun fails(WorkflowJob job, String... sentences) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        for (String sentence : sentences) {
            assertThat(run.getLog(Integer.MAX_VALUE)).as(sentence).anyMatch(line -> line.matches(sentence));
        }
        jenkins.assertLogNotContains("null", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(sandbox.requests().count(Match.manifestPut())).isZero();
        return run;
    }

    @Test
    void fullDiskOfAnAgentIsNoObstacleToPublishing() throws Exception {
        WorkflowJob job = publishing("");
        // Workspace and its temporary folder lie side by side, on a disk that the pack fills more than half of.
        mount("-t", "tmpfs", "-o", "size=8m", "none", workspace(job).getParent());
        writeBigPack(agent.getWorkspaceFor(job));

        publishes(job);
    }

    @Test
    void agentNeedsNoTemporaryFolderToPublish() throws Exception {
        WorkflowJob job = publishing("");
        writeBigPack(agent.getWorkspaceFor(job));
        // A file is where the folder would be.
        Path inTheWay = Files.createFile(path(WorkspaceList.tempDir(agent.getWorkspaceFor(job))));

        publishes(job);

        assertThat(inTheWay).isEmptyFile();
    }

    private void publishes(WorkflowJob job) throws Exception {
        jenkins.assertLogContains("sample:1.0.0: PUBLISHED", jenkins.buildAndAssertSuccess(job));
        assertThat(sandbox.tags("acme/spectro-packs/archive/sample")).containsKey("1.0.0");
    }

    @Test
    void workspaceThatCannotBeWrittenIsNoObstacleToPublishingButToWhatIsWrittenThere() throws Exception {
        WorkflowJob job = publishing(", sarif: 'findings.sarif'");
        writeBigPack(agent.getWorkspaceFor(job));
        mount("--bind", "-o", "ro", workspace(job), workspace(job));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("sample:1.0.0: PUBLISHED", run);
        jenkins.assertLogContains(
                "ERROR: The findings could not be written to findings.sarif: Read-only file system."
                        + " Give sarif the name of a file in the workspace.",
                run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(run.getAction(PublishedPacksAction.class).getPacks()).hasSize(1);
    }

    @Test
    void bundleOnAFullDiskIsNamedAndNothingHalfDoneIsLeft() throws Exception {
        WorkflowJob job = pipeline(
                jenkins,
                "node('" + agent.getNodeName()
                        + "') {\npublishSpectroPack(packs: 'my-pack', registry: bundle('out/packs.tar'))\n}");
        writeBigPack(agent.getWorkspaceFor(job));
        Path out = workspace(job).resolve("out");
        mount("-t", "tmpfs", "-o", "size=2m", "none", out);

        fails(job, "ERROR: .*out/packs\\.tar.*No space left on device.*");

        assertThat(out).isEmptyDirectory();
    }

    @Test
    void controllerThatCannotSaveTheResultIsTold() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(agent);
        FilePath workspace = agent.getWorkspaceFor(job);
        writePack(workspace.child("my-pack"), "sample", "1.0.0");
        for (String file : List.of("values.yaml", "manifests/config.yaml")) {
            workspace.child("my-pack/" + file).write("a: 1\n".repeat(120), "UTF-8");
        }
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        builder.setRegistry(registry(sandbox));
        job.getBuildersList().add(builder);
        // The log fits, what is kept of 200 findings does not.
        mount("-t", "tmpfs", "-o", "size=40k", "none", job.getBuildDir().toPath());

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("sample:1.0.0: PUBLISHED", build);
        jenkins.assertLogContains("ERROR: Jenkins could not save what was done: No space left on device.", build);
        jenkins.assertLogContains("running again sends nothing", build);
        jenkins.assertLogNotContains("\tat io.jenkins.plugins.spectropack", build);
        assertThat(sandbox.tags("acme/spectro-packs/archive/sample")).containsKey("1.0.0");

        unmount();
        FreeStyleBuild again = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("sample:1.0.0: UNCHANGED", again);
    }
}
