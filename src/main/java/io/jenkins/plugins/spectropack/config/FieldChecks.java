package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.engine.registry.RepositoryNames;
import java.util.Optional;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How all forms check the text of a field: with the engine's own rules, as far as the value is known yet. Anybody who may see a
 * form can have a text checked, so its length is looked at before anything else is. Runs on the controller.
 */
@Restricted(NoExternalUse.class)
public final class FieldChecks {

    /** Characters of a field of one line: a URL, a name, an id. */
    static final int LINE = 2_000;

    /** Characters of a field of several lines: certificates, a policy. */
    static final int LINES = 200_000;

    private FieldChecks() {}

    /** Whether a value holds something that is known only when the job runs. */
    public static boolean hasVariable(@CheckForNull String value) {
        return value != null && value.indexOf('$') >= 0;
    }

    /**
     * Checks a value of one line that may be left out.
     *
     * @param problem says what is wrong with a stripped value, empty for nothing, or throws an IllegalArgumentException that says it
     */
    public static FormValidation check(@CheckForNull String value, Function<String, Optional<String>> problem) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : checkRequired(value, problem);
    }

    /**
     * Checks a value of one line that may be left out.
     *
     * @param problem as for {@link #check(String, Function)}
     * @param doubt says what may be wrong with a value that is well-formed, empty for nothing
     */
    static FormValidation check(
            @CheckForNull String value,
            Function<String, Optional<String>> problem,
            Function<String, Optional<String>> doubt) {
        FormValidation form = check(value, problem);
        String text = Util.fixEmptyAndTrim(value);
        return form.kind != FormValidation.Kind.OK || text == null || hasVariable(text)
                ? form
                : doubt.apply(text).map(FormValidation::warning).orElse(form);
    }

    /**
     * Checks a value of one line that must be there.
     *
     * @param problem as for {@link #check}; is asked about an empty value, too
     */
    public static FormValidation checkRequired(@CheckForNull String value, Function<String, Optional<String>> problem) {
        return check(value, LINE, problem);
    }

    /** Checks what packs go below in a registry, and warns of one that looks half typed. */
    static FormValidation checkBase(@CheckForNull String value, RepositoryNames.Rules rules) {
        FormValidation checked = checkRequired(value, rules::problem);
        return checked.kind != FormValidation.Kind.OK || hasVariable(value)
                ? checked
                : rules.doubt(value).map(FormValidation::warning).orElse(checked);
    }

    /**
     * Checks a value of several lines that may be left out.
     *
     * @param problem as for {@link #check}
     */
    static FormValidation checkLines(@CheckForNull String value, Function<String, Optional<String>> problem) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : check(value, LINES, problem);
    }

    private static FormValidation check(
            @CheckForNull String value, int limit, Function<String, Optional<String>> problem) {
        if (isTooLong(value, limit)) {
            return FormValidation.error(Messages.FieldChecks_tooLong(value.length(), limit));
        }
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

    /** Whether a text from a form is longer than such a value can be. */
    static boolean isTooLong(@CheckForNull String value, int limit) {
        return value != null && value.length() > limit;
    }
}
