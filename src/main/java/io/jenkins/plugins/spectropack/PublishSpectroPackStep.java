package io.jenkins.plugins.spectropack;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.pack.Validation;
import io.jenkins.plugins.spectropack.publish.IfExists;
import io.jenkins.plugins.spectropack.publish.PublishRequest;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The Pipeline step {@code publishSpectroPack}. Returns a list of
 * {@link io.jenkins.plugins.spectropack.publish.PublishedPack}.
 */
@Restricted(NoExternalUse.class)
public final class PublishSpectroPackStep extends Step implements PublishOptions, Serializable {

    private static final long serialVersionUID = 1L;

    private final String packs;
    private PackRegistry registry;
    private String name;
    private String version;
    private IfExists ifExists;
    private Validation validation = Validation.STANDARD;
    private boolean dryRun;
    private int parallel = PublishRequest.DEFAULT_PARALLEL;

    /**
     * Makes the step.
     *
     * @param packs a pack's folder in the workspace, or an Ant pattern of folders
     */
    @DataBoundConstructor
    public PublishSpectroPackStep(String packs) {
        this.packs = Util.fixNull(packs).strip();
    }

    @Override
    public String getPacks() {
        return packs;
    }

    @CheckForNull
    @Override
    public PackRegistry getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(@CheckForNull PackRegistry registry) {
        this.registry = DefaultRegistry.orNull(registry);
    }

    @CheckForNull
    @Override
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @CheckForNull
    @Override
    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(@CheckForNull String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    @CheckForNull
    @Override
    public String getIfExists() {
        return ifExists == null ? null : ifExists.name();
    }

    @DataBoundSetter
    public void setIfExists(@CheckForNull String ifExists) {
        this.ifExists = PublishForm.constant(IfExists.class, "ifExists", ifExists);
    }

    @NonNull
    @Override
    public String getValidation() {
        return validation.name();
    }

    @DataBoundSetter
    public void setValidation(@CheckForNull String validation) {
        Validation level = PublishForm.constant(Validation.class, "validation", validation);
        this.validation = level == null ? Validation.STANDARD : level;
    }

    @Override
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public int getParallel() {
        return parallel;
    }

    @DataBoundSetter
    public void setParallel(int parallel) {
        this.parallel = Math.max(1, parallel);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, this);
    }

    /** The running step. After a restart of the controller it starts over, which is safe because publishing is idempotent. */
    private static final class Execution extends GeneralNonBlockingStepExecution {

        private static final long serialVersionUID = 1L;
        private static final long MILLIS_BETWEEN_LOOKS = 1000;

        private final PublishSpectroPackStep step;

        Execution(StepContext context, PublishSpectroPackStep step) {
            super(context);
            this.step = step;
        }

        @Override
        public boolean start() {
            run(() -> publish(getContext().get(FilePath.class)));
            return false;
        }

        @Override
        public void onResume() {
            run(() -> {
                FilePath workspace = awaitAgent();
                getContext().get(TaskListener.class).getLogger().println(Messages.PublishSpectroPackStep_resumed());
                publish(workspace);
            });
        }

        @Override
        public boolean blocksRestart() {
            return false;
        }

        /** The enclosing {@code node} block gives up, and stops this step, if the agent does not come back. */
        private FilePath awaitAgent() throws InterruptedException {
            while (true) {
                try {
                    FilePath workspace = getContext().get(FilePath.class);
                    if (workspace != null) {
                        return workspace;
                    }
                } catch (IOException e) {
                    // The agent is not connected again yet.
                }
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        }

        private void publish(FilePath workspace) throws IOException, InterruptedException {
            StepContext context = getContext();
            try {
                context.onSuccess(new Publication(
                                step, context.get(Run.class), workspace, context.get(TaskListener.class))
                        .publish());
            } catch (AbortException e) {
                context.get(FlowNode.class)
                        .addOrReplaceAction(new WarningAction(Result.FAILURE).withMessage(e.getMessage()));
                throw e;
            }
        }
    }

    /** Describes {@link PublishSpectroPackStep}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        /** Both doors have one form; its help stands with the build step. */
        public DescriptorImpl() {
            for (String field : SpectroPackBuilder.DescriptorImpl.FIELDS) {
                addHelpFileRedirect(field, SpectroPackBuilder.class, field);
            }
        }

        @Override
        public String getFunctionName() {
            return "publishSpectroPack";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SpectroPackBuilder_displayName();
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

        /** The choices for {@code ifExists}. */
        @POST
        public ListBoxModel doFillIfExistsItems() {
            return PublishForm.ifExistsItemsWithDefault();
        }

        /** The choices for {@code validation}. */
        @POST
        public ListBoxModel doFillValidationItems() {
            return PublishForm.validationItems();
        }

        /** Checks that folders are named. Looks at no file. */
        @POST
        public FormValidation doCheckPacks(@QueryParameter String value) {
            return PublishForm.checkPacks(value);
        }

        /** Checks that a number is one. */
        @POST
        public FormValidation doCheckParallel(@QueryParameter String value) {
            return PublishForm.checkParallel(value);
        }
    }
}
