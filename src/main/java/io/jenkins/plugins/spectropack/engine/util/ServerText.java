package io.jenkins.plugins.spectropack.engine.util;

/**
 * The only way of a server's words into a message: a code, a sentence, the beginning of a page, a header's value. What comes out
 * is one printable line of bounded length, without markup and without a secret. Takes time that grows with the length only.
 */
public final class ServerText {

    private static final int SHOWN = 500;

    /** Markup, which is not shown, may be before what is; no text of a server's is far longer. */
    private static final int READ = 64 * 1024;

    private ServerText() {}

    /**
     * Makes a text fit for a message.
     *
     * @param text of any content and length
     * @param secrets what was sent with the request, which is struck out before anything is cut
     */
    public static String of(String text, Secrets secrets) {
        String read = text.length() > READ ? text.substring(0, READ) : text;
        return Printable.of(onOneLine(withoutMarkup(secrets.strike(read))), SHOWN);
    }

    /** The same where nothing secret was sent. */
    public static String of(String text) {
        return of(text, Secrets.NONE);
    }

    private static String withoutMarkup(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int last = text.lastIndexOf('>');
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '<' && i < last) {
                plain.append(' ');
                i = text.indexOf('>', i);
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    private static String onOneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isWhitespace(character)) {
                gap = line.length() > 0;
            } else {
                if (gap) {
                    line.append(' ');
                    gap = false;
                }
                line.append(character);
            }
        }
        return line.toString();
    }
}
