package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.spectropack.config.Choices;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.config.Variables;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;

/** What a user says about copying. */
final class CopyParameters extends WorkParameters {

    private static final long serialVersionUID = 1L;

    private final String packs;
    private PackRegistry from;
    private PackRegistry to;
    private PaletteChoice palette;
    private String ifExists;
    private boolean dryRun;
    private int parallel = PublishSettings.DEFAULT_PARALLEL;

    CopyParameters(@CheckForNull String packs) {
        this.packs = Util.fixNull(packs).strip();
    }

    String packs() {
        return packs;
    }

    @CheckForNull
    PackRegistry from() {
        return from;
    }

    void from(@CheckForNull PackRegistry value) {
        from = PackRegistry.chosen(value);
    }

    @CheckForNull
    PackRegistry to() {
        return to;
    }

    void to(@CheckForNull PackRegistry value) {
        to = PackRegistry.chosen(value);
    }

    @CheckForNull
    PaletteChoice palette() {
        return palette;
    }

    void palette(@CheckForNull PaletteChoice value) {
        palette = PaletteChoice.chosen(value);
    }

    @CheckForNull
    String ifExists() {
        return ifExists;
    }

    void ifExists(@CheckForNull String value) {
        ifExists = Choices.name(value);
    }

    boolean dryRun() {
        return dryRun;
    }

    void dryRun(boolean value) {
        dryRun = value;
    }

    int parallel() {
        return parallel;
    }

    void parallel(int value) {
        parallel = value;
    }

    @Override
    CopyParameters expand(Variables variables) {
        CopyParameters expanded = new CopyParameters(variables.expand(packs));
        expanded.from = from == null ? null : from.expand(variables);
        expanded.to = to == null ? null : to.expand(variables);
        expanded.palette = palette == null ? null : palette.expand(variables);
        expanded.ifExists(variables.expand(ifExists));
        expanded.dryRun = dryRun;
        expanded.parallel = parallel;
        return expanded;
    }
}
