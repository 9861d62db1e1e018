package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What Palette itself reads a registry with, once the registry has been added there. Holds ids of credentials only, never a
 * secret.
 */
@Restricted(NoExternalUse.class)
public abstract class RegistryReader extends AbstractDescribableImpl<RegistryReader>
        implements ExtensionPoint, Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Adds the secret. Runs on the controller; the credential's use is recorded.
     *
     * @throws AbortException with a sentence if the secret cannot be had or a value cannot be right
     */
    abstract ReadAccess access(Run<?, ?> run) throws AbortException;

    /** The same with variables in its settings expanded, for jobs that have no other way to do so. */
    abstract RegistryReader expand(Variables variables);

    /** The one to store; null where a form was left at never adding the registry. */
    @CheckForNull
    static RegistryReader chosen(@CheckForNull RegistryReader reader) {
        return reader == null || reader.isNone() ? null : reader;
    }

    /** Whether it stands for never adding the registry. */
    boolean isNone() {
        return false;
    }

    /** What a way to read is called. */
    public abstract static class RegistryReaderDescriptor extends Descriptor<RegistryReader> {}
}
