package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.Pack;
import io.jenkins.plugins.spectropack.engine.pack.PackArchive;
import io.jenkins.plugins.spectropack.engine.pack.PackArchiver;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spectro-pack archive}. */
@Command(
        name = "archive",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = SpectroPack.Version.class,
        description =
                "Writes the archive that would be published, NAME-VERSION.tar.gz. The same pack gives the same bytes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spectro-pack archive my-pack",
            "  spectro-pack archive my-pack -o /tmp/my-pack.tar.gz",
            "",
            "Exit codes: 0 all well, 1 the archive cannot be written, 2 wrong usage, 3 the pack is invalid."
        })
final class ArchiveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACK", description = "A pack's folder.")
    private Path folder;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write. Default: NAME-VERSION.tar.gz in the current folder,"
                    + " or beside the pack's folder if that is the current one.")
    private Path output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        PackChecker.Result result = PackChecker.check(folder, Validation.OFF);
        if (result.pack().isEmpty()) {
            result.findings()
                    .forEach(finding -> err.println(finding.severity() + " "
                            + folder.resolve(finding.file()).normalize() + ": " + finding.message()));
            return ExitCode.INVALID_PACK;
        }
        Pack pack = result.pack().get();
        Path target = target(pack);
        try {
            PackArchive archive = new PackArchiver(time()).write(pack, target);
            spec.commandLine().getOut().println(target + " " + archive.digest());
            err.println("Archived " + pack.metadata() + ": " + Sizes.text(archive.size()) + ".");
        } catch (PackException e) {
            err.println("Error: " + folder + ": " + e.getMessage());
            return ExitCode.INVALID_PACK;
        }
        if (isInside(target, folder)) {
            err.println(
                    "Note: the archive lies in the pack's own folder. It is not part of itself, but would be part of"
                            + " what is published from there.");
        }
        return ExitCode.OK;
    }

    private Instant time() {
        try {
            return new Environment(System::getenv).time();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Path target(Pack pack) throws IOException {
        if (output == null) {
            Path here = Path.of(pack.metadata().archiveName());
            return isInside(here, folder) ? folder.toRealPath().resolveSibling(here) : here;
        }
        Path parent = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output)) {
            throw new ParameterException(spec.commandLine(), output + " is a folder. Give the file to write.");
        }
        if (parent == null || !Files.isDirectory(parent)) {
            throw new ParameterException(spec.commandLine(), "There is no folder " + parent + " to write to.");
        }
        return output;
    }

    private static boolean isInside(Path file, Path folder) throws IOException {
        return file.toAbsolutePath().getParent().toRealPath().startsWith(folder.toRealPath());
    }
}
