package io.jenkins.plugins.spectropack.engine.util;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a text says, however a program has written its characters: as they are or escaped as in URLs, JSON or HTML, with white
 * space in between or not. Knows where in the text that stands.
 */
final class Unescaped {

    private static final Map<String, Character> ENTITIES =
            Map.of("quot", '"', "amp", '&', "lt", '<', "gt", '>', "apos", '\'');

    private static final int LONGEST_ENTITY = 8;
    private static final int HEX = 16;

    private final StringBuilder said = new StringBuilder();

    /** Where the writing of each character begins; the next one's place is where it ends. */
    private final int[] places;

    private char read;

    /** Reads a text. Takes time that grows with its length only. */
    Unescaped(String text) {
        int[] begins = new int[text.length() + 1];
        int at = 0;
        while (at < text.length()) {
            int end = next(text, at);
            if (!Character.isWhitespace(read)) {
                begins[said.length()] = at;
                said.append(read);
            }
            at = end;
        }
        begins[said.length()] = text.length();
        places = Arrays.copyOf(begins, said.length() + 1);
    }

    /** The text with something else in each place where it says something. */
    static String replace(String text, String something, String instead) {
        Unescaped unescaped = new Unescaped(text);
        String sought = withoutSpace(something);
        int found = unescaped.said.indexOf(sought);
        if (found < 0 || sought.isEmpty()) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        while (found >= 0) {
            int end = found + sought.length();
            replaced.append(text, copied, unescaped.places[found]).append(instead);
            copied = unescaped.places[end];
            found = unescaped.said.indexOf(sought, end);
        }
        return replaced.append(text, copied, text.length()).toString();
    }

    private static String withoutSpace(String text) {
        StringBuilder without = new StringBuilder();
        text.chars().filter(letter -> !Character.isWhitespace(letter)).forEach(letter -> without.append((char) letter));
        return without.toString();
    }

    /** Reads one character and says where the next one begins. */
    private int next(String text, int at) {
        read = text.charAt(at);
        return switch (read) {
            case '%' -> hex(text, at + 1, at + 3, at);
            case '\\' -> escaped(text, at);
            case '&' -> entity(text, at);
            default -> at + 1;
        };
    }

    private int escaped(String text, int at) {
        if (at + 1 == text.length()) {
            return at + 1;
        }
        char kind = text.charAt(at + 1);
        switch (kind) {
            case 'u' -> {
                return hex(text, at + 2, at + 6, at);
            }
            case '"', '\'', '\\', '/' -> read = kind;
            case 'n', 'r', 't' -> read = ' ';
            default -> {
                return at + 1;
            }
        }
        return at + 2;
    }

    private int entity(String text, int at) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != ';') {
            if (++end - at > LONGEST_ENTITY) {
                return at + 1;
            }
        }
        if (end == text.length()) {
            return at + 1;
        }
        String name = text.substring(at + 1, end);
        try {
            if (name.startsWith("#x") || name.startsWith("#X")) {
                read = (char) Integer.parseInt(name.substring(2), HEX);
            } else if (name.startsWith("#")) {
                read = (char) Integer.parseInt(name.substring(1));
            } else if (ENTITIES.containsKey(name)) {
                read = ENTITIES.get(name);
            } else {
                return at + 1;
            }
        } catch (NumberFormatException e) {
            return at + 1;
        }
        return end + 1;
    }

    private int hex(String text, int start, int end, int at) {
        if (end > text.length() || !text.substring(start, end).chars().allMatch(HexFormat::isHexDigit)) {
            return at + 1;
        }
        read = (char) HexFormat.fromHexDigits(text, start, end);
        return end;
    }
}
