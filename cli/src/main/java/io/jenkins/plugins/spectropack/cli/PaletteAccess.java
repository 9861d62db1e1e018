package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which Palette is asked, and for which registry. */
final class PaletteAccess {

    @Option(names = "--palette-registry", paramLabel = "NAME", description = "The registry in Palette; see 'register'.")
    private String registry;

    @Option(names = "--palette-url", paramLabel = "URL", description = "Palette's API, where it is not the SaaS.")
    private String url;

    @Option(
            names = "--palette-project",
            paramLabel = "UID",
            description = "The uid of the project. Default: the tenant.")
    private String project;

    @Option(names = "--palette-ca-cert", paramLabel = "FILE", description = "Trust this CA for Palette, too.")
    private Path caCertificate;

    /** Whether a registry in Palette is named. */
    boolean given() {
        return registry != null;
    }

    /** The name of the registry in Palette; null if there is none. */
    String registry() {
        return registry;
    }

    /** Whether any option is there that means nothing without the registry. */
    boolean isIncomplete() {
        return registry == null && (url != null || project != null || caCertificate != null);
    }

    /** What is said where {@link #isIncomplete}. */
    static IllegalArgumentException incomplete() {
        return new IllegalArgumentException("The options for Palette need --palette-registry, the name that the"
                + " registry has in Palette. Give it too, or leave them out.");
    }

    /** What the options say is asked. */
    PaletteTarget.Builder target(Environment environment) {
        return PaletteTarget.builder(environment.paletteApiKey())
                .url(url)
                // What is asked without a registry, Palette's AWS account, is asked of the tenant.
                .registryName(registry == null ? "-" : registry)
                .projectUid(project)
                .caCertificates(caCertificate == null ? "" : Access.pem(caCertificate));
    }
}
