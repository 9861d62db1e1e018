package io.jenkins.plugins.spectropack.engine.util;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds what somebody probably meant to write. Bounded: lengths are compared first, a comparison ends as soon as too much
 * differs, and among too many candidates none is sought.
 */
public final class Nearest {

    private static final int LONGEST = 300;
    private static final int MOST_CANDIDATES = 5000;
    private static final int MOST_CHANGES = 4;
    private static final int LETTERS_FOR_A_CHANGE = 3;
    private static final int SHORTEST_PART = 5;

    private Nearest() {}

    /**
     * The candidate that takes the fewest changes to get to, the first of several. Case, spaces, {@code -} and {@code _} do not
     * count; one change in three letters is the most that two words may differ by.
     *
     * @return nothing if none is near
     */
    public static Optional<String> to(String value, Collection<String> candidates) {
        if (value.length() > LONGEST || candidates.size() > MOST_CANDIDATES) {
            return Optional.empty();
        }
        String text = plain(value);
        String nearest = null;
        int fewest = MOST_CHANGES + 1;
        for (String candidate : candidates) {
            if (candidate.length() <= LONGEST) {
                String other = plain(candidate);
                int allowed = Math.min(MOST_CHANGES, Math.max(text.length(), other.length()) / LETTERS_FOR_A_CHANGE);
                int changes = distance(text, other, Math.min(allowed, fewest - 1));
                if (changes < fewest) {
                    fewest = changes;
                    nearest = candidate;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The same for keys, which are also near to one that they are the beginning or the end of. */
    public static Optional<String> key(String value, Collection<String> keys) {
        Optional<String> near = to(value, keys);
        if (near.isPresent() || value.length() > LONGEST) {
            return near;
        }
        String text = plain(value);
        return text.length() < SHORTEST_PART
                ? Optional.empty()
                : keys.stream()
                        .filter(key -> plain(key).startsWith(text) || plain(key).endsWith(text))
                        .findFirst();
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (char letter : text.toLowerCase(Locale.ROOT).toCharArray()) {
            if (letter != ' ' && letter != '-' && letter != '_') {
                plain.append(letter);
            }
        }
        return plain.toString();
    }

    /**
     * How many letters must be put in, taken out, replaced or swapped with the next one (optimal string alignment).
     *
     * @return {@link Integer#MAX_VALUE} if it is more than a limit
     */
    private static int distance(String first, String second, int limit) {
        if (limit < 0 || Math.abs(first.length() - second.length()) > limit) {
            return Integer.MAX_VALUE;
        }
        int start = 0;
        int most = Math.min(first.length(), second.length());
        while (start < most && first.charAt(start) == second.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < most - start
                && first.charAt(first.length() - 1 - end) == second.charAt(second.length() - 1 - end)) {
            end++;
        }
        return differing(
                first.substring(start, first.length() - end), second.substring(start, second.length() - end), limit);
    }

    /** The distance, looking only at places that are no further apart than the limit. */
    private static int differing(String a, String b, int limit) {
        int far = limit + 1;
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        int[] next = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = Math.min(j, far);
        }
        for (int i = 1; i <= a.length(); i++) {
            Arrays.fill(next, far);
            next[0] = Math.min(i, far);
            int fewest = next[0];
            for (int j = Math.max(1, i - limit); j <= Math.min(b.length(), i + limit); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                next[j] = Math.min(row[j - 1] + same, Math.min(row[j], next[j - 1]) + 1);
                if (isSwap(a, i, b, j)) {
                    next[j] = Math.min(next[j], last[j - 2] + 1);
                }
                fewest = Math.min(fewest, next[j]);
            }
            if (fewest > limit) {
                return Integer.MAX_VALUE;
            }
            int[] free = last;
            last = row;
            row = next;
            next = free;
        }
        return row[b.length()] > limit ? Integer.MAX_VALUE : row[b.length()];
    }

    private static boolean isSwap(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
