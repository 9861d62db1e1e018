package io.jenkins.plugins.spectropack.result;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.spectropack.engine.publish.ForgedResults;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** When a build is saved, and when no longer. */
@WithJenkins
class SavedBuildTest {

    /** Stands for a step that has many packs end at once: the first is saved, and the others are to be saved later. */
    static final class FastStep extends TestBuilder {
        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws IOException {
            List<PublishedPack> packs = List.of(ForgedResults.pack("first"), ForgedResults.pack("second"));
            StepRecorder recorder = new StepRecorder(build, null);
            packs.forEach(recorder::ended);
            recorder.ended(ForgedResults.published(packs, List.of()));
            return true;
        }
    }

    @Test
    void deletedBuildDoesNotComeBack(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new FastStep());
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        build.delete();

        // What was to be saved after a second would be saved by now.
        Timer.get().schedule(() -> {}, 2, TimeUnit.SECONDS).get();
        assertThat(build.getRootDir()).doesNotExist();
    }
}
