package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishRun;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spectro-pack publish}. */
@Command(
        name = "publish",
        description = "Publishes packs to AWS ECR or to any other OCI registry.",
        footer = {
            "Rarer options: spectro-pack publish --help-more",
            "Examples:",
            "  spectro-pack publish --repository-name packs --region us-east-1 'packs/*'"
        })
final class PublishCommand extends PackVerb {

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
    private SarifOption sarif;

    @Mixin
    private PackArguments packs;

    @Override
    String speaker() {
        return registry.isLocation() ? LocationOptions.SPEAKER : "";
    }

    @Override
    int run() throws IOException, InterruptedException {
        sarif.check(isJson());
        Environment environment = environment();
        Output output = output();
        Optional<PaletteTarget> palette = palette(environment);
        RegistryTarget target = warned(registry.target(environment, System.in), output);
        PublishRun run = new PublishRun(settings(), target, palette, environment.entryPoint(), output);
        return tell(
                () -> {
                    PublishResult result = run.run();
                    boolean checked = result.end() != PublishResult.End.INVALID
                            || !result.packs().isEmpty();
                    sarif.write(result.findings(), checked, out());
                    return result;
                },
                output);
    }

    @Override
    boolean standardOutputIsTaken() {
        return sarif.isStandardOutput();
    }

    private PublishSettings settings() {
        return new PublishSettings(
                packs.patterns(), expectedName, expectedVersion, ifExists, validation, dryRun, parallel);
    }
}
