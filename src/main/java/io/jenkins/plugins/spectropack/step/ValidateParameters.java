package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.spectropack.config.Choices;
import io.jenkins.plugins.spectropack.config.Variables;
import io.jenkins.plugins.spectropack.engine.pack.Validation;

/** What a user says about a check that sends nothing. */
final class ValidateParameters extends WorkParameters {

    private static final long serialVersionUID = 1L;

    private final String packs;
    private String validation;
    private boolean unstableOnWarnings;
    private String sarif;

    ValidateParameters(@CheckForNull String packs) {
        this.packs = Util.fixNull(packs).strip();
    }

    String packs() {
        return packs;
    }

    @NonNull
    String validation() {
        return validation == null ? Validation.STANDARD.name() : validation;
    }

    void validation(@CheckForNull String value) {
        String given = Choices.name(value);
        validation = Validation.STANDARD.name().equals(given) ? null : given;
    }

    boolean unstableOnWarnings() {
        return unstableOnWarnings;
    }

    void unstableOnWarnings(boolean value) {
        unstableOnWarnings = value;
    }

    @CheckForNull
    String sarif() {
        return sarif;
    }

    void sarif(@CheckForNull String value) {
        sarif = Util.fixEmptyAndTrim(value);
    }

    @Override
    ValidateParameters expand(Variables variables) {
        ValidateParameters expanded = new ValidateParameters(variables.expand(packs));
        expanded.validation(variables.expand(validation));
        expanded.unstableOnWarnings = unstableOnWarnings;
        expanded.sarif(variables.expand(sarif));
        return expanded;
    }
}
