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
 * The Pipeline step {@code copySpectroPacks}. Returns a list of
 * {@link io.jenkins.plugins.spectropack.engine.publish.PublishedPack}.
 */
@Restricted(NoExternalUse.class)
public final class CopySpectroPacksStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final CopyParameters parameters;

    /**
     * Makes the step.
     *
     * @param packs which ones: {@code NAME:VERSION}, {@code NAME} for all versions of a pack, or {@code *} for all packs
     */
    @DataBoundConstructor
    public CopySpectroPacksStep(String packs) {
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
    public StepExecution start(StepContext context) {
        return new WorkExecution(context, parameters);
    }

    /** Describes {@link CopySpectroPacksStep}. */
    @Extension
    public static final class DescriptorImpl extends WorkStepDescriptor implements CopyForm {

        @Override
        public String getFunctionName() {
            return "copySpectroPacks";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CopyForm_displayName();
        }
    }
}
