package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.Serializable;
import java.util.Locale;

/**
 * Something about a pack that is wrong or doubtful.
 *
 * @param rule what it offends against
 * @param file the file it is about, relative to the pack's folder, with {@code /}
 * @param pointer the JSON pointer (RFC 6901) of the value it is about; null if it is about no value of a JSON file
 * @param line the line it is about, from 1; 0 if none is known
 * @param message a whole sentence: what is wrong, and how to mend it
 * @param count how many findings it stands for: 1, or all those of a rule in a file that are not told one by one
 */
public record Finding(Rule rule, String file, String pointer, int line, String message, long count)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** File names, keys and values of a pack stand in the texts, and these go to logs. */
    public Finding {
        file = Printable.of(file);
        pointer = pointer == null ? null : Printable.of(pointer);
        message = Printable.of(message);
    }

    /** A finding that stands for itself. */
    public Finding(Rule rule, String file, String pointer, int line, String message) {
        this(rule, file, pointer, line, message, 1);
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

    /** What stands for the findings of a rule that are not told one by one; a file of {@code .} means the rest of the pack. */
    public static Finding more(Rule rule, String file, long count) {
        return more(rule, file, count, file.equals(".") ? "the pack" : "this file");
    }

    /** The same for findings in several packs. */
    public static Finding more(Rule rule, long count) {
        return more(rule, ".", count, "the packs");
    }

    private static Finding more(Rule rule, String file, long count, String where) {
        String findings = count == 1 ? "1 more finding" : String.format(Locale.ROOT, "%,d more findings", count);
        return new Finding(rule, file, null, 0, "And " + findings + " of this rule in " + where + ".", count);
    }

    /** How much it matters. */
    public Severity severity() {
        return rule.severity();
    }

    /** One line for a log, with the file as seen from somewhere else, and the rule's id. */
    public String text(String path) {
        return at(Printable.of(path)) + " [" + rule.id() + "]";
    }

    /** One line, with the file as seen from the pack's folder. */
    @Override
    public String toString() {
        return at(file);
    }

    private String at(String path) {
        return severity() + " " + path + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
