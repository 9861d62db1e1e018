package io.jenkins.plugins.spectropack.step;

import io.jenkins.plugins.spectropack.Messages;
import io.jenkins.plugins.spectropack.config.DefaultPalette;
import io.jenkins.plugins.spectropack.config.DefaultRegistry;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.PublishRequest;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The build step of freestyle jobs. It has no symbol: {@code publishSpectroPack} is the Pipeline step, which returns what it
 * published. Variables are expanded here and nowhere else, since in a Pipeline Groovy does so.
 */
@Restricted(NoExternalUse.class)
public final class SpectroPackBuilder extends Builder implements SimpleBuildStep, PublishOptions {

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
     * Makes the build step.
     *
     * @param packs a pack's folder in the workspace, or an Ant pattern of folders
     */
    @DataBoundConstructor
    public SpectroPackBuilder(String packs) {
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
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars env,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        PublishOptions options = this;
        if (run instanceof AbstractBuild<?, ?> build) {
            EnvVars variables = new EnvVars(env);
            variables.overrideAll(build.getBuildVariables());
            options = expand(value -> value == null ? null : variables.expand(value));
        }
        new Publication(options, run, workspace, listener, false).publish();
    }

    private SpectroPackBuilder expand(UnaryOperator<String> variables) {
        SpectroPackBuilder expanded = new SpectroPackBuilder(variables.apply(packs));
        expanded.setRegistry(registry == null ? null : registry.expand(variables));
        expanded.setPalette(palette == null ? null : palette.expand(variables));
        expanded.setName(variables.apply(name));
        expanded.setVersion(variables.apply(version));
        expanded.setIfExists(variables.apply(ifExists));
        expanded.setValidation(variables.apply(validation));
        expanded.unstableOnWarnings = unstableOnWarnings;
        expanded.dryRun = dryRun;
        expanded.parallel = parallel;
        return expanded;
    }

    /** Describes {@link SpectroPackBuilder}. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        /** The fields of the form that both doors share. */
        static final List<String> FIELDS = List.of(
                "packs",
                "registry",
                "palette",
                "name",
                "version",
                "ifExists",
                "validation",
                "unstableOnWarnings",
                "dryRun",
                "parallel");

        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SpectroPackBuilder_displayName();
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
