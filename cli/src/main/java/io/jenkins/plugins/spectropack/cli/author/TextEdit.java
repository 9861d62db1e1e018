package io.jenkins.plugins.spectropack.cli.author;

import java.util.Comparator;
import java.util.List;

/**
 * A change of a few characters in a text, so that all else stays as its author wrote it.
 *
 * @param start the first character that goes
 * @param end the one after the last that goes
 * @param replacement what comes in their place
 */
record TextEdit(int start, int end, String replacement) {

    /** A text with changes that do not overlap. */
    static String apply(String text, List<TextEdit> edits) {
        StringBuilder result = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt(TextEdit::start).reversed())
                .forEach(edit -> result.replace(edit.start, edit.end, edit.replacement));
        return result.toString();
    }

    /** The lines that a change makes, for a person: where, what was there, what is there. */
    String describe(String file, String text) {
        long line = text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        String before = text.substring(start, end).strip();
        String after = replacement.strip();
        return file + ":" + line + ": " + (before.isEmpty() ? "+ " + after : before + " -> " + after);
    }
}
