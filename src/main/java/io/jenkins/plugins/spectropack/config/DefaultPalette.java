package io.jenkins.plugins.spectropack.config;

import io.jenkins.plugins.spectropack.Messages;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import java.util.function.UnaryOperator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * What a form sends where nothing is chosen. It is never kept: whoever is given one stores null, which means the default of
 * the global configuration.
 */
@Restricted(NoExternalUse.class)
public final class DefaultPalette extends PaletteChoice {

    private static final long serialVersionUID = 1L;

    /** Chooses nothing. */
    @DataBoundConstructor
    public DefaultPalette() {}

    /** The choice, or null if it stands for none. */
    @CheckForNull
    static PaletteChoice orNull(@CheckForNull PaletteChoice choice) {
        return choice instanceof DefaultPalette ? null : choice;
    }

    @CheckForNull
    @Override
    PaletteSettings settings() {
        return SpectroPackGlobalConfiguration.get().getPalette();
    }

    @Override
    PaletteChoice expand(UnaryOperator<String> variables) {
        return this;
    }

    /** Describes {@link DefaultPalette}. */
    @Extension(ordinal = 3)
    public static final class DescriptorImpl extends PaletteChoiceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DefaultPalette_displayName();
        }

        /** What the default is at present, in a sentence for the form. */
        @NonNull
        public String getPresent() {
            PaletteSettings settings = SpectroPackGlobalConfiguration.get().getPalette();
            return settings == null
                    ? Messages.DefaultPalette_none()
                    : Messages.DefaultPalette_present(settings.getRegistryName(), settings.getUrl());
        }
    }
}
