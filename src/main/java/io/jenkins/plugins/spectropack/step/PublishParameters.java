package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.spectropack.config.Choices;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.config.Variables;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;

/** What a user says about publishing. */
final class PublishParameters extends WorkParameters {

    private static final long serialVersionUID = 1L;

    private final String packs;
    private PackRegistry registry;
    private PaletteChoice palette;
    private String name;
    private String version;
    private String ifExists;
    private String validation;
    private boolean unstableOnWarnings;
    private boolean dryRun;
    private String sarif;
    private int parallel = PublishSettings.DEFAULT_PARALLEL;

    PublishParameters(@CheckForNull String packs) {
        this.packs = Util.fixNull(packs).strip();
    }

    String packs() {
        return packs;
    }

    @CheckForNull
    PackRegistry registry() {
        return registry;
    }

    void registry(@CheckForNull PackRegistry value) {
        registry = PackRegistry.chosen(value);
    }

    @CheckForNull
    PaletteChoice palette() {
        return palette;
    }

    void palette(@CheckForNull PaletteChoice value) {
        palette = PaletteChoice.chosen(value);
    }

    @CheckForNull
    String name() {
        return name;
    }

    void name(@CheckForNull String value) {
        name = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    String version() {
        return version;
    }

    void version(@CheckForNull String value) {
        version = Util.fixEmptyAndTrim(value);
    }

    @CheckForNull
    String ifExists() {
        return ifExists;
    }

    void ifExists(@CheckForNull String value) {
        ifExists = Choices.name(value);
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

    boolean dryRun() {
        return dryRun;
    }

    void dryRun(boolean value) {
        dryRun = value;
    }

    @CheckForNull
    String sarif() {
        return sarif;
    }

    void sarif(@CheckForNull String value) {
        sarif = Util.fixEmptyAndTrim(value);
    }

    int parallel() {
        return parallel;
    }

    void parallel(int value) {
        parallel = value;
    }

    @Override
    PublishParameters expand(Variables variables) {
        PublishParameters expanded = new PublishParameters(variables.expand(packs));
        expanded.registry = registry == null ? null : registry.expand(variables);
        expanded.palette = palette == null ? null : palette.expand(variables);
        expanded.name(variables.expand(name));
        expanded.version(variables.expand(version));
        expanded.ifExists(variables.expand(ifExists));
        expanded.validation(variables.expand(validation));
        expanded.unstableOnWarnings = unstableOnWarnings;
        expanded.dryRun = dryRun;
        expanded.sarif(variables.expand(sarif));
        expanded.parallel = parallel;
        return expanded;
    }
}
