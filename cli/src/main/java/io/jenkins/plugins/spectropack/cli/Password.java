package io.jenkins.plugins.spectropack.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A password that is no argument, since other users can see those: from standard input, or from a person at a terminal. */
final class Password {

    /** Longer than any key, so that a wrong file is told before it fills the memory. */
    private static final int LIMIT = 1024 * 1024;

    private Password() {}

    /**
     * All of standard input but one line end, as {@code docker login} takes it: a key may have several lines.
     *
     * @throws IllegalArgumentException if there is nothing, or far too much
     */
    static String read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
            throw new IllegalArgumentException(
                    "Standard input has more than 1 MiB, which is no password. Give a file that holds the password alone.");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        String password = withoutEnd(withoutEnd(text, "\n"), "\r");
        if (password.isEmpty()) {
            throw new IllegalArgumentException("The password on standard input is empty. Give a file that holds the"
                    + " password, for example: spectro-pack publish --password-stdin ... < password-file");
        }
        return password;
    }

    private static String withoutEnd(String text, String end) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    /**
     * Asks a person, who does not see what is typed.
     *
     * @param whose within the question: {@code me at harbor.example.com}
     * @return empty where there is no terminal, or nothing was typed
     */
    static Optional<String> ask(String whose) {
        Console console = System.console();
        if (console == null || !isTerminal(console)) {
            return Optional.empty();
        }
        char[] typed = console.readPassword("Password of %s: ", whose);
        return Optional.ofNullable(typed).map(String::new).filter(password -> !password.isEmpty());
    }

    /** Since Java 22 there is a console where there is no terminal, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
