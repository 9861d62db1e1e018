package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Defaults for all jobs, under Manage Jenkins, System; {@code unclassified: spectroPack:} in configuration as code. */
@Extension
@Symbol("spectroPack")
@Restricted(NoExternalUse.class)
public class SpectroPackGlobalConfiguration extends GlobalConfiguration implements DefaultValues {

    private PackRegistry registry;
    private PaletteSettings palette;
    private IfExists ifExists;

    /** Reads what was saved. */
    public SpectroPackGlobalConfiguration() {
        load();
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.SpectroPackGlobalConfiguration_displayName();
    }

    /** The one that is in force. */
    public static SpectroPackGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(SpectroPackGlobalConfiguration.class);
    }

    /** The registry of jobs that name none; null if there is no default. */
    @Override
    @CheckForNull
    public PackRegistry getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(@CheckForNull PackRegistry registry) {
        this.registry = PackRegistry.chosen(registry);
        save();
    }

    /** What is asked of Palette by jobs that do not say what to do with it; null to leave it alone. */
    @CheckForNull
    public PaletteSettings getPalette() {
        return palette;
    }

    @Override
    @CheckForNull
    public PaletteChoice paletteChoice() {
        return palette;
    }

    @DataBoundSetter
    public void setPalette(@CheckForNull PaletteSettings palette) {
        this.palette = palette;
        save();
    }

    /** What jobs do that do not say it; null for {@code FAIL}. */
    @Override
    @CheckForNull
    public String getIfExists() {
        return ifExists == null ? null : ifExists.name();
    }

    @DataBoundSetter
    public void setIfExists(@CheckForNull String ifExists) {
        this.ifExists = Choices.parse(IfExists.class, "ifExists", ifExists);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        if (!form.has("palette")) {
            // A form sends nothing for a block that is not ticked.
            palette = null;
        }
        return super.configure(request, form);
    }

    @Override
    public String where() {
        return Messages.SpectroPackGlobalConfiguration_where();
    }

    /** The choices for {@code ifExists}. */
    @POST
    public ListBoxModel doFillIfExistsItems() {
        return Choices.ifExists();
    }
}
