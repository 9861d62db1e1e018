package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.PackChecks;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spectro-pack validate}. */
@Command(
        name = "validate",
        description = "Checks packs and sends nothing.",
        footer = {
            "Examples:",
            "  spectro-pack validate my-pack",
            "  spectro-pack validate --validation strict --json 'packs/*'",
            "  spectro-pack validate --sarif findings.sarif 'packs/*'"
        })
final class ValidateCommand extends Verb {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(
            names = "--validation",
            paramLabel = "LEVEL",
            defaultValue = "standard",
            description = "strict, standard (the default) or off.")
    private Validation validation;

    @Option(names = "--json", description = "Print the results as one JSON array.")
    private boolean json;

    @Option(names = "--sarif", paramLabel = "FILE", description = "Also write the findings as SARIF 2.1.0; - instead.")
    private Path sarif;

    @Mixin
    private PackArguments packs;

    @Override
    int run() throws IOException, InterruptedException {
        requireFolder(sarif);
        if (json && STANDARD_OUTPUT.equals(sarif)) {
            throw new IllegalArgumentException("--json and --sarif - both want standard output. Give --sarif a file.");
        }
        List<PackChecker.Result> results;
        try {
            results = PackChecks.of(packs.folders(), validation);
        } catch (PackException e) {
            write(List.of(), false);
            if (json) {
                Json.print(out(), List.of());
            }
            throw e;
        }
        write(results, true);
        if (json) {
            Json.print(out(), results.stream().map(ValidateCommand::toMap).toList());
        } else if (!STANDARD_OUTPUT.equals(sarif)) {
            results.forEach(this::print);
            if (!manners().quiet()) {
                out().println(PackChecks.summary(results));
            }
            out().flush();
        }
        boolean valid = results.stream().allMatch(result -> result.pack().isPresent());
        return valid ? ExitCode.OK : ExitCode.INVALID_PACK;
    }

    private static void requireFolder(Path file) {
        if (file == null || file.equals(STANDARD_OUTPUT)) {
            return;
        }
        Path parent = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
            throw new IllegalArgumentException(file + " cannot be written. Give a file in a folder that exists.");
        }
    }

    private void write(List<PackChecker.Result> results, boolean complete) throws IOException {
        if (STANDARD_OUTPUT.equals(sarif)) {
            out().println(Sarif.text(results, complete));
            out().flush();
        } else if (sarif != null) {
            Files.writeString(sarif, Sarif.text(results, complete) + "\n");
        }
    }

    private void print(PackChecker.Result result) {
        out().println(PackArguments.display(result.folder()) + ": "
                + result.pack()
                        .map(pack -> "valid, " + pack.metadata() + ", " + pack.files() + " files, "
                                + Sizes.text(pack.bytes()))
                        .orElse("invalid"));
        result.findings().forEach(finding -> out().println("  " + finding.text(finding.file())));
    }

    private static Map<String, Object> toMap(PackChecker.Result result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("folder", PackArguments.display(result.folder()));
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
