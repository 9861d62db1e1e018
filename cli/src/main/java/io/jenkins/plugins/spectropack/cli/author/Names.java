package io.jenkins.plugins.spectropack.cli.author;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes names and versions that a pack can have of those that charts and folders have. */
final class Names {

    private static final int LONGEST_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final String MACRO = "{{";

    /** One number alone, before what follows it. */
    private static final Pattern MAJOR = Pattern.compile("(v?[0-9]+)(-.*)?");

    private static final String OTHER_THAN_WORDS = "[^a-z0-9]+";

    private Names() {}

    /** A name that a pack can have, as near to a text as can be; empty if nothing of it can be in a name. */
    static String ofPack(String text) {
        String plain = Normalizer.normalize(text.toLowerCase(Locale.ROOT).replace("ß", "ss"), Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}+", "")
                .replaceAll("[^a-z0-9._-]+", "-");
        // Between two words stands one character, the first of those that the text has there.
        String single = plain.replaceAll("([._-])[._-]+", "$1");
        int start = single.isEmpty() || Character.isLetterOrDigit(single.charAt(0)) ? 0 : 1;
        int end = single.length();
        while (end > start && !Character.isLetterOrDigit(single.charAt(end - 1))) {
            end--;
        }
        return single.substring(start, end);
    }

    /** A text as Palette may show it: its words, each with a capital. */
    static String inWords(String text) {
        return Arrays.stream(text.strip().split("[\\s._-]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                        + word.substring(word.offsetByCodePoints(0, 1)))
                .collect(Collectors.joining(" "));
    }

    /** A chart's version as that of a pack: a tag has no {@code +}, and one number alone is not semantic. */
    static String versionOfPack(String version) {
        String tag = version.replace('+', '-');
        Matcher major = MAJOR.matcher(tag);
        return major.matches() ? major.group(1) + ".0.0" + (major.group(2) == null ? "" : major.group(2)) : tag;
    }

    /** A namespace for a pack: a DNS label (RFC 1123), which a pack's name need not be. */
    static String namespace(String pack) {
        String label = pack.replaceAll(OTHER_THAN_WORDS, "-");
        String cut = label.substring(0, Math.min(label.length(), LONGEST_LABEL));
        return cut.endsWith("-") ? cut.substring(0, cut.length() - 1) : cut;
    }

    /** Says what is wrong with a namespace; empty if it may be one, or holds what Palette replaces. */
    static Optional<String> namespaceProblem(String namespace) {
        return namespace.contains(MACRO) || LABEL.matcher(namespace).matches()
                ? Optional.empty()
                : Optional.of("The namespace '" + namespace + "' cannot be one in Kubernetes. Use at most "
                        + LONGEST_LABEL + " lower-case letters, digits and '-', with a letter or digit at both ends.");
    }
}
