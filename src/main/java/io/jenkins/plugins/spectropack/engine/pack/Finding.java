package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.Serializable;

/**
 * Something about a pack that is wrong or doubtful.
 *
 * @param rule what it offends against
 * @param file the file it is about, relative to the pack's folder, with {@code /}
 * @param pointer the JSON pointer (RFC 6901) of the value it is about; null if it is about no value of a JSON file
 * @param line the line it is about, from 1; 0 if none is known
 * @param message a whole sentence: what is wrong, and how to mend it
 */
public record Finding(Rule rule, String file, String pointer, int line, String message) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** File names and values of a pack stand in both texts, and these go to logs. */
    public Finding {
        file = Printable.of(file);
        message = Printable.of(message);
    }

    /** How much a finding matters. */
    public enum Severity {
        /** The pack cannot be published, or Palette cannot use it. */
        ERROR,
        /** The pack can be published, but something is probably not as meant. */
        WARNING
    }

    /** A finding about a file as a whole. */
    public static Finding of(Rule rule, String file, String message) {
        return new Finding(rule, file, null, 0, message);
    }

    /** How much it matters. */
    public Severity severity() {
        return rule.severity();
    }

    /** One line for a log. */
    @Override
    public String toString() {
        return severity() + " " + file + ": " + message;
    }
}
