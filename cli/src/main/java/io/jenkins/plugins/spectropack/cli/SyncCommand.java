package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteResult;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.ProgressLog;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.http.SdkHttpClient;

/** {@code spectro-pack sync}. */
@Command(
        name = "sync",
        description = "Has Palette sync a registry, and looks whether it lists packs. Publishes nothing.",
        footer = {
            "Examples:",
            "  export PALETTE_API_KEY=...",
            "  spectro-pack sync --palette-registry my-ecr",
            "  spectro-pack sync --palette-registry my-ecr my-pack:1.0.0 other:2.1.0"
        })
final class SyncCommand extends Verb {

    @Mixin
    private PaletteOptions options;

    @Option(names = "--json", description = "Print the packs as one JSON array.")
    private boolean json;

    @Parameters(
            paramLabel = "NAME:VERSION",
            arity = "0..*",
            description = "A pack that must be listed when the sync has ended.")
    private List<String> packs = List.of();

    @Override
    int run() throws InterruptedException {
        if (!options.given()) {
            throw new IllegalArgumentException(
                    "--palette-registry is missing. Give the name that the registry has in Palette.");
        }
        List<PackVersion> versions =
                packs.stream().map(PackVersion::parse).distinct().toList();
        Environment environment = environment();
        PaletteTarget target = options.target(environment, true).build();
        try (SdkHttpClient http = environment.httpClient(target.trust())) {
            return sync(new Palette(target, http, Limits.ofEntryPoint()), versions);
        }
    }

    private int sync(Palette palette, List<PackVersion> versions) throws InterruptedException {
        Output output = output();
        PaletteResult result;
        try (ProgressLog progress = new ProgressLog(output)) {
            result = palette.run(Palette.Work.SYNC, Optional.empty(), versions, progress);
        }
        print(result.packs());
        result.problem().ifPresent(output::error);
        return result.problem().isEmpty() ? ExitCode.OK : ExitCode.PALETTE;
    }

    private void print(Map<PackVersion, PaletteStatus> result) {
        PrintWriter out = out();
        if (json) {
            Json.print(
                    out,
                    result.entrySet().stream()
                            .map(entry -> toMap(entry.getKey(), entry.getValue()))
                            .toList());
            return;
        }
        result.forEach((pack, status) -> out.println(status + " " + pack));
        out.flush();
    }

    private static Map<String, Object> toMap(PackVersion pack, PaletteStatus status) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", pack.name());
        map.put("version", pack.version());
        map.put("paletteStatus", status.name());
        return map;
    }
}
