package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The Pipeline step {@code validateSpectroPacks}, which sends nothing and needs no credential. Returns a list of
 * {@link io.jenkins.plugins.spectropack.engine.publish.PackFinding}.
 */
@Restricted(NoExternalUse.class)
public final class ValidateSpectroPacksStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ValidateParameters parameters;

    /**
     * Makes the step.
     *
     * @param packs a pack's folder in the workspace, or an Ant pattern of folders
     */
    @DataBoundConstructor
    public ValidateSpectroPacksStep(String packs) {
        parameters = new ValidateParameters(packs);
    }

    /** A pack's folder in the workspace, or an Ant pattern of folders. */
    public String getPacks() {
        return parameters.packs();
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

    /** The file in the workspace that gets the findings as SARIF; null for none. */
    @CheckForNull
    public String getSarif() {
        return parameters.sarif();
    }

    @DataBoundSetter
    public void setSarif(@CheckForNull String sarif) {
        parameters.sarif(sarif);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new WorkExecution(context, parameters);
    }

    /** Describes {@link ValidateSpectroPacksStep}. */
    @Extension
    public static final class DescriptorImpl extends WorkStepDescriptor implements ValidateForm {

        @Override
        public String getFunctionName() {
            return "validateSpectroPacks";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ValidateForm_displayName();
        }
    }
}
