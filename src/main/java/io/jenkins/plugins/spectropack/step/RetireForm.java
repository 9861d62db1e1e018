package io.jenkins.plugins.spectropack.step;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.config.FieldChecks;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.publish.RetireSettings;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form for retiring that the Pipeline step and the build step share: what it offers and checks. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface RetireForm extends RegistryForm {

    /** Checks how packs are named, and whether it is said once which versions go. Asks nobody. */
    @POST
    default FormValidation doCheckPacks(
            @QueryParameter String value, @QueryParameter String keepNewest, @QueryParameter String olderThanDays) {
        return FieldChecks.checkRequired(value, text -> problem(text, keepNewest, olderThanDays));
    }

    /** What is wrong with the three fields that say which versions go, as far as they are numbers where they must be. */
    private static Optional<String> problem(String packs, String keepNewest, String olderThanDays) {
        return PackSelector.problemOfAll(packs)
                .or(() -> RetireSettings.problem(
                        PackSelector.parseAll(packs), positive(keepNewest), positive(olderThanDays)));
    }

    /** 0 for none, and for what is told by the field itself. */
    private static int positive(String value) {
        String text = Util.fixNull(value).strip();
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** Checks that a number is one, if it is given. */
    @POST
    default FormValidation doCheckKeepNewest(@QueryParameter String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.ok()
                : FormValidation.validatePositiveInteger(value);
    }

    /** Checks that a number is one, if it is given. */
    @POST
    default FormValidation doCheckOlderThanDays(@QueryParameter String value) {
        return doCheckKeepNewest(value);
    }
}
