package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.Pack;
import io.jenkins.plugins.spectropack.engine.pack.PackArchive;
import io.jenkins.plugins.spectropack.engine.pack.PackArchiver;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.ProgressLog;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.Progress;
import io.jenkins.plugins.spectropack.engine.util.Progress.Activity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spectro-pack archive}. */
@Command(
        name = "archive",
        description =
                "Writes the archive that would be published, NAME-VERSION.tar.gz. The same pack gives the same bytes.",
        footer = {
            "Examples:",
            "  spectro-pack archive my-pack",
            "  spectro-pack archive my-pack -o /tmp/my-pack.tar.gz",
            "  spectro-pack archive my-pack -o - | tar -tz",
            "  spectro-pack archive 'packs/*' -o archives"
        })
final class ArchiveCommand extends Verb {

    private static final String STANDARD_OUTPUT = "-";

    @Mixin
    private PackArguments packs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file or folder to write to; - for standard output.")
    private Path output;

    @Override
    int run() throws IOException, InterruptedException {
        List<Path> folders = packs.folders();
        if (folders.size() > 1 && output != null && !Files.isDirectory(output)) {
            throw new IllegalArgumentException(
                    "There are " + folders.size() + " packs, but " + output + " is no folder. Give one that exists.");
        }
        if (output != null
                && output.toString().equals(STANDARD_OUTPUT)
                && manners().printsOnTerminal()) {
            throw new IllegalArgumentException(
                    "Standard output is a terminal, which cannot show an archive. Redirect it, or give -o FILE.");
        }
        PackArchiver archiver = new PackArchiver(environment().time());
        int code = ExitCode.OK;
        try (ProgressLog progress = new ProgressLog(output())) {
            for (Path folder : folders) {
                code = Math.max(code, archive((pack, file) -> write(archiver, pack, file, progress), folder));
            }
        }
        return code;
    }

    /** Writes a pack's archive to a file. */
    @FunctionalInterface
    private interface Archiver {
        PackArchive write(Pack pack, Path file) throws IOException, InterruptedException;
    }

    private static PackArchive write(PackArchiver archiver, Pack pack, Path file, ProgressLog progress)
            throws IOException, InterruptedException {
        String label = pack.metadata().toString();
        try {
            return archiver.write(
                    pack, file, read -> progress.progress(new Progress(Activity.ARCHIVING, label, read, pack.bytes())));
        } finally {
            progress.progress(Progress.end(Activity.ARCHIVING, label));
        }
    }

    private int archive(Archiver archiver, Path folder) throws IOException, InterruptedException {
        PackChecker.Result result = PackChecker.check(folder, Validation.OFF);
        if (result.pack().isEmpty()) {
            result.findings()
                    .forEach(finding -> output().warn(finding.severity() + " "
                            + Path.of(PackArguments.display(folder))
                                    .resolve(finding.file())
                                    .normalize() + ": "
                            + finding.message()));
            return ExitCode.INVALID_PACK;
        }
        Pack pack = result.pack().get();
        try {
            if (output != null && output.toString().equals(STANDARD_OUTPUT)) {
                print(archiver, pack);
            } else {
                write(archiver, pack, folder);
            }
            return ExitCode.OK;
        } catch (PackException e) {
            output().error(PackArguments.display(folder) + ": " + e.getMessage());
            return ExitCode.INVALID_PACK;
        }
    }

    private void write(Archiver archiver, Pack pack, Path folder) throws IOException, InterruptedException {
        Path target = target(pack, folder);
        PackArchive archive = archiver.write(pack, target);
        out().println(target + " " + archive.digest());
        out().flush();
        log(pack, archive);
        if (isInside(target, folder)) {
            output().log(
                            "Note: the archive lies in the pack's own folder. It is not part of itself, but would be part of"
                                    + " what is published from there.");
        }
    }

    /** Through a file, since an archive must not be half there when the pack turns out to be broken. */
    private void print(Archiver archiver, Pack pack) throws IOException, InterruptedException {
        Path file = Files.createTempFile(environment().temporaryFolder(), "spectro-pack", ".tar.gz");
        try {
            PackArchive archive = archiver.write(pack, file);
            Files.copy(file, System.out);
            System.out.flush();
            log(pack, archive);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void log(Pack pack, PackArchive archive) {
        if (!pack.leftOut().isEmpty()) {
            output().log(Printable.of(pack.leftOut()));
        }
        output().log("Archived " + pack.metadata() + ": " + Sizes.text(archive.size()) + ".");
    }

    private Path target(Pack pack, Path folder) throws IOException {
        Path name = Path.of(pack.metadata().archiveName());
        if (output == null) {
            return isInside(name, folder) ? folder.toRealPath().resolveSibling(name) : name;
        }
        if (Files.isDirectory(output)) {
            return output.resolve(name);
        }
        Path parent = output.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new IllegalArgumentException("There is no folder " + parent + " to write to.");
        }
        return output;
    }

    private static boolean isInside(Path file, Path folder) throws IOException {
        return file.toAbsolutePath().getParent().toRealPath().startsWith(folder.toRealPath());
    }
}
