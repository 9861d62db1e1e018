package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The build step of freestyle jobs. It has no symbol: {@code publishSpectroPack} is the Pipeline step, which returns what it
 * published. Variables are expanded here and nowhere else, since in a Pipeline Groovy does so.
 */
@Restricted(NoExternalUse.class)
public final class SpectroPackBuilder extends Builder implements SimpleBuildStep, PublishOptions {

    private final PublishParameters parameters;

    /**
     * Makes the build step.
     *
     * @param packs a pack's folder in the workspace, or an Ant pattern of folders
     */
    @DataBoundConstructor
    public SpectroPackBuilder(String packs) {
        parameters = new PublishParameters(packs);
    }

    @Override
    public PublishParameters parameters() {
        return parameters;
    }

    @DataBoundSetter
    public void setRegistry(@CheckForNull PackRegistry registry) {
        parameters.registry(registry);
    }

    @DataBoundSetter
    public void setPalette(@CheckForNull PaletteChoice palette) {
        parameters.palette(palette);
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        parameters.name(name);
    }

    @DataBoundSetter
    public void setVersion(@CheckForNull String version) {
        parameters.version(version);
    }

    @DataBoundSetter
    public void setIfExists(@CheckForNull String ifExists) {
        parameters.ifExists(ifExists);
    }

    @DataBoundSetter
    public void setValidation(@CheckForNull String validation) {
        parameters.validation(validation);
    }

    @DataBoundSetter
    public void setUnstableOnWarnings(boolean unstableOnWarnings) {
        parameters.unstableOnWarnings(unstableOnWarnings);
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        parameters.dryRun(dryRun);
    }

    @DataBoundSetter
    public void setParallel(int parallel) {
        parameters.parallel(parallel);
    }

    @Override
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars env,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        PublishParameters expanded = parameters;
        if (run instanceof AbstractBuild<?, ?> build) {
            EnvVars variables = new EnvVars(env);
            variables.overrideAll(build.getBuildVariables());
            expanded = parameters.expand(value -> value == null ? null : variables.expand(value));
        }
        new BuildPublication(expanded, run, workspace, listener, false).publish();
    }

    /** Describes {@link SpectroPackBuilder}. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> implements PublishForm {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PublishForm_displayName();
        }
    }
}
