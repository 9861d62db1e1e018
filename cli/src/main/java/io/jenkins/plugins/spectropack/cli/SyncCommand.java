package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteResult;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.SdkHttpClient;

/** {@code spectro-pack sync}. */
@Command(
        name = "sync",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = SpectroPack.Version.class,
        description = "Has Palette sync a registry, and looks whether it lists packs. Publishes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  export PALETTE_API_KEY=...",
            "  spectro-pack sync --palette-registry my-ecr",
            "  spectro-pack sync --palette-registry my-ecr my-pack:1.0.0 other:2.1.0",
            "",
            "Exit codes: 0 all well, 2 wrong usage, 4 Palette did not sync the registry or does not list a pack."
        })
final class SyncCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private PaletteOptions options;

    @Option(names = "--json", description = "Print the packs as one JSON array.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print results and errors only.")
    private boolean quiet;

    @Parameters(
            paramLabel = "NAME:VERSION",
            arity = "0..*",
            description = "A pack that must be listed when the sync has ended.")
    private List<String> packs = List.of();

    @Override
    public Integer call() throws InterruptedException {
        try (SdkHttpClient http = Environment.httpClient(TlsTrust.DEFAULT)) {
            return sync(http);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int sync(SdkHttpClient http) throws InterruptedException {
        if (!options.given()) {
            throw new IllegalArgumentException(
                    "--palette-registry is missing. Give the name that the registry has in Palette.");
        }
        List<PackVersion> versions =
                packs.stream().map(PackVersion::parse).distinct().toList();
        Palette palette =
                new Palette(options.target(new Environment(System::getenv), true), http, Limits.ofFrontDoor());
        Output output = new Output(spec.commandLine().getErr(), quiet);
        PaletteResult result = palette.run(Palette.Work.SYNC, Optional.empty(), versions, output::log);
        print(result.packs());
        result.problem().ifPresent(problem -> spec.commandLine().getErr().println("Error: " + problem));
        return result.problem().isEmpty() ? ExitCode.OK : ExitCode.PALETTE;
    }

    private void print(Map<PackVersion, PaletteStatus> result) {
        PrintWriter out = spec.commandLine().getOut();
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
