package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The default registry of the job's folders or of Jenkins: what a form sends where none is chosen. Jobs do not store it, but nothing
 * ({@link PackRegistry#chosen}).
 */
@Restricted(NoExternalUse.class)
public final class DefaultRegistry extends PackRegistry {

    private static final long serialVersionUID = 1L;

    /** Means whatever the default is when it is asked. */
    @DataBoundConstructor
    public DefaultRegistry() {}

    @Override
    public RegistryTarget connect(Run<?, ?> run, StepEnvironment environment, TaskListener listener)
            throws AbortException {
        PackRegistry registry = Defaults.registry(run.getParent());
        if (registry == null) {
            throw new AbortException(Messages.DefaultRegistry_none());
        }
        return registry.connect(run, environment, listener);
    }

    @Override
    public PackRegistry expand(Variables variables) {
        return this;
    }

    @Override
    boolean isDefault() {
        return true;
    }

    /** Describes {@link DefaultRegistry}. */
    @Extension(ordinal = 1)
    @Symbol("defaultRegistry")
    public static final class DescriptorImpl extends PackRegistryDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DefaultRegistry_displayName();
        }
    }
}
