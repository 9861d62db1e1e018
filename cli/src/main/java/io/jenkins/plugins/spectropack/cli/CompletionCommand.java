package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.cli.completion.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code spectro-pack completion}. */
@Command(
        name = "completion",
        description = "Prints a script that completes words of spectro-pack in a shell.",
        footer = {
            "Examples:",
            "  spectro-pack completion bash > ~/.spectro-pack.bash",
            "  spectro-pack completion zsh > ~/.spectro-pack.zsh",
            "  spectro-pack completion fish > ~/.config/fish/completions/spectro-pack.fish",
            "",
            "Source the file in ~/.bashrc, or behind compinit in ~/.zshrc; fish finds its own."
        })
final class CompletionCommand extends Verb {

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell;

    @Override
    int run() {
        out().print(shell.script(SpectroPack.commandLine()));
        out().flush();
        return ExitCode.OK;
    }
}
