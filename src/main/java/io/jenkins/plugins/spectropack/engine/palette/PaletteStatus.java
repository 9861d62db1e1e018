package io.jenkins.plugins.spectropack.engine.palette;

/** Whether Palette lists a version of a pack. */
public enum PaletteStatus {
    /** Palette lists it in the registry. */
    LISTED,
    /** Palette was asked and does not list it, or not yet. */
    NOT_LISTED,
    /** Palette was not asked, or gave no answer. */
    NOT_CHECKED
}
