package io.jenkins.plugins.spectropack.step;

import io.jenkins.plugins.spectropack.Messages;
import io.jenkins.plugins.spectropack.agent.AgentLostException;
import io.jenkins.plugins.spectropack.config.DefaultPalette;
import io.jenkins.plugins.spectropack.config.DefaultRegistry;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
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
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.PublishRequest;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
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
 * {@link io.jenkins.plugins.spectropack.engine.publish.PublishedPack}.
 */
@Restricted(NoExternalUse.class)
public final class PublishSpectroPackStep extends Step implements PublishOptions, Serializable {

    private static final long serialVersionUID = 1L;

    private final String packs;
    private PackRegistry registry;
    private PaletteChoice palette;
    private String name;
    private String version;
    private String ifExists;
    private String validation;
    private boolean unstableOnWarnings;
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
    public PaletteChoice getPalette() {
        return palette;
    }

    @DataBoundSetter
    public void setPalette(@CheckForNull PaletteChoice palette) {
        this.palette = DefaultPalette.orNull(palette);
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
        return ifExists;
    }

    @DataBoundSetter
    public void setIfExists(@CheckForNull String ifExists) {
        this.ifExists = PublishForm.constantName(ifExists);
    }

    @NonNull
    @Override
    public String getValidation() {
        return validation == null ? Validation.STANDARD.name() : validation;
    }

    @DataBoundSetter
    public void setValidation(@CheckForNull String validation) {
        String name = PublishForm.constantName(validation);
        this.validation = Validation.STANDARD.name().equals(name) ? null : name;
    }

    @Override
    public boolean isUnstableOnWarnings() {
        return unstableOnWarnings;
    }

    @DataBoundSetter
    public void setUnstableOnWarnings(boolean unstableOnWarnings) {
        this.unstableOnWarnings = unstableOnWarnings;
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

    /**
     * The running step. After a restart of the controller, or when the agent was away for a while, it starts over, which is
     * safe because publishing is idempotent.
     */
    private static final class Execution extends GeneralNonBlockingStepExecution {

        private static final long serialVersionUID = 1L;
        private static final Duration AWAY = Duration.ofMinutes(5);
        private static final long MILLIS_BETWEEN_LOOKS = 1000;

        private final PublishSpectroPackStep step;

        Execution(StepContext context, PublishSpectroPackStep step) {
            super(context);
            this.step = step;
        }

        @Override
        public boolean start() {
            run(() -> publish(false));
            return false;
        }

        @Override
        public void onResume() {
            run(() -> {
                getContext().get(TaskListener.class).getLogger().println(Messages.PublishSpectroPackStep_resumed());
                publish(true);
            });
        }

        @Override
        public boolean blocksRestart() {
            return false;
        }

        /**
         * Publishes, again and again while the agent goes away.
         *
         * @param resumed whether this has begun before
         */
        private void publish(boolean resumed) throws IOException, InterruptedException {
            StepContext context = getContext();
            Jenkins jenkins = Jenkins.get();
            TaskListener listener = context.get(TaskListener.class);
            Run<?, ?> build = context.get(Run.class);
            AgentLostException lost = null;
            long lostAt = 0;
            while (!jenkins.isTerminating()) {
                FilePath workspace = workspace();
                try {
                    if (workspace != null) {
                        Publication publication =
                                new Publication(step, build, workspace, listener, resumed || lost != null);
                        List<PublishedPack> packs = publication.publish();
                        if (publication.doubt() != null) {
                            warn(Result.UNSTABLE, publication.doubt());
                        }
                        context.onSuccess(packs);
                        return;
                    }
                } catch (AgentLostException e) {
                    if (lost == null) {
                        listener.getLogger().println(e.getMessage());
                        listener.getLogger().println(Messages.PublishSpectroPackStep_waiting());
                    }
                    lost = e;
                    lostAt = lostAt == 0 ? System.nanoTime() : lostAt;
                } catch (AbortException e) {
                    throw failed(e);
                }
                if (lost != null && System.nanoTime() - lostAt > AWAY.toNanos()) {
                    throw failed(lost);
                }
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            }
        }

        /** Null while the agent is not connected. If it never comes back, the enclosing {@code node} block stops this step. */
        @CheckForNull
        private FilePath workspace() throws InterruptedException {
            try {
                return getContext().get(FilePath.class);
            } catch (IOException e) {
                return null;
            }
        }

        private AbortException failed(AbortException e) throws IOException, InterruptedException {
            warn(Result.FAILURE, e.getMessage());
            return e;
        }

        private void warn(Result result, String message) throws IOException, InterruptedException {
            getContext().get(FlowNode.class).addOrReplaceAction(new WarningAction(result).withMessage(message));
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

        /** What the form shows where no registry is stored. */
        public PackRegistry.PackRegistryDescriptor registryDescriptor(@CheckForNull Object instance) {
            return PublishForm.registryDescriptor(instance);
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
