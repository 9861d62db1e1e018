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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spectro-pack init}. {@code --version} is the pack's here. */
@Command(
        name = "init",
        description = "Starts a pack from Helm charts and Kubernetes manifests.",
        footer = {
            "Examples:",
            "  spectro-pack init my-pack --chart hello-0.1.0.tgz",
            "  spectro-pack init my-pack --manifest one.yaml --manifest two.yaml"
        })
final class InitCommand extends Verb {

    @Parameters(paramLabel = "FOLDER", description = "The folder to write.")
    private Path folder;

    @Option(names = "--chart", paramLabel = "FILE", description = "A Helm chart: an archive, or a folder.")
    private List<Path> charts = new ArrayList<>();

    @Option(names = "--manifest", paramLabel = "FILE", description = "A Kubernetes manifest, or a folder of them.")
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

    @Override
    int run() throws IOException, InterruptedException {
        if (charts.isEmpty() && manifests.isEmpty() && layer.equals(NewPack.ADDON)) {
            throw new IllegalArgumentException("Give what the pack installs: a --chart, a --manifest, or several.");
        }
        PackInit.Result result;
        try {
            result = PackInit.init(request(), force, dryRun);
        } catch (PackException e) {
            output().error(e.file() + ": " + e.getMessage());
            return ExitCode.INVALID_PACK;
        }
        if (!result.valid()) {
            result.findings().forEach(finding -> output().warn(finding.toString()));
            output().error("The pack would be invalid, so nothing was written.");
            return ExitCode.INVALID_PACK;
        }
        print(result);
        return ExitCode.OK;
    }

    private NewPack request() {
        Instant time = environment().time();
        return new NewPack(
                folder, name, displayName, version, layer, addonType, namespace, charts, manifests, logo, time);
    }

    private void print(PackInit.Result result) {
        PrintWriter out = out();
        Output output = output();
        out.println(Printable.of(folder.toString()));
        result.files().forEach((path, size) -> out.println("  " + Printable.of(path) + " (" + Sizes.text(size) + ")"));
        out.flush();
        List<String> open = new ArrayList<>(
                result.findings().stream().map(Finding::toString).toList());
        result.remarks().stream().map(Printable::of).forEach(open::add);
        output.log((dryRun ? "Nothing was written. There would be " : "Wrote ")
                + result.files().size() + " files.");
        if (!open.isEmpty()) {
            output.log("Only you can say:");
            open.forEach(line -> output.log("  " + line));
        }
    }
}
