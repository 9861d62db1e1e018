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
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The build step of freestyle jobs that checks packs and sends nothing. It has no symbol: that is the Pipeline step's. */
@Restricted(NoExternalUse.class)
public final class SpectroPackValidateBuilder extends Builder implements SimpleBuildStep {

    private final ValidateParameters parameters;

    /**
     * Makes the build step.
     *
     * @param packs a pack's folder in the workspace, or an Ant pattern of folders
     */
    @DataBoundConstructor
    public SpectroPackValidateBuilder(String packs) {
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
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars env,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        Works.perform(parameters, run, workspace, env, listener);
    }

    /** Describes {@link SpectroPackValidateBuilder}. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> implements ValidateForm {

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ValidateForm_displayName();
        }
    }
}
