package io.jenkins.plugins.spectropack.cli.completion;

import io.jenkins.plugins.spectropack.cli.completion.Completed.Argument;
import io.jenkins.plugins.spectropack.cli.completion.Completed.Option;
import io.jenkins.plugins.spectropack.cli.completion.Values.Kind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The script for bash. Readline quotes names of files as they need it, where it is told that they are; bash 3.2, which cannot be
 * told, completes names by itself, and those of files everywhere.
 */
final class BashCompletion {

    private static final String FRAME = """
            # Completes words of @NAME@ in bash.
            @FUNCTION@() {
              local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= index options= value= arguments= kind word
              # bash takes the sign between an option and its value for a word.
              if [ "$current" = = ]; then
                current=
              elif [ "$previous" = = ]; then
                previous=${COMP_WORDS[COMP_CWORD-2]}
              fi
              for ((index = 1; index < COMP_CWORD; index++)); do
                case ${COMP_WORDS[index]} in
                  -*) ;;
                  *) command=${COMP_WORDS[index]}; break ;;
                esac
              done
              case $command in
            @COMMANDS@    *)
                  [ "$COMP_CWORD" -eq "$index" ] && arguments='@NAMES@'
                  options='--help --version' ;;
              esac
              COMPREPLY=()
              case ${value:-$arguments} in
                @files | @folders)
                  if [ -n "$value" ] || [ "${current#-}" = "$current" ]; then
                    case ${value:-$arguments} in
                      @files) kind=-f ;;
                      *) kind=-d; compopt +o default -o dirnames 2>/dev/null ;;
                    esac
                    if type compopt >/dev/null 2>&1; then
                      compopt -o filenames 2>/dev/null
                      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen "$kind" -- "$current")
                    fi
                    return
                  fi ;;
                @any) [ -n "$value" ] && { compopt +o default 2>/dev/null; return; } ;;
                *) [ -n "$value" ] && options= arguments=$value ;;
              esac
              compopt +o default 2>/dev/null
              case $current in
                -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
                *) case $arguments in
                  @*) ;;
                  *) COMPREPLY=($(compgen -W "$arguments" -- "$current")) ;;
                esac ;;
              esac
            }
            complete -o default -F @FUNCTION@ @NAME@
            """;

    private BashCompletion() {}

    static String script(String name, List<Completed> commands) {
        // What commands say may hold any word, and comes last.
        return FRAME.replace("@FUNCTION@", "_" + name.replace('-', '_'))
                .replace("@NAME@", name)
                .replace("@NAMES@", commands.stream().map(Completed::name).collect(Collectors.joining(" ")))
                .replace(
                        "@COMMANDS@",
                        commands.stream().map(BashCompletion::command).collect(Collectors.joining()));
    }

    private static String command(Completed command) {
        String options = command.options().stream()
                .flatMap(option -> option.names().stream())
                .collect(Collectors.joining(" "));
        String values = command.options().stream()
                .filter(option -> option.values().isPresent())
                .map(option -> "        " + String.join(" | ", option.names()) + ") value='" + word(option) + "' ;;\n")
                .collect(Collectors.joining());
        return "    " + command.name() + ")\n"
                + "      options='" + options + "'\n"
                + "      arguments='" + arguments(command) + "'\n"
                + (values.isEmpty() ? "" : "      case $previous in\n" + values + "      esac\n")
                + "      ;;\n";
    }

    private static String word(Option option) {
        return word(option.values().orElseThrow());
    }

    private static String word(Values values) {
        return switch (values.kind()) {
            case FILES -> "@files";
            case FOLDERS -> "@folders";
            case WORDS -> String.join(" ", values.words());
            case ANY -> "@any";
        };
    }

    /** Commands with several arguments have one that can be completed, and a wrong offer for another does no harm. */
    private static String arguments(Completed command) {
        return command.arguments().stream()
                .map(Argument::values)
                .filter(values -> values.kind() != Kind.ANY)
                .findFirst()
                .map(BashCompletion::word)
                .orElse("");
    }
}
