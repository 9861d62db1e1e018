package io.jenkins.plugins.spectropack.engine.pack;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * Versions as people count: 1.10 after 1.9, a pre-release before its release. Source of the order: Semantic Versioning 2.0.0,
 * section 11, for versions of any number of parts, with or without a {@code v} before them, and with digits inside words
 * counted too. Takes any text; equal only for equal text.
 */
public final class VersionOrder implements Comparator<String> {

    /** The only one. */
    public static final VersionOrder ASCENDING = new VersionOrder();

    private VersionOrder() {}

    @Override
    public int compare(String one, String other) {
        int dash = dash(one);
        int otherDash = dash(other);
        int release = compareParts(release(one, dash), release(other, otherDash));
        if (release != 0) {
            return release;
        }
        if (dash < 0 != otherDash < 0) {
            return dash < 0 ? 1 : -1;
        }
        int preRelease = dash < 0 ? 0 : compareParts(one.substring(dash + 1), other.substring(otherDash + 1));
        return preRelease != 0 ? preRelease : one.compareTo(other);
    }

    private static int dash(String version) {
        return version.indexOf('-');
    }

    private static String release(String version, int dash) {
        String release = dash < 0 ? version : version.substring(0, dash);
        boolean prefixed = release.length() > 1
                && (release.charAt(0) == 'v' || release.charAt(0) == 'V')
                && isDigit(release.charAt(1));
        return prefixed ? release.substring(1) : release;
    }

    private static int compareParts(String one, String other) {
        String[] parts = one.split("\\.", -1);
        String[] others = other.split("\\.", -1);
        for (int i = 0; i < Math.max(parts.length, others.length); i++) {
            if (i == parts.length || i == others.length) {
                return parts.length - others.length;
            }
            int result = comparePart(parts[i], others[i]);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    /** A number comes before a word. */
    private static int comparePart(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            int end = end(one, i);
            int otherEnd = end(other, j);
            String piece = one.substring(i, end);
            String otherPiece = other.substring(j, otherEnd);
            int result = isNumber(piece) && isNumber(otherPiece)
                    ? new BigInteger(piece).compareTo(new BigInteger(otherPiece))
                    : piece.compareTo(otherPiece);
            if (result != 0) {
                return result;
            }
            i = end;
            j = otherEnd;
        }
        return (one.length() - i) - (other.length() - j);
    }

    /** Where the digits, or what is no digit, end that begin at an index. */
    private static int end(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end)) == isDigit(text.charAt(start))) {
            end++;
        }
        return end;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && end(text, 0) == text.length() && isDigit(text.charAt(0));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
