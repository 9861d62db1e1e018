package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What jobs do that do not say it themselves: each setting as the nearest folder has it that has it at all, else as Jenkins has it.
 * Where a job is asked for, null means Jenkins as a whole. Runs on the controller.
 */
@Restricted(NoExternalUse.class)
public final class Defaults {

    private Defaults() {}

    /** The registry; null if there is none. */
    @CheckForNull
    public static PackRegistry registry(@CheckForNull Item job) {
        DefaultValues place = place(job, DefaultValues::getRegistry);
        return place == null ? null : place.getRegistry();
    }

    /** Where it is set what is asked of Palette; null if it is nowhere. */
    @CheckForNull
    static DefaultValues palettePlace(@CheckForNull Item job) {
        return place(job, DefaultValues::paletteChoice);
    }

    /**
     * What a job does with a version that has other content.
     *
     * @param chosen by the job itself; blank for nothing
     * @throws IllegalArgumentException with a sentence that names what is possible
     */
    public static IfExists ifExists(@CheckForNull String chosen, @CheckForNull Item job) {
        IfExists own = Choices.parse(IfExists.class, "ifExists", chosen);
        return own == null ? ifExists(job) : own;
    }

    /** What is done with a version that has other content. */
    public static IfExists ifExists(@CheckForNull Item job) {
        DefaultValues place = place(job, DefaultValues::getIfExists);
        IfExists set = place == null ? null : Choices.parse(IfExists.class, "ifExists", place.getIfExists());
        return set == null ? IfExists.FAIL : set;
    }

    /** The job or folder whose form is shown; null for a form of Jenkins itself. */
    @CheckForNull
    public static Item configured() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null ? null : request.findAncestorObject(Item.class);
    }

    @CheckForNull
    private static DefaultValues place(@CheckForNull Item job, Function<DefaultValues, Object> setting) {
        for (Item item = job; item != null; item = item.getParent() instanceof Item above ? above : null) {
            for (DefaultsOfGroup group : ExtensionList.lookup(DefaultsOfGroup.class)) {
                DefaultValues values = group.of(item.getParent());
                if (values != null && setting.apply(values) != null) {
                    return values;
                }
            }
        }
        DefaultValues jenkins = SpectroPackGlobalConfiguration.get();
        return setting.apply(jenkins) == null ? null : jenkins;
    }
}
