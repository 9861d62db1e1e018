package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a job does with Palette once its packs are published. Holds ids of credentials only, never an API key. */
@Restricted(NoExternalUse.class)
public abstract class PaletteChoice extends AbstractDescribableImpl<PaletteChoice>
        implements ExtensionPoint, Serializable {

    private static final long serialVersionUID = 1L;

    /** What is asked of Palette; null to leave it alone. Runs on the controller. */
    @CheckForNull
    abstract PaletteSettings settings();

    /** The same choice with variables in its settings expanded, for jobs that have no other way to do so. */
    abstract PaletteChoice expand(UnaryOperator<String> variables);

    /** What a choice is called. */
    public abstract static class PaletteChoiceDescriptor extends Descriptor<PaletteChoice> {}
}
