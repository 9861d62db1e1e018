package io.jenkins.plugins.spectropack.step;

import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.config.Choices;
import io.jenkins.plugins.spectropack.config.Defaults;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the forms of steps share that bring packs into a registry. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface TransferForm extends RegistryForm {

    /** The choices for {@code ifExists}, and the present value. */
    @POST
    default ListBoxModel doFillIfExistsItems(@QueryParameter String ifExists) {
        ListBoxModel items = Choices.ifExists();
        String inForce = Defaults.ifExists(Defaults.configured()).name();
        items.add(0, new ListBoxModel.Option(Messages.TransferForm_ifExistsDefault(inForce), ""));
        return Choices.with(ifExists, items);
    }

    /** Checks that a number is one. */
    @POST
    default FormValidation doCheckParallel(@QueryParameter String value) {
        return FormValidation.validatePositiveInteger(value);
    }
}
