package io.jenkins.plugins.spectropack.step;

import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.config.Choices;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What all forms offer and check that name folders of packs. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface ValidateForm {

    /** The choices for {@code validation}, and the present value. */
    @POST
    default ListBoxModel doFillValidationItems(@QueryParameter String validation) {
        return Choices.with(validation, Choices.validation());
    }

    /** Checks that folders are named. Looks at no file. */
    @POST
    default FormValidation doCheckPacks(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.PublishForm_packsMissing())
                : FormValidation.ok();
    }
}
