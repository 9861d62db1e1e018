package io.jenkins.plugins.spectropack.engine.pack;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Says in words what is wrong with a file that is not JSON. The parser's own messages talk of its settings and of code points;
 * which of its messages it is can be told from their beginnings only.
 */
final class JsonWords {

    private record Case(String begin, String part, String words) {}

    private static final List<Case> CASES = List.of(
            new Case("Non-standard token", "", "NaN and Infinity are no values in JSON."),
            new Case("Unexpected character ('/'", "", "There is a comment, which JSON does not have."),
            new Case("Unexpected character ('#'", "", "There is a comment, which JSON does not have."),
            new Case("Unexpected character (''", "", "Text stands in single quotes. Write double ones."),
            new Case(
                    "Unexpected character ('}'", "expecting double-quote", "There is a comma too many before the '}'."),
            new Case(
                    "Unexpected character ('}'",
                    "",
                    "A value is missing before the '}', or there is a comma too many."),
            new Case(
                    "Unexpected character (']'",
                    "",
                    "A value is missing before the ']', or there is a comma too many."),
            new Case("Unexpected character (", "double-quote to start", "A key must stand in double quotes."),
            new Case("Unexpected character (", "expecting comma", "A comma is missing before this place."),
            new Case("Unexpected character (", "colon", "A colon is missing between a key and its value."),
            new Case("Unexpected character (", "", "Something stands here that JSON does not allow."),
            new Case("Unexpected close marker", "", "A bracket is closed that is not open: '}' and ']' are mixed up."),
            new Case(
                    "Illegal unquoted character",
                    "",
                    "There is a line break, tab or control character in a text. Write \\n or \\t."),
            new Case("Illegal character", "", "There is a character here that JSON does not allow outside of texts."),
            new Case(
                    "Unrecognized character escape",
                    "",
                    "There is a '\\' in a text that begins no escape. Write '\\\\'."),
            new Case("Unrecognized token", "", "There is a word without quotes. Text must stand in double quotes."),
            new Case("Invalid numeric value", "", "There is a number as JSON does not write it, such as 01, +1 or 1."),
            new Case("Unexpected end-of-input", "", "The file ends too early: a quote, '}' or ']' is missing."));

    private JsonWords() {}

    /** A whole sentence. */
    static String of(JacksonException e) {
        if (e instanceof StreamConstraintsException) {
            return "It nests too deep, or holds a number that is too long.";
        }
        if (e instanceof UnexpectedEndOfInputException) {
            return "The file ends too early: a quote, '}' or ']' is missing.";
        }
        if (e instanceof MismatchedInputException) {
            return "Something follows after the end of the object. Remove it.";
        }
        String message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Duplicate")) {
            int start = message.indexOf('"');
            int end = message.lastIndexOf('"');
            String key = start < end ? message.substring(start + 1, end) : "";
            return "The key '" + key + "' stands twice in one object. Remove one of them.";
        }
        return CASES.stream()
                .filter(one -> message.startsWith(one.begin()) && message.contains(one.part()))
                .map(Case::words)
                .findFirst()
                .orElse("Something stands here that JSON does not allow.");
    }
}
