package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What forms, snippets and Job DSL read of the Pipeline step and of the build step. The setters stand in the two classes, because
 * Stapler does not find setters of interfaces.
 */
@Restricted(NoExternalUse.class)
public interface PublishOptions {

    /** All of them as they are stored. */
    PublishParameters parameters();

    /** A pack's folder in the workspace, or an Ant pattern of folders. */
    default String getPacks() {
        return parameters().packs();
    }

    /** Where to publish; null for the default of the global configuration. */
    @CheckForNull
    default PackRegistry getRegistry() {
        return parameters().registry();
    }

    /** What to do with Palette once the packs are published; null for the default of the global configuration. */
    @CheckForNull
    default PaletteChoice getPalette() {
        return parameters().palette();
    }

    /** The name that {@code pack.json} must have; null for any. */
    @CheckForNull
    default String getName() {
        return parameters().name();
    }

    /** The version that {@code pack.json} must have; null for any. */
    @CheckForNull
    default String getVersion() {
        return parameters().version();
    }

    /** What to do if the version is there with other content; null for the default of the global configuration. */
    @CheckForNull
    default String getIfExists() {
        return parameters().ifExists();
    }

    /** How strictly packs are checked. */
    @NonNull
    default String getValidation() {
        return parameters().validation();
    }

    /** Whether warnings about packs make the build unstable. */
    default boolean isUnstableOnWarnings() {
        return parameters().unstableOnWarnings();
    }

    /** Whether to do all but change the registry. */
    default boolean isDryRun() {
        return parameters().dryRun();
    }

    /** How many packs are published at once. */
    default int getParallel() {
        return parameters().parallel();
    }
}
