package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
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
public final class PublishSpectroPackStep extends Step implements PublishOptions, Serializable {

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
    public StepExecution start(StepContext context) {
        return new PublishExecution(context, parameters);
    }

    /** Describes {@link PublishSpectroPackStep}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements PublishForm {

        @Override
        public String getFunctionName() {
            return "publishSpectroPack";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PublishForm_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, FlowNode.class, Run.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> arguments) {
            Object packs = arguments.get("packs");
            return packs == null ? null : packs.toString();
        }
    }
}
