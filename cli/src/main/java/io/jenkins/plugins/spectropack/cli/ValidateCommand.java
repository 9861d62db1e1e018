package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.PackChecks;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code spectro-pack validate}. */
@Command(
        name = "validate",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = SpectroPack.Version.class,
        description = "Checks packs and sends nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spectro-pack validate my-pack",
            "  spectro-pack validate --validation strict --json 'packs/*'",
            "  spectro-pack validate --sarif findings.sarif 'packs/*'",
            "",
            "Exit codes: 0 all valid, 2 wrong usage, 3 a pack is invalid."
        })
final class ValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--validation",
            paramLabel = "LEVEL",
            defaultValue = "standard",
            description = "strict (warnings fail too), standard (the default), or off (only what publishing needs).")
    private Validation validation;

    @Option(names = "--json", description = "Print the results as one JSON array.")
    private boolean json;

    @Option(
            names = "--sarif",
            paramLabel = "FILE",
            description = "Also write the findings as SARIF 2.1.0, for programs that show them beside the code.")
    private Path sarif;

    @Mixin
    private PackArguments packs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        requireFolder(sarif);
        List<PackChecker.Result> results;
        try {
            results = PackChecks.of(packs.folders(), validation);
        } catch (PackException e) {
            write(List.of(), false);
            if (json) {
                Json.print(out, List.of());
            }
            spec.commandLine().getErr().println("Error: " + e.getMessage());
            return ExitCode.INVALID_PACK;
        }
        write(results, true);
        if (json) {
            Json.print(out, results.stream().map(ValidateCommand::toMap).toList());
        } else {
            results.forEach(result -> print(out, result));
            out.println(PackChecks.summary(results));
            out.flush();
        }
        boolean valid = results.stream().allMatch(result -> result.pack().isPresent());
        return valid ? ExitCode.OK : ExitCode.INVALID_PACK;
    }

    private void requireFolder(Path file) {
        if (file == null) {
            return;
        }
        Path parent = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
            throw new ParameterException(
                    spec.commandLine(), file + " cannot be written. Give a file in a folder that exists.");
        }
    }

    private void write(List<PackChecker.Result> results, boolean complete) throws IOException {
        if (sarif != null) {
            Sarif.write(sarif, results, complete);
        }
    }

    private static void print(PrintWriter out, PackChecker.Result result) {
        out.println(result.folder() + ": "
                + result.pack()
                        .map(pack -> "valid, " + pack.metadata() + ", " + pack.files() + " files, "
                                + Sizes.text(pack.bytes()))
                        .orElse("invalid"));
        result.findings().forEach(finding -> out.println("  " + finding.text(finding.file())));
    }

    private static Map<String, Object> toMap(PackChecker.Result result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("folder", result.folder().toString());
        map.put("name", result.pack().map(pack -> pack.metadata().name()).orElse(null));
        map.put("version", result.pack().map(pack -> pack.metadata().version()).orElse(null));
        map.put("valid", result.pack().isPresent());
        map.put(
                "findings",
                result.findings().stream()
                        .map(finding -> new PackFinding(finding.file(), finding).toMap())
                        .toList());
        return map;
    }
}
