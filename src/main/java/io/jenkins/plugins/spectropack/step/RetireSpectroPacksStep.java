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
 * The Pipeline step {@code retireSpectroPacks}. Returns a list of
 * {@link io.jenkins.plugins.spectropack.engine.publish.RetiredPack}.
 */
@Restricted(NoExternalUse.class)
public final class RetireSpectroPacksStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RetireParameters parameters = new RetireParameters();

    /** Makes the step. */
    @DataBoundConstructor
    public RetireSpectroPacksStep() {}

    /** Which versions go or are looked at: {@code NAME:VERSION}, or {@code NAME} for all versions of a pack; empty for all packs. */
    public String getPacks() {
        return parameters.packs();
    }

    @DataBoundSetter
    public void setPacks(@CheckForNull String packs) {
        parameters.packs(packs);
    }

    /** Where the packs are; null for the default of the global configuration. */
    @CheckForNull
    public PackRegistry getRegistry() {
        return parameters.registry();
    }

    @DataBoundSetter
    public void setRegistry(@CheckForNull PackRegistry registry) {
        parameters.registry(registry);
    }

    /** Who is asked what is used and stays; null for the default of the global configuration. */
    @CheckForNull
    public PaletteChoice getPalette() {
        return parameters.palette();
    }

    @DataBoundSetter
    public void setPalette(@CheckForNull PaletteChoice palette) {
        parameters.palette(palette);
    }

    /** How many versions of each pack stay, the newest ones; null if that does not count. */
    @CheckForNull
    public Integer getKeepNewest() {
        return parameters.keepNewest();
    }

    @DataBoundSetter
    public void setKeepNewest(@CheckForNull Integer keepNewest) {
        parameters.keepNewest(keepNewest);
    }

    /** How many days ago what goes was pushed at least; null if that does not count. */
    @CheckForNull
    public Integer getOlderThanDays() {
        return parameters.olderThanDays();
    }

    @DataBoundSetter
    public void setOlderThanDays(@CheckForNull Integer olderThanDays) {
        parameters.olderThanDays(olderThanDays);
    }

    /** Whether it is only said what would go, as it is unless that is switched off. */
    public boolean isDryRun() {
        return parameters.dryRun();
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        parameters.dryRun(dryRun);
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

    /** Describes {@link RetireSpectroPacksStep}. */
    @Extension
    public static final class DescriptorImpl extends WorkStepDescriptor implements RetireForm {

        @Override
        public String getFunctionName() {
            return "retireSpectroPacks";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RetireForm_displayName();
        }
    }
}
