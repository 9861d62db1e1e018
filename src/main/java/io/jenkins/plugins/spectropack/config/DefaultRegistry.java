package io.jenkins.plugins.spectropack.config;

import io.jenkins.plugins.spectropack.Messages;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.function.UnaryOperator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * What a form sends where no registry is chosen. It is never kept: whoever is given one stores null, which means the default
 * registry of the global configuration.
 */
@Restricted(NoExternalUse.class)
public final class DefaultRegistry extends PackRegistry {

    private static final long serialVersionUID = 1L;

    /** Chooses nothing. */
    @DataBoundConstructor
    public DefaultRegistry() {}

    /** The registry, or null if it stands for none. */
    @CheckForNull
    static PackRegistry orNull(@CheckForNull PackRegistry registry) {
        return registry instanceof DefaultRegistry ? null : registry;
    }

    @Override
    RegistryConnection connect(Run<?, ?> run, TaskListener listener) throws AbortException {
        throw new AbortException(Messages.DefaultRegistry_none());
    }

    @Override
    PackRegistry expand(UnaryOperator<String> variables) {
        return this;
    }

    /** Describes {@link DefaultRegistry}. */
    @Extension(ordinal = 1)
    public static final class DescriptorImpl extends PackRegistryDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DefaultRegistry_displayName();
        }
    }
}
