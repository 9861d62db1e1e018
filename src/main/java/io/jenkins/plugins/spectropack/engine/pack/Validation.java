package io.jenkins.plugins.spectropack.engine.pack;

/** How strictly packs are checked before anything is sent. */
public enum Validation {
    /** Errors and warnings make a pack invalid. */
    STRICT,
    /** Errors make a pack invalid. */
    STANDARD,
    /** Only what publishing needs is checked. */
    OFF;

    /** Whether a finding makes a pack invalid at this level. */
    public boolean rejects(Finding finding) {
        return finding.severity() == Finding.Severity.ERROR || this == STRICT;
    }
}
