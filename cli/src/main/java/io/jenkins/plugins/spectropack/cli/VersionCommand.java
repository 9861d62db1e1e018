package io.jenkins.plugins.spectropack.cli;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code spectro-pack version}. */
@Command(name = "version", description = "Prints the version, as --version does.")
final class VersionCommand extends Verb {

    @Override
    int run() throws IOException {
        for (String line : new SpectroPack.Version().getVersion()) {
            out().println(line);
        }
        out().flush();
        return ExitCode.OK;
    }
}
