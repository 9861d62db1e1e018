package io.jenkins.plugins.spectropack.step;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.config.FieldChecks;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form for copying that the Pipeline step and the build step share: what it offers and checks. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface CopyForm extends TransferForm {

    /** Checks that packs are named. Asks nobody. */
    @POST
    default FormValidation doCheckPacks(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.CopyForm_packsMissing())
                : FieldChecks.check(value, PackSelector::problemOfAll);
    }
}
