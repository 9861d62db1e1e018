package io.jenkins.plugins.spectropack.cli.completion;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What an option or an argument takes, as far as a shell can complete it. The label in the help says so: FILE is a file, FOLDER
 * and PACK are folders.
 *
 * @param kind what it takes
 * @param words the values that there are, as the help spells them; for {@link Kind#WORDS} only
 */
public record Values(Kind kind, List<String> words) {

    /** Kinds of values. */
    enum Kind {
        FILES,
        FOLDERS,
        WORDS,
        /** Anything; nobody but the user knows what. */
        ANY
    }

    /** What an option or an argument takes. */
    static Values of(ArgSpec argument) {
        Class<?> type = argument.isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
        if (type.isEnum()) {
            return new Values(
                    Kind.WORDS,
                    Stream.of(type.getEnumConstants()).map(Values::spelled).toList());
        }
        String label = argument.paramLabel();
        if (label.equals("FILE")) {
            return new Values(Kind.FILES, List.of());
        }
        return new Values(label.equals("FOLDER") || label.equals("PACK") ? Kind.FOLDERS : Kind.ANY, List.of());
    }

    /** How a constant is typed, and how the help spells it. */
    public static String spelled(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
