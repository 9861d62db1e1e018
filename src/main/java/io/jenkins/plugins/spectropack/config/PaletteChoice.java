package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import java.io.Serializable;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a job does with Palette once its packs are published. Holds ids of credentials only, never an API key. */
@Restricted(NoExternalUse.class)
public abstract class PaletteChoice extends AbstractDescribableImpl<PaletteChoice>
        implements ExtensionPoint, Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Adds the API key. Runs on the controller; the credential's use is recorded.
     *
     * @param startsOver whether the packs may be new in the registry though this time nothing is sent
     * @return what is asked of Palette; empty to leave it alone
     * @throws AbortException with a sentence if the key cannot be had or a value cannot be right
     */
    public abstract Optional<PaletteTarget> connect(Run<?, ?> run, boolean startsOver) throws AbortException;

    /** The choice that is in force for a job: this one, or the default where it stands for that. */
    public PaletteChoice inForce(Item job) {
        return this;
    }

    /**
     * Whether the build fails if something is wrong with Palette, instead of becoming unstable.
     *
     * @throws AbortException with a sentence if the choice means nothing
     */
    public abstract boolean failsBuild() throws AbortException;

    /** The same choice with variables in its settings expanded, for jobs that have no other way to do so. */
    public abstract PaletteChoice expand(Variables variables);

    /** The choice to store; null where a form was left at the default. */
    @CheckForNull
    public static PaletteChoice chosen(@CheckForNull PaletteChoice choice) {
        return choice == null || choice.isDefault() ? null : choice;
    }

    /** Whether it stands for the default of the global configuration. */
    boolean isDefault() {
        return false;
    }

    /** What a choice is called. */
    public abstract static class PaletteChoiceDescriptor extends Descriptor<PaletteChoice> {}
}
