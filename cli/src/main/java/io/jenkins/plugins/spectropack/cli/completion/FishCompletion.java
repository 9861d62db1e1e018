package io.jenkins.plugins.spectropack.cli.completion;

import io.jenkins.plugins.spectropack.cli.completion.Completed.Argument;
import io.jenkins.plugins.spectropack.cli.completion.Completed.Option;
import java.util.List;

/** The script for fish, which can be sourced or put into a folder of completions as {@code spectro-pack.fish}. */
final class FishCompletion {

    private FishCompletion() {}

    static String script(String name, List<Completed> commands) {
        StringBuilder script = new StringBuilder("# Completes words of " + name + " in fish.\n");
        String complete = "complete -c " + name;
        script.append(complete).append(" -f\n");
        String first = complete + " -n __fish_use_subcommand";
        script.append(first).append(" -s h -l help -d 'Show the help'\n");
        script.append(first).append(" -s V -l version -d 'Show the version'\n");
        for (Completed command : commands) {
            script.append(first)
                    .append(" -a ")
                    .append(command.name())
                    .append(" -d ")
                    .append(quoted(command.about()))
                    .append('\n');
        }
        for (Completed command : commands) {
            String in = complete + " -n '__fish_seen_subcommand_from " + command.name() + "'";
            command.options()
                    .forEach(option -> script.append(in).append(option(option)).append('\n'));
            for (Argument argument : command.arguments()) {
                String values = argument(argument.values());
                if (!values.isEmpty()) {
                    script.append(in).append(values).append('\n');
                }
            }
        }
        return script.toString();
    }

    private static String option(Option option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        option.values()
                .ifPresent(values -> text.append(values.kind() == Values.Kind.FILES ? " -r -F" : " -x")
                        .append(values.kind() == Values.Kind.FILES ? "" : argument(values)));
        return text.append(" -d ").append(quoted(option.about())).toString();
    }

    private static String argument(Values values) {
        return switch (values.kind()) {
            case FILES -> " -F";
            case FOLDERS -> " -a '(__fish_complete_directories (commandline -ct))'";
            case WORDS -> " -a '" + String.join(" ", values.words()) + "'";
            case ANY -> "";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
