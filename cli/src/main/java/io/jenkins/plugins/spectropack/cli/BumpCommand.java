package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.cli.author.PackBump;
import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spectro-pack bump}. */
@Command(
        name = "bump",
        description =
                "Raises a pack to a new version, with a new chart if you like. Only the lines that must change do.",
        footer = {
            "Examples:",
            "  spectro-pack bump my-pack 1.1.0",
            "  spectro-pack bump my-pack 0.2.0 --chart hello-0.2.0.tgz"
        })
final class BumpCommand extends Verb {

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The pack's folder.")
    private Path folder;

    @Parameters(index = "1", paramLabel = "VERSION", description = "The pack's new version.")
    private String version;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "A chart that replaces the pack's chart of that name: an archive, or a folder."
                    + " May be given several times.")
    private List<Path> charts = new ArrayList<>();

    @Option(
            names = "--take-defaults",
            description = "Values that are the old chart's defaults become the new one's. Default: all values stay.")
    private boolean takeDefaults;

    @Option(names = "--dry-run", description = "Print what would change, and change nothing.")
    private boolean dryRun;

    @Override
    int run() throws IOException, InterruptedException {
        Instant time = environment().time();
        PackBump.Result result;
        try {
            result = PackBump.bump(new PackBump.Request(folder, version, charts, takeDefaults, dryRun, time));
        } catch (PackException e) {
            // The pack's own folder is no file of it.
            output().error((e.file().equals(".") ? Printable.of(folder.toString()) : e.file()) + ": " + e.getMessage());
            return ExitCode.INVALID_PACK;
        }
        PrintWriter out = out();
        Stream.concat(result.changes().stream(), result.defaults().stream())
                .map(Printable::of)
                .forEach(out::println);
        out.flush();
        if (dryRun) {
            output().log("Nothing was changed.");
        }
        Stream.concat(result.remarks().stream(), result.findings().stream().map(Finding::toString))
                .map(Printable::of)
                .forEach(output()::log);
        return ExitCode.OK;
    }
}
