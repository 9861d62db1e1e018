package io.jenkins.plugins.spectropack.config;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/**
 * Defaults for the jobs in a folder and in the folders below it, where the Folders plugin is there: {@code spectroPackDefaults} in Job
 * DSL. What is not set here is as the folder above has it, or Jenkins.
 */
@Restricted(NoExternalUse.class)
public final class SpectroPackFolderProperty extends AbstractFolderProperty<AbstractFolder<?>>
        implements DefaultValues {

    private PackRegistry registry;
    private PaletteChoice palette;
    private IfExists ifExists;

    /** Sets nothing yet. */
    @DataBoundConstructor
    public SpectroPackFolderProperty() {}

    @Override
    @CheckForNull
    public PackRegistry getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(@CheckForNull PackRegistry registry) {
        this.registry = PackRegistry.chosen(registry);
    }

    @CheckForNull
    public PaletteChoice getPalette() {
        return palette;
    }

    @Override
    @CheckForNull
    public PaletteChoice paletteChoice() {
        return palette;
    }

    @DataBoundSetter
    public void setPalette(@CheckForNull PaletteChoice palette) {
        this.palette = PaletteChoice.chosen(palette);
    }

    @Override
    @CheckForNull
    public String getIfExists() {
        return ifExists == null ? null : ifExists.name();
    }

    @DataBoundSetter
    public void setIfExists(@CheckForNull String ifExists) {
        this.ifExists = Choices.parse(IfExists.class, "ifExists", ifExists);
    }

    @Override
    public String where() {
        return Messages.SpectroPackFolderProperty_where(owner == null ? "" : owner.getFullDisplayName());
    }

    /** Finds what a folder holds. */
    @Extension(optional = true)
    public static final class Finder implements DefaultsOfGroup {

        @Override
        @CheckForNull
        public DefaultValues of(ItemGroup<?> group) {
            return group instanceof AbstractFolder<?> folder
                    ? folder.getProperties().get(SpectroPackFolderProperty.class)
                    : null;
        }
    }

    /** Describes {@link SpectroPackFolderProperty}. */
    @Extension(optional = true)
    @Symbol("spectroPackDefaults")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.SpectroPackGlobalConfiguration_displayName();
        }

        /** The choices for {@code ifExists}. */
        @POST
        public ListBoxModel doFillIfExistsItems() {
            ListBoxModel items = Choices.ifExists();
            items.add(0, new ListBoxModel.Option(Messages.SpectroPackFolderProperty_asAbove(), ""));
            return items;
        }
    }
}
