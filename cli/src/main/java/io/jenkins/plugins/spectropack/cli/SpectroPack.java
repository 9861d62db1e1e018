package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code spectro-pack}. */
@Command(
        name = "spectro-pack",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Publishes Spectro Cloud packs to AWS ECR, Harbor or another OCI registry and has Palette list them,"
                        + " without aws, oras, tar or docker.",
        mixinStandardHelpOptions = true,
        versionProvider = SpectroPack.Version.class,
        footer = {
            "",
            "Exit codes: 0 all well, 1 something failed, 2 wrong usage, 3 a pack is invalid,",
            "4 Palette did not sync the registry or does not list a pack, 130 or 143",
            "interrupted.",
            "",
            "Try it:         spectro-pack demo",
            "Complete words: spectro-pack completion bash, zsh or fish"
        })
public final class SpectroPack implements Runnable {

    private static final long SECONDS_TO_STOP = 15;

    /** So that an option and what it does fit one line of 80 columns. */
    private static final int LONGEST_OPTION = 34;

    private static final Set<String> VERSION = Set.of("--version", "-V");

    /** By name, in the order of the help. */
    private static final Map<String, Class<?>> COMMANDS = commands();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: " + commands(spec.commandLine()) + ".");
    }

    private static Map<String, Class<?>> commands() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("publish", PublishCommand.class);
        commands.put("validate", ValidateCommand.class);
        commands.put("archive", ArchiveCommand.class);
        commands.put("init", InitCommand.class);
        commands.put("bump", BumpCommand.class);
        commands.put("copy", CopyCommand.class);
        commands.put("list", ListCommand.class);
        commands.put("pull", PullCommand.class);
        commands.put("retire", RetireCommand.class);
        commands.put("sync", SyncCommand.class);
        commands.put("register", RegisterCommand.class);
        commands.put("demo", DemoCommand.class);
        commands.put("completion", CompletionCommand.class);
        commands.put("help", HelpCommand.class);
        commands.put("version", VersionCommand.class);
        return commands;
    }

    /** The names of the commands that do something. */
    static String commands(CommandLine line) {
        return line.getSubcommands().values().stream()
                .filter(command -> command.getCommand() instanceof Verb)
                .map(CommandLine::getCommandName)
                .collect(Collectors.joining(", "));
    }

    /** Runs the command and ends the process. */
    public static void main(String... arguments) {
        Thread main = Thread.currentThread();
        Thread stop = new Thread(() -> interrupt(main), "Stop");
        Runtime.getRuntime().addShutdownHook(stop);
        StandardOutput results = StandardOutput.install();
        int code = results.end(execute(commandLine(arguments), arguments));
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The process is ending already, by a signal, with the signal's own exit code.
            return;
        }
        System.exit(code);
    }

    private static int execute(CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError e) {
            line.getErr().println("Error: Java has not enough memory for this. Give it more: JAVA_OPTS=-Xmx2g.");
            line.getErr().flush();
            return ExitCode.FAILED;
        }
    }

    /** Temporary files are removed by the thread that made them, so a signal lets it come to its end. */
    private static void interrupt(Thread main) {
        main.interrupt();
        try {
            main.join(SECONDS_TO_STOP * 1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command with all that it can do. */
    static CommandLine commandLine() {
        return commandLine(COMMANDS.keySet());
    }

    /** The command as far as it is asked for: what the others take is only worked out for whoever asks what there is. */
    private static CommandLine commandLine(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (arguments.length == 1 && VERSION.contains(first)) {
            return commandLine(Set.of());
        }
        return COMMANDS.containsKey(first) && !first.equals("help") ? commandLine(Set.of(first)) : commandLine();
    }

    private static CommandLine commandLine(Set<String> names) {
        CommandLine line = new CommandLine(new SpectroPack());
        COMMANDS.forEach((name, command) -> {
            if (names.contains(name)) {
                line.addSubcommand(name, command);
            }
        });
        line.setUsageHelpAutoWidth(true);
        line.setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, SpectroPack::path);
        line.setExecutionExceptionHandler(SpectroPack::explain);
        line.setParameterExceptionHandler(new UsageErrors());
        line.setExecutionStrategy(SpectroPack::execute);
        return line;
    }

    /** Help is printed before a command runs, in the colors that the command was told; messages use its words. */
    private static int execute(ParseResult result) {
        ParseResult last = last(result);
        if (last.commandSpec().userObject() instanceof Verb verb) {
            Setting.speakFor(verb.speaker());
            last.commandSpec()
                    .commandLine()
                    .setColorScheme(Help.defaultColorScheme(verb.manners().ansi()));
            if (verb.manners().helpMore()) {
                PrintWriter out = last.commandSpec().commandLine().getOut();
                out.print(RarerOptions.help(last.commandSpec().commandLine()));
                out.flush();
                return ExitCode.OK;
            }
        }
        return new RunLast().execute(result);
    }

    /** A path, which is something: what a variable that is not set leaves would be the current folder. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("empty");
        }
        return Path.of(text);
    }

    private static int explain(Exception failure, CommandLine line, ParseResult result) throws Exception {
        PrintWriter err = line.getErr();
        if (failure instanceof InterruptedException) {
            err.println("Interrupted. Run the command again to complete it.");
            return ExitCode.FAILED;
        }
        if (failure instanceof IOException) {
            err.println("Error: " + Reasons.sentence(failure));
            return ExitCode.FAILED;
        }
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof OutOfMemoryError memory) {
            throw memory;
        }
        err.println("Error: The command failed in a way that was not foreseen ("
                + cause.getClass().getName() + "). Please report it, with what --verbose prints.");
        if (isVerbose(result)) {
            failure.printStackTrace(err);
        }
        return ExitCode.FAILED;
    }

    private static boolean isVerbose(ParseResult result) {
        return last(result).commandSpec().userObject() instanceof Verb verb
                && verb.manners().verbose();
    }

    private static ParseResult last(ParseResult result) {
        ParseResult last = result;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last;
    }

    /** The version that {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            return new String[] {BuiltVersion.read() + ", Java " + System.getProperty("java.version")};
        }
    }
}
