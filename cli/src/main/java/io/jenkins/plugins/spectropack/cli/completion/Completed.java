package io.jenkins.plugins.spectropack.cli.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command as a shell completes it.
 *
 * @param name as it is typed
 * @param about what it does, in one line
 * @param options those that the help shows, and those that {@code --help-more} shows
 * @param arguments in their order; the last one may be repeated
 */
record Completed(String name, String about, List<Option> options, List<Argument> arguments) {

    /**
     * An option.
     *
     * @param names with their dashes, short ones first
     * @param values what it takes; empty for an option that takes nothing
     * @param label what the help calls the value
     * @param repeats whether it may be given several times
     */
    record Option(List<String> names, String about, Optional<Values> values, String label, boolean repeats) {

        private static Option of(OptionSpec spec) {
            boolean takesValue = spec.arity().max() > 0;
            return new Option(
                    Arrays.asList(spec.names()),
                    first(spec),
                    takesValue ? Optional.of(Values.of(spec)) : Optional.empty(),
                    spec.paramLabel(),
                    spec.isMultiValue());
        }
    }

    /**
     * An argument without a name.
     *
     * @param label what the help calls it
     * @param repeats whether there may be several
     */
    record Argument(String label, Values values, boolean repeats) {}

    /** The commands that a command line has. */
    static List<Completed> of(CommandLine line) {
        List<Completed> commands = new ArrayList<>();
        line.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            if (!spec.usageMessage().hidden() && spec.name().equals(name)) {
                commands.add(of(name, spec, line));
            }
        });
        return commands;
    }

    private static Completed of(String name, CommandSpec spec, CommandLine all) {
        boolean isHelp = spec.helpCommand();
        List<Argument> arguments = isHelp
                ? List.of(new Argument("COMMAND", new Values(Values.Kind.WORDS, names(all)), false))
                : spec.positionalParameters().stream()
                        .filter(argument -> !argument.hidden())
                        .map(Completed::argument)
                        .toList();
        boolean hidesOptions = spec.options().stream().anyMatch(option -> option.hidden() && !option.versionHelp());
        List<Option> options = spec.options().stream()
                .filter(option -> !option.hidden() || hidesOptions)
                .map(Option::of)
                .toList();
        String[] header = spec.usageMessage().header();
        String[] about = header.length == 0 ? spec.usageMessage().description() : header;
        return new Completed(name, about.length == 0 ? "" : about[0], options, arguments);
    }

    private static Argument argument(PositionalParamSpec spec) {
        return new Argument(spec.paramLabel(), Values.of(spec), spec.isMultiValue());
    }

    /** The names of the commands. */
    static List<String> names(CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .filter(entry -> entry.getValue().getCommandName().equals(entry.getKey())
                        && !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(entry -> entry.getKey())
                .toList();
    }

    private static String first(ArgSpec spec) {
        String[] about = spec.description();
        return about.length == 0 ? "" : about[0].replace("${DEFAULT-VALUE}", String.valueOf(spec.defaultValue()));
    }
}
