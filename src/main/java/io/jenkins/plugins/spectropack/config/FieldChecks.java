package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.FormValidation;
import java.util.Optional;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How all forms check the text of a field: with the engine's own rules, as far as the value is known yet. Runs on the controller. */
@Restricted(NoExternalUse.class)
public final class FieldChecks {

    private FieldChecks() {}

    /** Whether a value holds something that is known only when the job runs. */
    public static boolean hasVariable(@CheckForNull String value) {
        return value != null && value.indexOf('$') >= 0;
    }

    /**
     * Checks a value that may be left out.
     *
     * @param problem says what is wrong with a stripped value, empty for nothing, or throws an IllegalArgumentException that says it
     */
    public static FormValidation check(@CheckForNull String value, Function<String, Optional<String>> problem) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : checkRequired(value, problem);
    }

    /**
     * Checks a value that must be there.
     *
     * @param problem as for {@link #check}; is asked about an empty value, too
     */
    public static FormValidation checkRequired(@CheckForNull String value, Function<String, Optional<String>> problem) {
        String text = Util.fixNull(value).strip();
        if (hasVariable(text)) {
            return FormValidation.ok();
        }
        try {
            return problem.apply(text).map(FormValidation::error).orElseGet(FormValidation::ok);
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
