package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for Palette. Values that are wrong are told as {@link IllegalArgumentException}. */
final class PaletteOptions {

    @Mixin
    private PaletteAccess palette;

    @Option(names = "--palette-no-wait", description = "Start the sync, but do not wait for it.")
    private boolean noWait;

    @Option(
            names = "--palette-timeout-minutes",
            paramLabel = "N",
            description = "How long to wait. Default: " + PaletteTarget.DEFAULT_TIMEOUT_MINUTES + ".")
    private Integer timeoutMinutes;

    /** Whether Palette is to be asked. */
    boolean given() {
        return palette.given();
    }

    /** Whether any option is there that means nothing without the registry. */
    boolean isIncomplete() {
        return palette.isIncomplete() || !palette.given() && (noWait || timeoutMinutes != null);
    }

    /** What the options say is asked. */
    PaletteTarget.Builder target(Environment environment, boolean alwaysSync) {
        return palette.target(environment)
                .waits(!noWait)
                .timeoutMinutes(timeoutMinutes == null ? PaletteTarget.DEFAULT_TIMEOUT_MINUTES : timeoutMinutes)
                .alwaysSync(alwaysSync);
    }
}
