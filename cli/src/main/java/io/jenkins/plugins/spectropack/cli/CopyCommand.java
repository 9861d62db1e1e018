package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.CopyRun;
import io.jenkins.plugins.spectropack.engine.publish.CopySettings;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spectro-pack copy}. */
@Command(
        name = "copy",
        description = "Copies packs to another registry as they are: one digest on both sides.",
        footer = {
            "Rarer options: spectro-pack copy --help-more",
            "Examples:",
            "  spectro-pack copy --from r.example/test --to r.example/prod my-pack:1.0.0",
            "  spectro-pack copy --from r.example/test --to bundle:packs.tar --all"
        })
final class CopyCommand extends PackVerb {

    @Mixin
    private FromOptions from;

    @Mixin
    private ToOptions to;

    @Option(names = "--all", description = "Copy all packs.")
    private boolean all;

    @Option(
            names = "--if-exists",
            paramLabel = "ACTION",
            defaultValue = "fail",
            description = "On other content: fail, overwrite or skip.")
    private IfExists ifExists;

    @Option(names = "--dry-run", description = "Do all but change the target.")
    private boolean dryRun;

    @Option(names = "--no-create-repositories", description = "Create no repository and no base artifact.")
    private boolean noCreateRepositories;

    @Mixin
    private CreationOptions creation;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "" + PublishSettings.DEFAULT_PARALLEL,
            description = "Packs copied at once. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Parameters(paramLabel = "NAME[:VERSION]", arity = "0..*", description = "A version, or all versions of a pack.")
    private List<String> packs = List.of();

    @Override
    String speaker() {
        return "copy";
    }

    @Override
    int run() throws IOException, InterruptedException {
        if (all == !packs.isEmpty()) {
            throw new IllegalArgumentException("Name the packs to copy, or give --all.");
        }
        if (from.readsPassword() && to.readsPassword()) {
            throw new IllegalArgumentException("Standard input holds one password. Put the other one into"
                    + " SPECTRO_PACK_FROM_PASSWORD or SPECTRO_PACK_TO_PASSWORD.");
        }
        List<PackSelector> selectors = all
                ? List.of(PackSelector.parse(PackSelector.ALL))
                : packs.stream().map(PackSelector::parse).toList();
        CopySettings settings = new CopySettings(selectors, ifExists, dryRun, parallel);
        Environment environment = environment();
        Output output = output();
        Optional<PaletteTarget> palette = palette(environment);
        RegistryTarget source = warned(from.target(environment, System.in), output);
        Access.Creation made = new Access.Creation(!noCreateRepositories, creation.settings());
        RegistryTarget target = warned(to.target(environment, System.in, made), output);
        CopyRun run = new CopyRun(settings, source, target, palette, environment.entryPoint(), output);
        return tell(run::run, output);
    }
}
