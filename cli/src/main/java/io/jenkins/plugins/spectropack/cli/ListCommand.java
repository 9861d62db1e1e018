package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.publish.ListResult;
import io.jenkins.plugins.spectropack.engine.publish.ListRun;
import io.jenkins.plugins.spectropack.engine.publish.ListedPack;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spectro-pack list}. */
@Command(
        name = "list",
        description = "Lists the packs of a registry with their versions, older ones first.",
        footer = {
            "Examples:",
            "  spectro-pack list --registry r.example/packs",
            "  spectro-pack list --registry bundle:packs.tar --json my-pack"
        })
final class ListCommand extends Verb {

    @Mixin
    private LocationOptions registry;

    @Option(names = "--json", description = "Print the packs as one JSON array.")
    private boolean json;

    @Parameters(
            paramLabel = "NAME[:VERSION]",
            arity = "0..*",
            description = "A pack, or a version of one. Default: all.")
    private List<String> packs = List.of();

    @Override
    String speaker() {
        return LocationOptions.SPEAKER;
    }

    @Override
    int run() throws IOException, InterruptedException {
        Environment environment = environment();
        Output output = output();
        ListRun run = new ListRun(
                packs.stream().map(PackSelector::parse).toList(),
                registry.target(environment, System.in),
                environment.entryPoint(),
                output);
        ListResult result = run.run();
        print(result.packs());
        if (result.packs().isEmpty() && result.error().isEmpty()) {
            output.log("There are no packs.");
        }
        result.error().ifPresent(output::error);
        return result.error().isPresent() ? ExitCode.FAILED : ExitCode.OK;
    }

    private void print(List<ListedPack> listed) {
        if (json) {
            Json.print(out(), listed.stream().map(ListedPack::toMap).toList());
            return;
        }
        for (ListedPack pack : listed) {
            out().println(pack.getName() + ":" + pack.getVersion() + " " + pack.getDigest()
                    + (pack.getSize() == null ? "" : " " + Sizes.text(pack.getSize()))
                    + (pack.getPushedAt() == null ? "" : " " + pack.getPushedAt()));
        }
        out().flush();
    }
}
