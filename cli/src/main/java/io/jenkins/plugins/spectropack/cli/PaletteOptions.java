package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import picocli.CommandLine.Option;

/** The options for Palette. Values that are wrong are told as {@link IllegalArgumentException}. */
final class PaletteOptions {

    @Option(
            names = "--palette-registry",
            paramLabel = "NAME",
            description = "Sync the registry of this name in Palette.")
    private String registry;

    @Option(names = "--palette-url", paramLabel = "URL", description = "Palette's API, where it is not the SaaS.")
    private String url;

    @Option(
            names = "--palette-project",
            paramLabel = "UID",
            description = "The uid of the project. Default: the tenant.")
    private String project;

    @Option(names = "--palette-no-wait", description = "Start the sync, but do not wait for it.")
    private boolean noWait;

    @Option(
            names = "--palette-timeout-minutes",
            paramLabel = "N",
            description = "How long to wait. Default: " + PaletteTarget.DEFAULT_TIMEOUT_MINUTES + ".")
    private Integer timeoutMinutes;

    /** Whether Palette is to be asked. */
    boolean given() {
        return registry != null;
    }

    /** Whether any option is there that means nothing without the registry. */
    boolean isIncomplete() {
        return registry == null && (url != null || project != null || noWait || timeoutMinutes != null);
    }

    /** What the options say is asked. */
    PaletteTarget target(Environment environment, boolean alwaysSync) {
        return PaletteTarget.builder(environment.paletteApiKey())
                .url(url)
                .registryName(registry)
                .projectUid(project)
                .waits(!noWait)
                .timeoutMinutes(timeoutMinutes == null ? PaletteTarget.DEFAULT_TIMEOUT_MINUTES : timeoutMinutes)
                .alwaysSync(alwaysSync)
                .build();
    }
}
