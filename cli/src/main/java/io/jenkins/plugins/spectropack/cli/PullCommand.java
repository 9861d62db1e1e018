package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.publish.PullRun;
import io.jenkins.plugins.spectropack.engine.publish.PullSettings;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spectro-pack pull}. */
@Command(
        name = "pull",
        description = "Gets a version of a pack out of a registry, checks and unpacks it.",
        footer = {
            "Examples:",
            "  spectro-pack pull --registry r.example/packs -o my-pack my-pack:1.0.0",
            "  spectro-pack pull --registry bundle:packs.tar --archive my-pack:1.0.0"
        })
final class PullCommand extends Verb {

    @Mixin
    private LocationOptions registry;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Where to. Default: NAME-VERSION.")
    private String output;

    @Option(names = "--archive", description = "Keep the .tar.gz, instead of its files.")
    private boolean archive;

    @Option(names = "--replace", description = "Replace what is there already.")
    private boolean replace;

    @Parameters(paramLabel = "NAME:VERSION", description = "The version, or NAME@sha256:... .")
    private String pack;

    @Override
    String speaker() {
        return LocationOptions.SPEAKER;
    }

    @Override
    int run() throws IOException, InterruptedException {
        if ("-".equals(output)) {
            throw new IllegalArgumentException(
                    "A pack is pulled into a folder, not to standard output. Give --output FOLDER.");
        }
        Environment environment = environment();
        PullSettings settings = new PullSettings(PackSelector.parse(pack), output, archive, replace);
        PullRun.Pulled pulled = new PullRun(
                        settings,
                        registry.target(environment, System.in),
                        environment.entryPoint(),
                        environment.temporaryFolder(),
                        output())
                .run();
        out().println(pulled.place() + " " + pulled.digest());
        out().flush();
        return ExitCode.OK;
    }
}
