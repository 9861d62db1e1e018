package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.cli.author.NewPack;
import io.jenkins.plugins.spectropack.cli.author.PackInit;
import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spectro-pack init}. {@code --version} is the pack's here, so the standard options are not mixed in. */
@Command(
        name = "init",
        sortOptions = false,
        description = "Starts a pack from Helm charts and Kubernetes manifests.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spectro-pack init my-pack --chart hello-0.1.0.tgz",
            "  spectro-pack init my-pack --manifest one.yaml --manifest two.yaml",
            "",
            "Exit codes: 0 all well, 1 nothing was written, 2 wrong usage, 3 a chart or",
            "manifest is none that a pack can hold, and nothing was written."
        })
final class InitCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The folder to write.")
    private Path folder;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description =
                    "A Helm chart: an archive, as 'helm pull' fetches it, or a folder. May be given several times.")
    private List<Path> charts = new ArrayList<>();

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "A Kubernetes manifest, or a folder of them. May be given several times; the order counts.")
    private List<Path> manifests = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The pack's name. Default: that of the chart or the folder.")
    private String name;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description = "The pack's version. Default: that of the chart or the folder, or 1.0.0.")
    private String version;

    @Option(
            names = "--display-name",
            paramLabel = "TEXT",
            description = "The name that Palette shows. Default: made from the name.")
    private String displayName;

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            defaultValue = NewPack.ADDON,
            description = "The layer of a cluster profile. Default: addon.")
    private String layer;

    @Option(
            names = "--addon-type",
            paramLabel = "TYPE",
            description = "The kind of add-on, such as monitoring. Default: app services.")
    private String addonType;

    @Option(
            names = "--namespace",
            paramLabel = "NAMESPACE",
            description = "The namespace that it is installed in. Default: the pack's name.")
    private String namespace;

    @Option(names = "--logo", paramLabel = "FILE", description = "The logo, a PNG image. Default: a neutral one.")
    private Path logo;

    @Option(names = "--force", description = "Overwrite files that are there already.")
    private boolean force;

    @Option(names = "--dry-run", description = "Print which files there would be, and write nothing.")
    private boolean dryRun;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (charts.isEmpty() && manifests.isEmpty() && layer.equals(NewPack.ADDON)) {
            throw new ParameterException(
                    spec.commandLine(), "Give what the pack installs: a --chart, a --manifest, or several.");
        }
        PrintWriter err = spec.commandLine().getErr();
        PackInit.Result result;
        try {
            result = PackInit.init(request(), force, dryRun);
        } catch (PackException e) {
            err.println("Error: " + e.file() + ": " + e.getMessage());
            return ExitCode.INVALID_PACK;
        }
        if (!result.valid()) {
            result.findings().forEach(err::println);
            err.println("Error: The pack would be invalid, so nothing was written.");
            return ExitCode.INVALID_PACK;
        }
        print(result);
        return ExitCode.OK;
    }

    private NewPack request() {
        Instant time;
        try {
            time = new Environment(System::getenv).time();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return new NewPack(
                folder, name, displayName, version, layer, addonType, namespace, charts, manifests, logo, time);
    }

    private void print(PackInit.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        out.println(Printable.of(folder.toString()));
        result.files().forEach((path, size) -> out.println("  " + Printable.of(path) + " (" + Sizes.text(size) + ")"));
        out.flush();
        List<String> open = new ArrayList<>(
                result.findings().stream().map(Finding::toString).toList());
        result.remarks().stream().map(Printable::of).forEach(open::add);
        err.println((dryRun ? "Nothing was written. There would be " : "Wrote ")
                + result.files().size() + " files.");
        if (!open.isEmpty()) {
            err.println("Only you can say:");
            open.forEach(line -> err.println("  " + line));
        }
    }
}
