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
 * The build step of freestyle jobs. It has no symbol: {@code publishSpectroPack} is the Pipeline step, which returns what it
 * published.
 */
@Restricted(NoExternalUse.class)
public final class SpectroPackBuilder extends Builder implements SimpleBuildStep {

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

    /** A pack's folder in the workspace, or an Ant pattern of folders. */
    public String getPacks() {
        return parameters.packs();
    }

    /** Where to publish; null for the default of the global configuration. */
    @CheckForNull
    public PackRegistry getRegistry() {
        return parameters.registry();
    }

    @DataBoundSetter
    public void setRegistry(@CheckForNull PackRegistry registry) {
        parameters.registry(registry);
    }

    /** What to do with Palette once the packs are published; null for the default of the global configuration. */
    @CheckForNull
    public PaletteChoice getPalette() {
        return parameters.palette();
    }

    @DataBoundSetter
    public void setPalette(@CheckForNull PaletteChoice palette) {
        parameters.palette(palette);
    }

    /** The name that {@code pack.json} must have; null for any. */
    @CheckForNull
    public String getName() {
        return parameters.name();
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        parameters.name(name);
    }

    /** The version that {@code pack.json} must have; null for any. */
    @CheckForNull
    public String getVersion() {
        return parameters.version();
    }

    @DataBoundSetter
    public void setVersion(@CheckForNull String version) {
        parameters.version(version);
    }

    /** What to do if the version is there with other content; null for the default of the global configuration. */
    @CheckForNull
    public String getIfExists() {
        return parameters.ifExists();
    }

    @DataBoundSetter
    public void setIfExists(@CheckForNull String ifExists) {
        parameters.ifExists(ifExists);
    }

    /** How strictly packs are checked. */
    @NonNull
    public String getValidation() {
        return parameters.validation();
    }

    @DataBoundSetter
    public void setValidation(@CheckForNull String validation) {
        parameters.validation(validation);
    }

    /** Whether warnings about packs make the build unstable. */
    public boolean isUnstableOnWarnings() {
        return parameters.unstableOnWarnings();
    }

    @DataBoundSetter
    public void setUnstableOnWarnings(boolean unstableOnWarnings) {
        parameters.unstableOnWarnings(unstableOnWarnings);
    }

    /** Whether to do all but change the registry. */
    public boolean isDryRun() {
        return parameters.dryRun();
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        parameters.dryRun(dryRun);
    }

    /** Whether the log has archives, new repositories and every warning, too. */
    public boolean isVerbose() {
        return parameters.verbose();
    }

    @DataBoundSetter
    public void setVerbose(boolean verbose) {
        parameters.verbose(verbose);
    }

    /** The file in the workspace that gets the findings as SARIF; null for none. */
    @CheckForNull
    public String getSarif() {
        return parameters.sarif();
    }

    @DataBoundSetter
    public void setSarif(@CheckForNull String sarif) {
        parameters.sarif(sarif);
    }

    /** How many packs are published at once. */
    public int getParallel() {
        return parameters.parallel();
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
        Works.perform(parameters, run, workspace, env, listener);
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
