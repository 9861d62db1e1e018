package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that puts packs into a registry, has Palette list them, and tells what became of each. */
abstract class PackVerb extends Verb {

    @Mixin
    private PaletteOptions paletteOptions;

    @Mixin
    private RegistrationOptions registration;

    @Option(names = "--palette-always-sync", description = "Sync even if no pack is new.")
    private boolean paletteAlwaysSync;

    @Option(names = "--json", description = "Print the results as one JSON array.")
    private boolean json;

    /** The use case. */
    @FunctionalInterface
    interface Work {
        PublishResult run() throws IOException, InterruptedException;
    }

    final boolean isJson() {
        return json;
    }

    /** Whether something else is printed on standard output. */
    boolean standardOutputIsTaken() {
        return false;
    }

    /** What Palette is asked afterwards; empty to leave it alone. */
    final Optional<PaletteTarget> palette(Environment environment) {
        boolean needsRegistry = paletteAlwaysSync || registration.given();
        if (paletteOptions.isIncomplete() || needsRegistry && !paletteOptions.given()) {
            throw PaletteAccess.incomplete();
        }
        return paletteOptions.given()
                ? Optional.of(paletteOptions
                        .target(environment, paletteAlwaysSync)
                        .register(registration.access(environment).orElse(null))
                        .build())
                : Optional.empty();
    }

    /** Says what is unsafe about a registry, which the engine says in the log, even if that is switched off. */
    final RegistryTarget warned(RegistryTarget target, Output output) {
        if (manners().quiet()) {
            target.trust().warning("the registry").ifPresent(output::warn);
            target.names().warning().ifPresent(text -> output.warn("WARNING: " + text));
        }
        return target;
    }

    /** Has the work done and tells how it ended; the exit code. */
    final int tell(Work work, Output output) throws IOException, InterruptedException {
        try {
            PublishResult result = work.run();
            print(result.packs());
            if (manners().quiet()) {
                result.packs().stream().filter(PublishedPack::isFailed).forEach(pack -> output.error(pack.getError()));
            }
            return code(result, output);
        } catch (InterruptedException e) {
            print(output.ended());
            throw e;
        }
    }

    private static int code(PublishResult result, Output output) {
        return switch (result.end()) {
            case INVALID -> fail(output, result.error(), ExitCode.INVALID_PACK);
            case NOT_SENT -> fail(output, result.error(), ExitCode.FAILED);
            case FAILED -> {
                // Each pack's own line has said why it failed.
                fail(output, result.paletteProblem(), ExitCode.PALETTE);
                yield ExitCode.FAILED;
            }
            case PUBLISHED -> fail(output, result.paletteProblem(), ExitCode.PALETTE);
        };
    }

    /** Tells a problem, if there is one; the exit code that goes with it. */
    private static int fail(Output output, Optional<String> problem, int code) {
        problem.ifPresent(output::error);
        return problem.isPresent() ? code : ExitCode.OK;
    }

    /** On a terminal the log has told the same a moment before. */
    private void print(List<PublishedPack> packs) {
        if (json) {
            Json.print(out(), packs.stream().map(PublishedPack::toMap).toList());
        } else if (!manners().resultsAreInTheLog() && !standardOutputIsTaken()) {
            packs.forEach(pack -> out().println(line(pack)));
            out().flush();
        }
    }

    private static String line(PublishedPack pack) {
        if (pack.isFailed()) {
            String name = pack.getName() == null ? "" : " " + pack.getName() + ":" + pack.getVersion();
            return pack.getStatus() + name + " " + pack.getError();
        }
        return pack.getStatus() + " " + pack.getReference()
                + (pack.getDigest() == null ? "" : " " + pack.getDigest())
                + (pack.getPaletteStatus() == null ? "" : " " + pack.getPaletteStatus());
    }
}
