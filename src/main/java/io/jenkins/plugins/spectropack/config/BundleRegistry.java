package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.engine.registry.BundleTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An OCI image layout in the workspace, to be archived or carried to where no network goes: {@code bundle('packs.tar')}. */
@Restricted(NoExternalUse.class)
public final class BundleRegistry extends PackRegistry {

    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * Names a bundle.
     *
     * @param path a folder in the workspace, or a file there if it ends in {@code .tar}
     */
    @DataBoundConstructor
    public BundleRegistry(String path) {
        this.path = Util.fixNull(path).strip();
    }

    /** The folder or file in the workspace. */
    public String getPath() {
        return path;
    }

    @Override
    public PackRegistry expand(Variables variables) {
        return new BundleRegistry(variables.expand(path));
    }

    @Override
    public RegistryTarget connect(Run<?, ?> run, StepEnvironment environment, TaskListener listener)
            throws AbortException {
        try {
            return BundleTarget.of(path);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Describes {@link BundleRegistry}. */
    @Extension(ordinal = 1.2)
    @Symbol("bundle")
    public static final class DescriptorImpl extends PackRegistryDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BundleRegistry_displayName();
        }

        /** Checks the form of a path. Looks at no file. */
        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            return FieldChecks.checkRequired(value, BundleTarget::problem);
        }
    }
}
