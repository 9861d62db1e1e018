package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/** Palette is left alone, even if the global configuration has a default: {@code noPalette()}. */
@Restricted(NoExternalUse.class)
public final class NoPalette extends PaletteChoice {

    private static final long serialVersionUID = 1L;

    /** Has no settings. */
    @DataBoundConstructor
    public NoPalette() {}

    @Override
    public Optional<PaletteTarget> connect(Run<?, ?> run, boolean startsOver) {
        return Optional.empty();
    }

    @Override
    public boolean failsBuild() {
        return false;
    }

    @Override
    public PaletteChoice expand(Variables variables) {
        return this;
    }

    /** Describes {@link NoPalette}. */
    @Extension(ordinal = 1)
    @Symbol("noPalette")
    public static final class DescriptorImpl extends PaletteChoiceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.NoPalette_displayName();
        }
    }
}
