package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * The default of the job's folders or of Jenkins: what a form sends where nothing is chosen. Jobs do not store it, but nothing
 * ({@link PaletteChoice#chosen}).
 */
@Restricted(NoExternalUse.class)
public final class DefaultPalette extends PaletteChoice {

    private static final long serialVersionUID = 1L;

    /** Means whatever the default is when it is asked. */
    @DataBoundConstructor
    public DefaultPalette() {}

    @Override
    public PaletteChoice inForce(Item job) {
        DefaultValues place = Defaults.palettePlace(job);
        return place == null ? new NoPalette() : place.paletteChoice();
    }

    @Override
    public Optional<PaletteTarget> connect(Run<?, ?> run, boolean startsOver) throws AbortException {
        return inForce(run.getParent()).connect(run, startsOver);
    }

    @Override
    public boolean failsBuild() throws AbortException {
        return inForce(null).failsBuild();
    }

    @Override
    public PaletteChoice expand(Variables variables) {
        return this;
    }

    @Override
    boolean isDefault() {
        return true;
    }

    /** Describes {@link DefaultPalette}. */
    @Extension(ordinal = 3)
    @Symbol("defaultPalette")
    public static final class DescriptorImpl extends PaletteChoiceDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DefaultPalette_displayName();
        }

        /** What the default is at present, in a sentence for the form. */
        @NonNull
        public String getPresent() {
            DefaultValues place = Defaults.palettePlace(Defaults.configured());
            return place != null && place.paletteChoice() instanceof PaletteSettings settings
                    ? Messages.DefaultPalette_present(settings.getRegistryName(), settings.getUrl(), place.where())
                    : Messages.DefaultPalette_none(
                            place == null ? Messages.SpectroPackGlobalConfiguration_where() : place.where());
        }
    }
}
