package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.cli.completion.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the completion scripts that the archive to install holds. Run by the build. */
public final class CompletionFiles {

    private CompletionFiles() {}

    /**
     * Writes them.
     *
     * @param arguments the folder, made where it is missing
     */
    public static void main(String... arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Shell shell : Shell.values()) {
            Files.writeString(folder.resolve(shell.file()), shell.script(SpectroPack.commandLine()));
        }
    }
}
