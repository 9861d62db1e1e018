package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.publish.RetireResult;
import io.jenkins.plugins.spectropack.engine.publish.RetireRun;
import io.jenkins.plugins.spectropack.engine.publish.RetireSettings;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spectro-pack retire}. */
@Command(
        name = "retire",
        description =
                "Deletes versions of packs, after saying which go and why others stay. With --palette-registry, what Palette uses stays.",
        footer = {
            "Examples:",
            "  spectro-pack retire --registry r.example/packs --keep-newest 10 --dry-run",
            "  spectro-pack retire --registry r.example/packs --yes my-pack:1.0.0"
        })
final class RetireCommand extends Verb {

    @Mixin
    private LocationOptions registry;

    @Mixin
    private PaletteAccess palette;

    @Option(names = "--keep-newest", paramLabel = "N", description = "Delete all but the newest N of each pack.")
    private Integer keepNewest;

    @Option(names = "--older-than", paramLabel = "DAYS", description = "Delete what was pushed so long ago.")
    private Integer olderThan;

    @Option(names = "--dry-run", description = "Only say what would be deleted.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask; needed without a terminal.")
    private boolean yes;

    @Option(names = "--json", description = "Print the versions as one JSON array.")
    private boolean json;

    @Parameters(
            paramLabel = "NAME[:VERSION]",
            arity = "0..*",
            description = "The versions; or the packs. Default: all.")
    private List<String> packs = List.of();

    @Override
    String speaker() {
        return LocationOptions.SPEAKER;
    }

    @Override
    int run() throws IOException, InterruptedException {
        RetireSettings settings = new RetireSettings(
                packs.stream().map(PackSelector::parse).toList(),
                number(Setting.KEEP_NEWEST, keepNewest),
                number(Setting.OLDER_THAN, olderThan),
                dryRun);
        if (!dryRun && !yes && System.console() == null) {
            throw new IllegalArgumentException(
                    "Nobody can be asked here. Give --yes to delete, or --dry-run to see what" + " would be deleted.");
        }
        if (palette.isIncomplete()) {
            throw PaletteAccess.incomplete();
        }
        Environment environment = environment();
        Output output = output();
        Optional<PaletteTarget> used =
                palette.given() ? Optional.of(palette.target(environment).build()) : Optional.empty();
        RegistryTarget target = registry.target(environment, System.in);
        RetireResult result = new RetireRun(
                        settings, target, used, environment.entryPoint(), going -> yes || isConfirmed(going), output)
                .run();
        print(result.packs());
        result.error().ifPresent(output::error);
        return result.error().isPresent() ? ExitCode.FAILED : ExitCode.OK;
    }

    private static int number(Setting option, Integer value) {
        if (value == null) {
            return 0;
        }
        if (value < 1) {
            throw new IllegalArgumentException(option.words() + " must be at least 1.");
        }
        return value;
    }

    private boolean isConfirmed(List<RetiredPack> going) {
        Output output = output();
        going.forEach(pack -> output.warn("  " + pack.getReference() + " (" + pack.getReason() + ")"));
        output.warn(
                "Delete " + (going.size() == 1 ? "this version" : "these " + going.size() + " versions") + "? [y/N]");
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null
                    && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(List<RetiredPack> retired) {
        if (json) {
            Json.print(out(), retired.stream().map(RetiredPack::toMap).toList());
            return;
        }
        retired.forEach(out()::println);
        out().flush();
    }
}
