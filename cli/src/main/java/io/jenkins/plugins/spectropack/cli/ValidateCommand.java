package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.CheckedPack;
import io.jenkins.plugins.spectropack.engine.publish.PublishListener;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import io.jenkins.plugins.spectropack.engine.publish.ValidateResult;
import io.jenkins.plugins.spectropack.engine.publish.ValidateRun;
import io.jenkins.plugins.spectropack.engine.util.Progress;
import java.io.IOException;
import java.nio.file.Path;
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

    @Option(
            names = "--validation",
            paramLabel = "LEVEL",
            defaultValue = "standard",
            description = "strict, standard (the default) or off.")
    private Validation validation;

    @Option(names = "--json", description = "Print the results as one JSON array.")
    private boolean json;

    @Mixin
    private SarifOption sarif;

    @Mixin
    private PackArguments packs;

    @Override
    int run() throws IOException, InterruptedException {
        sarif.check(json);
        ValidateResult result = new ValidateRun(packs.patterns(), validation, Path.of(""), false, progress()).run();
        sarif.write(result.findings(), result.isComplete(), out());
        if (json) {
            Json.print(out(), result.packs().stream().map(CheckedPack::toMap).toList());
        } else if (!sarif.isStandardOutput() && result.isComplete()) {
            result.packs().forEach(this::print);
            if (!manners().quiet()) {
                out().println(result.summary());
            }
            out().flush();
        }
        if (!result.isComplete()) {
            result.error().ifPresent(output()::error);
        }
        return result.isValid() ? ExitCode.OK : ExitCode.INVALID_PACK;
    }

    /** Standard output has the findings already. */
    private PublishListener progress() {
        Output output = output();
        return new PublishListener() {
            @Override
            public void log(String line) {}

            @Override
            public void logProgress(String line) {
                output.log(line);
            }

            @Override
            public boolean showsProgress() {
                return output.showsProgress();
            }

            @Override
            public void progress(Progress progress) {
                output.progress(progress);
            }
        };
    }

    private void print(CheckedPack pack) {
        out().println(pack.getFolder() + ": "
                + (pack.isValid()
                        ? "valid, " + pack.getName() + ":" + pack.getVersion() + ", " + pack.getFiles() + " files, "
                                + Sizes.text(pack.getBytes())
                        : "invalid"));
        pack.getFindings()
                .forEach(finding -> out().println("  "
                        + Output.colored(finding.toString(), manners().ansiOfResults())));
    }
}
