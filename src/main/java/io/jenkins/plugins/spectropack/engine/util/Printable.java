package io.jenkins.plugins.spectropack.engine.util;

/**
 * Makes text that comes from a pack or a server fit for a log: neither must be able to write lines of its own or hide others.
 */
public final class Printable {

    /** More than any sentence of ours, less than a pack can put into a name. */
    private static final int LIMIT = 1000;

    /** The bits that the last two code points of each plane have. */
    private static final int LAST_OF_PLANE = 0xFFFE;

    private Printable() {}

    /** The text on one line, of bounded length, with what cannot be seen as <code>&#92;uXXXX</code>. */
    public static String of(String text) {
        return of(text, LIMIT);
    }

    /**
     * The same for a text that may be longer or must be shorter.
     *
     * @param limit how many characters are kept
     */
    public static String of(String text, int limit) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(limit).forEach(character -> {
            if (isInvisible(character)) {
                line.append("\\u%04X".formatted(character));
            } else {
                line.appendCodePoint(character);
            }
        });
        // A character takes one or two places; of what is far longer the rest is not looked at.
        boolean isCut = text.codePointCount(0, (int) Math.min(text.length(), 2L * limit + 1)) > limit;
        return isCut ? line.append('…').toString() : line.toString();
    }

    /** Also half a character and what is none by definition, which a file of XML cannot hold. */
    private static boolean isInvisible(int character) {
        if ((character & LAST_OF_PLANE) == LAST_OF_PLANE) {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
