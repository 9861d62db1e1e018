package io.jenkins.plugins.spectropack.step;

import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import edu.umd.cs.findbugs.annotations.CheckForNull;

/** What a user can say about a publication, in a Pipeline and in a job's form alike. */
interface PublishOptions {

    /** A pack's folder in the workspace, or an Ant pattern of folders. */
    String getPacks();

    /** Where to publish; null for the default of the global configuration. */
    @CheckForNull
    PackRegistry getRegistry();

    /** What to do with Palette once the packs are published; null for the default of the global configuration. */
    @CheckForNull
    PaletteChoice getPalette();

    /** The name that {@code pack.json} must have; null for any. */
    @CheckForNull
    String getName();

    /** The version that {@code pack.json} must have; null for any. */
    @CheckForNull
    String getVersion();

    /** What to do if the version is there with other content; null for the default of the global configuration. */
    @CheckForNull
    String getIfExists();

    /** How strictly packs are checked. */
    String getValidation();

    /** Whether warnings about packs make the build unstable. */
    boolean isUnstableOnWarnings();

    /** Whether to do all but change the registry. */
    boolean isDryRun();

    /** How many packs are published at once. */
    int getParallel();
}
