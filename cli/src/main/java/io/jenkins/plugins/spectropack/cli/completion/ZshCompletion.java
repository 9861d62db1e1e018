package io.jenkins.plugins.spectropack.cli.completion;

import io.jenkins.plugins.spectropack.cli.completion.Completed.Argument;
import io.jenkins.plugins.spectropack.cli.completion.Completed.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The script for zsh, which can be sourced or put into a folder of {@code $fpath} as {@code _spectro-pack}. */
final class ZshCompletion {

    private static final String FRAME = """
            #compdef @NAME@
            # Completes words of @NAME@ in zsh.
            _@NAME@() {
              local line state
              local -a commands
              commands=(
            @COMMANDS@  )
              _arguments -C '(- *)'{-h,--help}'[Show the help]' '(- *)'{-V,--version}'[Show the version]' \\
                '1: :->command' '*:: :->arguments'
              case $state in
                command) _describe command commands ;;
                arguments)
                  case $words[1] in
            @ARGUMENTS@      esac ;;
              esac
            }
            if [ "${funcstack[1]}" = _@NAME@ ]; then
              _@NAME@ "$@"
            else
              compdef _@NAME@ @NAME@
            fi
            """;

    private ZshCompletion() {}

    static String script(String name, List<Completed> commands) {
        // What commands say may hold any word, and comes last.
        return FRAME.replace("@NAME@", name)
                .replace(
                        "@COMMANDS@",
                        commands.stream()
                                .map(command -> "    " + quoted(command.name() + ":" + command.about()) + "\n")
                                .collect(Collectors.joining()))
                .replace(
                        "@ARGUMENTS@",
                        commands.stream().map(ZshCompletion::command).collect(Collectors.joining()));
    }

    private static String command(Completed command) {
        List<String> specs = new ArrayList<>();
        command.options().forEach(option -> specs.add(option(option)));
        int number = 1;
        for (Argument argument : command.arguments()) {
            String place = argument.repeats() ? "*" : Integer.toString(number++);
            // Where nothing can be offered, saying so would keep options from being completed.
            if (argument.values().kind() != Values.Kind.ANY) {
                specs.add(quoted(place + ":" + escaped(argument.label()) + ":" + action(argument.values())));
            }
        }
        return "        " + command.name() + ")\n          _arguments"
                + specs.stream().map(spec -> " \\\n            " + spec).collect(Collectors.joining()) + " ;;\n";
    }

    private static String option(Option option) {
        String about = "[" + escaped(option.about()) + "]";
        String value = option.values()
                .map(values -> ":" + escaped(option.label()) + ":" + action(values))
                .orElse("");
        if (option.names().size() == 1) {
            String name = option.names().get(0);
            return quoted((option.repeats() ? "*" : "") + name + (value.isEmpty() ? "" : "=") + about + value);
        }
        String names = option.names().stream()
                .map(name -> name.startsWith("--") && !value.isEmpty() ? name + "=" : name)
                .collect(Collectors.joining(","));
        String excludes = option.repeats() ? "'*'" : quoted("(" + String.join(" ", option.names()) + ")");
        return excludes + "{" + names + "}" + quoted(about + value);
    }

    private static String action(Values values) {
        return switch (values.kind()) {
            case FILES -> "_files";
            // Not _files, which offers files where there are no folders.
            case FOLDERS -> "_path_files -/";
            case WORDS -> "(" + String.join(" ", values.words()) + ")";
            case ANY -> " ";
        };
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(":", "\\:")
                .replace("[", "\\[")
                .replace("]", "\\]");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
