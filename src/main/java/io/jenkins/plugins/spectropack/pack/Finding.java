package io.jenkins.plugins.spectropack.pack;

import java.io.Serializable;

/**
 * Something about a pack that is wrong or doubtful.
 *
 * @param severity how much it matters
 * @param file the file it is about, relative to the pack's folder
 * @param message a whole sentence: what is wrong, and how to mend it
 */
public record Finding(Severity severity, String file, String message) implements Serializable {

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

    /** A finding that makes a pack invalid. */
    public static Finding error(String file, String message) {
        return new Finding(Severity.ERROR, file, message);
    }

    /** A finding that makes a pack invalid only where warnings count. */
    public static Finding warning(String file, String message) {
        return new Finding(Severity.WARNING, file, message);
    }

    /** One line for a log. */
    @Override
    public String toString() {
        return severity + " " + file + ": " + message;
    }
}
