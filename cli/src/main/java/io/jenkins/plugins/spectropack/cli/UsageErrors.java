package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.cli.completion.Values;
import io.jenkins.plugins.spectropack.engine.util.Nearest;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells wrong usage in two lines: what is wrong, with its remedy where that is known, and where the help is. */
final class UsageErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine line = failure.getCommandLine();
        PrintWriter err = line.getErr();
        Manners manners = line.getCommand() instanceof Verb verb ? verb.manners() : new Manners();
        String problem = problem(failure, line, Arrays.asList(arguments));
        err.println(Output.colored("Error: " + problem, manners.ansi()));
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static String problem(ParameterException failure, CommandLine line, List<String> arguments) {
        boolean hasNoCommand =
                line.getParent() == null && !line.getUnmatchedArguments().isEmpty();
        if (hasNoCommand && !arguments.get(0).startsWith("-")) {
            // What its options are, only a command says.
            return unknownCommand(line, arguments.get(0));
        }
        Optional<String> unknown = line.getUnmatchedArguments().stream()
                .filter(argument -> argument.length() > 1 && argument.startsWith("-"))
                .findFirst();
        if (unknown.isPresent()) {
            // Whatever else is missing is likely what this was meant to be.
            return unknownOption(line, unknown.get(), hasNoCommand ? arguments : List.of());
        }
        if (failure instanceof OverwrittenOptionException twice
                && twice.getOverwritten() instanceof OptionSpec option) {
            return option.longestName() + " is given twice. Give it once.";
        }
        if (failure instanceof MissingParameterException missing) {
            return missing(allMissing(missing.getMissing(), line), arguments);
        }
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            return quoted(argument) + " is one too many.";
        }
        if (line.getParent() == null && arguments.size() > 1 && arguments.get(0).equals("help")) {
            return unknownCommand(line, arguments.get(1));
        }
        if (failure.getArgSpec() != null && failure.getValue() != null) {
            return wrongValue(failure.getArgSpec(), failure.getValue());
        }
        return failure.getMessage();
    }

    private static String unknownOption(CommandLine line, String argument, List<String> inFrontOfCommand) {
        String option = argument.replaceFirst("=.*", "");
        Optional<String> command = inFrontOfCommand.stream()
                .filter(word -> line.getSubcommands().containsKey(word))
                .findFirst();
        if (command.isPresent()
                && line.getSubcommands().get(command.get()).getCommandSpec().findOption(option) != null) {
            return "Options stand behind the command: '" + line.getCommandName() + " " + command.get() + " " + option
                    + "'.";
        }
        Optional<String> ours = OtherTools.option(option, line.getCommandSpec());
        if (ours.isPresent()) {
            return quoted(option) + " is called " + ours.get() + " here.";
        }
        Stream<String> names = line.getCommandSpec().options().stream().map(OptionSpec::longestName);
        return "There is no option " + quoted(option) + "." + meant(option, names.toList());
    }

    private static String unknownCommand(CommandLine line, String argument) {
        Map<String, CommandLine> commands = line.getSubcommands();
        Optional<String> ours = OtherTools.command(argument).filter(commands::containsKey);
        if (ours.isPresent()) {
            return quoted(argument) + " is called '" + line.getCommandName() + " " + ours.get() + "' here.";
        }
        String near = meant(argument, commands.keySet());
        return "There is no command " + quoted(argument) + "."
                + (near.isEmpty() ? " There are " + SpectroPack.commands(line) + "." : near);
    }

    private static String meant(String word, Collection<String> candidates) {
        return Nearest.key(word, candidates)
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
    }

    /** picocli names the first of several positional parameters only, and what follows it is missing, too. */
    private static List<? extends ArgSpec> allMissing(List<ArgSpec> missing, CommandLine line) {
        return missing.get(0) instanceof PositionalParamSpec first
                ? line.getCommandSpec().positionalParameters().stream()
                        .filter(candidate -> candidate.required()
                                && candidate.index().min() >= first.index().min())
                        .toList()
                : missing;
    }

    private static String missing(List<? extends ArgSpec> missing, List<String> arguments) {
        ArgSpec first = missing.get(0);
        if (first instanceof OptionSpec option && Stream.of(option.names()).anyMatch(arguments::contains)) {
            return option.longestName() + " needs a value: " + usage(option) + ".";
        }
        return missing.size() == 1
                ? usage(first) + " is missing. " + first.description()[0]
                : missing.stream().map(UsageErrors::usage).collect(Collectors.joining(" and ")) + " are missing.";
    }

    private static String usage(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }

    private static String wrongValue(ArgSpec argument, String value) {
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        if (value.isBlank()) {
            return name + " is empty. " + argument.description()[0];
        }
        Class<?> type = argument.type();
        String told = name + " is " + quoted(value) + ", but must be ";
        if (type == boolean.class) {
            return name + " takes no value. Give it, or leave it out.";
        }
        if (type.isEnum()) {
            return told
                    + Stream.of(type.getEnumConstants())
                            .map(Values::spelled)
                            .collect(Collectors.joining(", "))
                            .replaceFirst(", ([^,]*)$", " or $1")
                    + ".";
        }
        if (type == int.class || type == Integer.class || type == long.class) {
            return told + "a whole number.";
        }
        return told + argument.paramLabel() + ". " + argument.description()[0];
    }

    private static String quoted(String text) {
        return "'" + Printable.of(text) + "'";
    }
}
