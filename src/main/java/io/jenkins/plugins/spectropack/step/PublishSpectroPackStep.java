package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The Pipeline step {@code publishSpectroPack}. Returns a list of
 * {@link io.jenkins.plugins.spectropack.engine.publish.PublishedPack}.
 */
@Restricted(NoExternalUse.class)
public final class PublishSpectroPackStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final PublishParameters parameters;

    /**
     * Makes the step.
     *
     * @param packs a pack's folder in the workspace, or an Ant pattern of folders
     */
    @DataBoundConstructor
    public PublishSpectroPackStep(String packs) {
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
    public StepExecution start(StepContext context) {
        return new WorkExecution(context, parameters);
    }

    /** Describes {@link PublishSpectroPackStep}. */
    @Extension
    public static final class DescriptorImpl extends WorkStepDescriptor implements PublishForm {

        @Override
        public String getFunctionName() {
            return "publishSpectroPack";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PublishForm_displayName();
        }
    }
}
