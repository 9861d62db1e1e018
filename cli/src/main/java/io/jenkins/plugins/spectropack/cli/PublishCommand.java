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
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code spectro-pack publish}. */
@Command(
        name = "publish",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = SpectroPack.Version.class,
        description = "Publishes packs to AWS ECR, or to any OCI registry with a user name and a password.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  export AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=...",
            "  export AWS_DEFAULT_REGION=us-east-1",
            "  spectro-pack publish --repository-name spectro-oci-registry my-pack",
            "  spectro-pack publish --repository-name spectro-oci-registry --dry-run \\",
            "      'packs/*'",
            "  spectro-pack publish --registry-url https://harbor.example.com \\",
            "      --username 'robot$$packs' --password-stdin \\",
            "      --repository-name spectro-oci-registry my-pack < password-file",
            "  export PALETTE_API_KEY=...",
            "  spectro-pack publish --repository-name spectro-oci-registry --palette-registry my-ecr my-pack",
            "",
            "AWS credentials come from where the AWS command line finds them: environment,",
            "profile, role of the machine.",
            "Exit codes: 0 all well, 1 something failed to publish, 2 wrong usage,",
            "3 a pack is invalid (nothing was sent), 4 the packs are published, but Palette",
            "did not sync the registry or does not list a pack."
        })
final class PublishCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private RegistryOptions registry;

    @Option(
            names = "--if-exists",
            paramLabel = "ACTION",
            defaultValue = "fail",
            description = "If the version is there with other content: fail (the default), overwrite or skip.")
    private IfExists ifExists;

    @Option(
            names = "--validation",
            paramLabel = "LEVEL",
            defaultValue = "standard",
            description = "strict (warnings fail too), standard (the default), or off (only what publishing needs).")
    private Validation validation;

    @Option(names = "--dry-run", description = "Do all but change the registry.")
    private boolean dryRun;

    @Option(names = "--expect-name", paramLabel = "NAME", description = "Fail unless pack.json has this name.")
    private String expectedName;

    @Option(names = "--expect-version", paramLabel = "VERSION", description = "Fail unless pack.json has this version.")
    private String expectedVersion;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "" + PublishSettings.DEFAULT_PARALLEL,
            description = "How many packs are published at once. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Mixin
    private PaletteOptions paletteOptions;

    @Option(
            names = "--palette-always-sync",
            description = "Have Palette sync the registry even if no pack is new in it.")
    private boolean paletteAlwaysSync;

    @Option(names = "--json", description = "Print the results as one JSON array.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print results and errors only.")
    private boolean quiet;

    @Mixin
    private PackArguments packs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Environment environment = new Environment(System::getenv);
        PublishRun run;
        try {
            Optional<PaletteTarget> palette = palette(environment);
            RegistryTarget target = registry.target(environment, System.in);
            if (quiet) {
                // The engine says it in the log, which is switched off.
                target.trust()
                        .warning("the registry")
                        .ifPresent(spec.commandLine().getErr()::println);
            }
            run = new PublishRun(
                    settings(),
                    target,
                    palette,
                    environment.entryPoint(),
                    new Output(spec.commandLine().getErr(), quiet));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        PublishResult result = run.run();
        print(result.packs());
        return code(result);
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

    private int code(PublishResult result) {
        return switch (result.end()) {
            case INVALID -> fail(result.error(), ExitCode.INVALID_PACK);
            case NOT_SENT -> fail(result.error(), ExitCode.FAILED);
            case FAILED -> {
                // Each pack's own line has said why it failed.
                fail(result.paletteProblem(), ExitCode.PALETTE);
                yield ExitCode.FAILED;
            }
            case PUBLISHED -> fail(result.paletteProblem(), ExitCode.PALETTE);
        };
    }

    /** Tells a problem, if there is one; the exit code that goes with it. */
    private int fail(Optional<String> problem, int code) {
        problem.ifPresent(text -> spec.commandLine().getErr().println("Error: " + text));
        return problem.isPresent() ? code : ExitCode.OK;
    }

    private void print(List<PublishedPack> packs) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, packs.stream().map(PublishedPack::toMap).toList());
            return;
        }
        for (PublishedPack pack : packs) {
            if (!pack.isFailed()) {
                out.println(pack.getStatus() + " " + pack.getReference()
                        + (pack.getDigest() == null ? "" : " " + pack.getDigest())
                        + (pack.getPaletteStatus() == null ? "" : " " + pack.getPaletteStatus()));
            } else if (quiet) {
                spec.commandLine().getErr().println("Error: " + pack.getError());
            }
        }
        out.flush();
    }

    private PublishSettings settings() {
        return new PublishSettings(
                packs.patterns(), expectedName, expectedVersion, ifExists, validation, dryRun, parallel);
    }
}
