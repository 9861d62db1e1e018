package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A kind of registry that a user can pick, with its settings. Holds ids of credentials only, never a secret. */
@Restricted(NoExternalUse.class)
public abstract class PackRegistry extends AbstractDescribableImpl<PackRegistry>
        implements ExtensionPoint, Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Adds the login. Runs on the controller; the credential's use is recorded.
     *
     * @param environment of the step, which may say what the registry leaves open
     * @throws AbortException with a sentence if the login cannot be had
     */
    public abstract RegistryTarget connect(Run<?, ?> run, StepEnvironment environment, TaskListener listener)
            throws AbortException;

    /** The same registry with variables in its settings expanded, for jobs that have no other way to do so. */
    public abstract PackRegistry expand(Variables variables);

    /** The registry to store; null where a form was left at the default. */
    @CheckForNull
    public static PackRegistry chosen(@CheckForNull PackRegistry registry) {
        return registry == null || registry.isDefault() ? null : registry;
    }

    /** Whether it stands for the default of the global configuration. */
    boolean isDefault() {
        return false;
    }

    /** What a kind of registry is called. */
    public abstract static class PackRegistryDescriptor extends Descriptor<PackRegistry> {}
}
