package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The Pipeline step {@code listSpectroPacks}. Returns a list of
 * {@link io.jenkins.plugins.spectropack.engine.publish.ListedPack}.
 */
@Restricted(NoExternalUse.class)
public final class ListSpectroPacksStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ListParameters parameters = new ListParameters();

    /** Makes the step. */
    @DataBoundConstructor
    public ListSpectroPacksStep() {}

    /** Which packs are listed: {@code NAME:VERSION}, or {@code NAME} for all versions of a pack; empty for all packs. */
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

    /** Describes {@link ListSpectroPacksStep}. */
    @Extension
    public static final class DescriptorImpl extends WorkStepDescriptor implements ListForm {

        @Override
        public String getFunctionName() {
            return "listSpectroPacks";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ListForm_displayName();
        }
    }
}
