package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Finds the defaults that a group of jobs holds. Folders are those of a plugin that need not be there. */
@Restricted(NoExternalUse.class)
public interface DefaultsOfGroup extends ExtensionPoint {

    /** The values of a group itself, not of those above it; null if it holds none. */
    @CheckForNull
    DefaultValues of(ItemGroup<?> group);
}
