package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The registry is never added to Palette: what a form sends where nothing is chosen. Jobs do not store it, but nothing
 * ({@link RegistryReader#chosen}).
 */
@Restricted(NoExternalUse.class)
public final class NoReader extends RegistryReader {

    private static final long serialVersionUID = 1L;

    /** Has no settings. */
    @DataBoundConstructor
    public NoReader() {}

    @Override
    ReadAccess access(Run<?, ?> run) {
        throw new UnsupportedOperationException("Nothing reads");
    }

    @Override
    RegistryReader expand(Variables variables) {
        return this;
    }

    @Override
    boolean isNone() {
        return true;
    }

    /** Describes {@link NoReader}. */
    @Extension(ordinal = 4)
    @Symbol("noRegistration")
    public static final class DescriptorImpl extends RegistryReaderDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NoReader_displayName();
        }
    }
}
