package io.jenkins.plugins.spectropack.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command that few need. They are hidden, so that what {@code --help} shows fits a terminal; {@code --help-more}
 * shows them.
 */
final class RarerOptions {

    private RarerOptions() {}

    /** Those of a command; none for most. */
    static List<OptionSpec> of(CommandSpec command) {
        return command.options().stream()
                .filter(option -> option.hidden() && !option.versionHelp())
                .toList();
    }

    /** What {@code --help-more} prints: what {@code --help} does if that shows all there is. */
    static String help(CommandLine line) {
        CommandSpec command = line.getCommandSpec();
        List<OptionSpec> shown = of(command).stream()
                .map(option -> OptionSpec.builder(option).hidden(false).build())
                .toList();
        if (shown.isEmpty()) {
            return line.getUsageMessage();
        }
        Help help = new Help(command, line.getColorScheme());
        return "Rarer options of " + command.qualifiedName() + ":" + System.lineSeparator()
                + help.optionListExcludingGroups(shown)
                + "The others: " + command.qualifiedName() + " --help" + System.lineSeparator();
    }
}
