package io.jenkins.plugins.spectropack.engine.pack;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Nearest {

    private static final int MAX_LENGTH = 200;

    private Nearest() {}

    /** The candidate that takes the fewest changes to get to, the first of several; nothing if there are none. */
    static Optional<String> to(String value, Collection<String> candidates) {
        String text = value.substring(0, Math.min(value.length(), MAX_LENGTH)).toLowerCase(Locale.ROOT);
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(text, candidate.toLowerCase(Locale.ROOT))));
    }

    /** Levenshtein's: how many characters must be put in, taken out or replaced. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
