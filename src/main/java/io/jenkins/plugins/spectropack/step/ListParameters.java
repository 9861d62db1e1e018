package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.Variables;

/** What a user says about listing. */
final class ListParameters extends WorkParameters {

    private static final long serialVersionUID = 1L;

    private String packs = "";
    private PackRegistry registry;

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

    @Override
    ListParameters expand(Variables variables) {
        ListParameters expanded = new ListParameters();
        expanded.packs(variables.expand(packs));
        expanded.registry = registry == null ? null : registry.expand(variables);
        return expanded;
    }
}
