package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.config.Choices;
import io.jenkins.plugins.spectropack.config.DefaultRegistry;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.SpectroPackGlobalConfiguration;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form that the Pipeline step and the build step share: what it offers and checks. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface PublishForm {

    /**
     * What the form shows where no registry is stored: nothing chosen, but in a new step of a Jenkins without a default the one
     * that there is to choose.
     */
    default PackRegistry.PackRegistryDescriptor registryDescriptor(@CheckForNull Object instance) {
        boolean choose =
                instance == null && SpectroPackGlobalConfiguration.get().getRegistry() == null;
        return choose
                ? ExtensionList.lookupSingleton(EcrRegistry.DescriptorImpl.class)
                : ExtensionList.lookupSingleton(DefaultRegistry.DescriptorImpl.class);
    }

    /** The choices for {@code ifExists}. */
    @POST
    default ListBoxModel doFillIfExistsItems() {
        ListBoxModel items = Choices.ifExists();
        String inForce = SpectroPackGlobalConfiguration.get().ifExistsInForce().name();
        items.add(0, new ListBoxModel.Option(Messages.PublishForm_ifExistsDefault(inForce), ""));
        return items;
    }

    /** The choices for {@code validation}. */
    @POST
    default ListBoxModel doFillValidationItems() {
        return Choices.validation();
    }

    /** Checks that folders are named. Looks at no file. */
    @POST
    default FormValidation doCheckPacks(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.PublishForm_packsMissing())
                : FormValidation.ok();
    }

    /** Checks that a number is one. */
    @POST
    default FormValidation doCheckParallel(@QueryParameter String value) {
        return FormValidation.validatePositiveInteger(value);
    }
}
