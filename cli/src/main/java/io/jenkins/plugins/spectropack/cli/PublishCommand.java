package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishRun;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spectro-pack publish}. */
@Command(
        name = "publish",
        description = "Publishes packs to AWS ECR or to any other OCI registry.",
        footer = {
            "Examples:",
            "  spectro-pack publish --repository-name packs --region us-east-1 my-pack",
            "  spectro-pack publish --registry bundle:packs.tar 'packs/*'"
        })
final class PublishCommand extends Verb {

    @Mixin
    private RegistryOptions registry;

    @Option(
            names = "--if-exists",
            paramLabel = "ACTION",
            defaultValue = "fail",
            description = "On other content: fail, overwrite or skip.")
    private IfExists ifExists;

    @Option(
            names = "--validation",
            paramLabel = "LEVEL",
            defaultValue = "standard",
            description = "strict, standard (the default) or off.")
    private Validation validation;

    @Option(names = "--dry-run", description = "Do all but change the registry.")
    private boolean dryRun;

    @Option(names = "--expect-name", paramLabel = "NAME", description = "Fail unless the pack has this name.")
    private String expectedName;

    @Option(names = "--expect-version", paramLabel = "VERSION", description = "Fail unless the pack has this version.")
    private String expectedVersion;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "" + PublishSettings.DEFAULT_PARALLEL,
            description = "Packs published at once. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Mixin
    private PaletteOptions paletteOptions;

    @Option(names = "--palette-always-sync", description = "Sync even if no pack is new.")
    private boolean paletteAlwaysSync;

    @Option(names = "--json", description = "Print the results as one JSON array.")
    private boolean json;

    @Mixin
    private SarifOption sarif;

    @Mixin
    private PackArguments packs;

    @Override
    int run() throws IOException, InterruptedException {
        sarif.check(json);
        Environment environment = environment();
        Output output = output();
        Optional<PaletteTarget> palette = palette(environment);
        RegistryTarget target = registry.target(environment, System.in);
        if (manners().quiet()) {
            // The engine says it in the log, which is switched off.
            target.trust().warning("the registry").ifPresent(output::warn);
        }
        PublishRun run = new PublishRun(settings(), target, palette, environment.entryPoint(), output);
        try {
            PublishResult result = run.run();
            boolean checked =
                    result.end() != PublishResult.End.INVALID || !result.packs().isEmpty();
            sarif.write(result.findings(), checked, out());
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

    private Optional<PaletteTarget> palette(Environment environment) {
        if (paletteOptions.isIncomplete() || paletteAlwaysSync && !paletteOptions.given()) {
            throw new IllegalArgumentException("The options for Palette need --palette-registry, the name that the"
                    + " registry has in Palette. Give it too, or leave them out.");
        }
        return paletteOptions.given()
                ? Optional.of(paletteOptions.target(environment, paletteAlwaysSync))
                : Optional.empty();
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
        } else if (!manners().resultsAreInTheLog() && !sarif.isStandardOutput()) {
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

    private PublishSettings settings() {
        return new PublishSettings(
                packs.patterns(), expectedName, expectedVersion, ifExists, validation, dryRun, parallel);
    }
}
