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

    /** Changes in the order of the text; those at one place stay in the order in which they were made. */
    static List<TextEdit> sorted(List<TextEdit> edits) {
        return edits.stream().sorted(Comparator.comparingInt(TextEdit::start)).toList();
    }

    /** A text with changes that do not overlap. */
    static String apply(String text, List<TextEdit> edits) {
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (TextEdit edit : sorted(edits)) {
            result.append(text, done, edit.start).append(edit.replacement);
            done = edit.end;
        }
        return result.append(text, done, text.length()).toString();
    }

    /** The lines that a change makes, for a person: where, what was there, what is there. */
    String describe(String file, String text) {
        long line = text.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
        String before = text.substring(start, end).strip();
        String after = replacement.strip();
        return file + ":" + line + ": " + (before.isEmpty() ? "+ " + after : before + " -> " + after);
    }
}
