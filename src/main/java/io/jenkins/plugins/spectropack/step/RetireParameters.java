package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.config.Variables;

/** What a user says about retiring. Nothing is deleted unless that is said. */
final class RetireParameters extends WorkParameters {

    private static final long serialVersionUID = 1L;

    private String packs = "";
    private PackRegistry registry;
    private PaletteChoice palette;
    private Integer keepNewest;
    private Integer olderThanDays;
    private boolean dryRun = true;

    /** Which ones; empty for all. */
    String packs() {
        return packs;
    }

    void packs(@CheckForNull String value) {
        packs = Util.fixNull(value).strip();
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
    Integer keepNewest() {
        return keepNewest;
    }

    void keepNewest(@CheckForNull Integer value) {
        keepNewest = value;
    }

    @CheckForNull
    Integer olderThanDays() {
        return olderThanDays;
    }

    void olderThanDays(@CheckForNull Integer value) {
        olderThanDays = value;
    }

    boolean dryRun() {
        return dryRun;
    }

    void dryRun(boolean value) {
        dryRun = value;
    }

    @Override
    RetireParameters expand(Variables variables) {
        RetireParameters expanded = new RetireParameters();
        expanded.packs(variables.expand(packs));
        expanded.registry = registry == null ? null : registry.expand(variables);
        expanded.palette = palette == null ? null : palette.expand(variables);
        expanded.keepNewest = keepNewest;
        expanded.olderThanDays = olderThanDays;
        expanded.dryRun = dryRun;
        return expanded;
    }
}
