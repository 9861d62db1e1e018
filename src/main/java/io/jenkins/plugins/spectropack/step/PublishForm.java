package io.jenkins.plugins.spectropack.step;

import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.config.FieldChecks;
import io.jenkins.plugins.spectropack.engine.pack.PackMetadata;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form for publishing that the Pipeline step and the build step share: what it offers and checks. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface PublishForm extends TransferForm, ValidateForm {

    /** Checks that a name is one that a pack can have. */
    @POST
    default FormValidation doCheckName(@QueryParameter String value) {
        return FieldChecks.check(value, PackMetadata::nameProblem);
    }

    /** Checks that a version is one that a pack can have. */
    @POST
    default FormValidation doCheckVersion(@QueryParameter String value) {
        return FieldChecks.check(value, PackMetadata::versionProblem);
    }
}
