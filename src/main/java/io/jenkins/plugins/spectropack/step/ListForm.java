package io.jenkins.plugins.spectropack.step;

import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.config.FieldChecks;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form for listing: what it offers and checks. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface ListForm extends RegistryForm {

    /** Checks how packs are named, if any are. Asks nobody. */
    @POST
    default FormValidation doCheckPacks(@QueryParameter String value) {
        return FieldChecks.check(value, PackSelector::problemOfAll);
    }
}
