package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
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
 * The build step of freestyle jobs that copies packs. It has no symbol: {@code copySpectroPacks} is the Pipeline step, which returns
 * what became of the packs.
 */
@Restricted(NoExternalUse.class)
public final class SpectroPackCopyBuilder extends Builder implements SimpleBuildStep {

    private final CopyParameters parameters;

    /**
     * Makes the step.
     *
     * @param packs which ones: {@code NAME:VERSION}, {@code NAME} for all versions of a pack, or {@code *} for all packs
     */
    @DataBoundConstructor
    public SpectroPackCopyBuilder(String packs) {
        parameters = new CopyParameters(packs);
    }

    /** Which packs are copied. */
    public String getPacks() {
        return parameters.packs();
    }

    /** Where the packs are; null for the default of the global configuration. */
    @CheckForNull
    public PackRegistry getFrom() {
        return parameters.from();
    }

    @DataBoundSetter
    public void setFrom(@CheckForNull PackRegistry from) {
        parameters.from(from);
    }

    /** Where they go; null for the default of the global configuration. */
    @CheckForNull
    public PackRegistry getTo() {
        return parameters.to();
    }

    @DataBoundSetter
    public void setTo(@CheckForNull PackRegistry to) {
        parameters.to(to);
    }

    /** What to do with Palette once the packs are copied; null for the default of the global configuration. */
    @CheckForNull
    public PaletteChoice getPalette() {
        return parameters.palette();
    }

    @DataBoundSetter
    public void setPalette(@CheckForNull PaletteChoice palette) {
        parameters.palette(palette);
    }

    /** What to do if the target has a version with other content; null for the default of the global configuration. */
    @CheckForNull
    public String getIfExists() {
        return parameters.ifExists();
    }

    @DataBoundSetter
    public void setIfExists(@CheckForNull String ifExists) {
        parameters.ifExists(ifExists);
    }

    /** Whether to do all but change the target. */
    public boolean isDryRun() {
        return parameters.dryRun();
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        parameters.dryRun(dryRun);
    }

    /** How many packs are copied at once. */
    public int getParallel() {
        return parameters.parallel();
    }

    @DataBoundSetter
    public void setParallel(int parallel) {
        parameters.parallel(parallel);
    }

    /** Whether the log has details. */
    public boolean isVerbose() {
        return parameters.verbose();
    }

    @DataBoundSetter
    public void setVerbose(boolean verbose) {
        parameters.verbose(verbose);
    }

    @Override
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars env,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        Works.perform(parameters, run, workspace, env, listener);
    }

    /** Describes {@link SpectroPackCopyBuilder}. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> implements CopyForm {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CopyForm_displayName();
        }
    }
}
