package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Defaults for jobs that are set in one place: Jenkins or a folder. */
@Restricted(NoExternalUse.class)
public interface DefaultValues {

    /** The registry; null where none is set. */
    @CheckForNull
    PackRegistry getRegistry();

    /**
     * What is asked of Palette; null where nothing is set. No getter: a form takes the type of a property from its getter, and
     * would take this one's for the more special one of a class.
     */
    @CheckForNull
    PaletteChoice paletteChoice();

    /** What is done with a version that has other content, in capitals; null where nothing is set. */
    @CheckForNull
    String getIfExists();

    /** Where they are set, within a sentence. */
    String where();
}
