package io.jenkins.plugins.spectropack.engine.palette;

import java.util.Optional;

/**
 * How it ended that a registry was to be in Palette.
 *
 * @param state what was done
 * @param request what was sent, or would be, without secrets; empty if the registry was there
 * @param problem what differs from what was asked for, in sentences; empty if nothing does
 */
public record Registration(State state, Optional<String> request, Optional<String> problem) {

    /** What was done. */
    public enum State {
        /** It was added. */
        ADDED,
        /** It was there already, and nothing was changed. */
        UNCHANGED,
        /** A dry run: it would be added. */
        PLANNED
    }
}
