package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.registry.RepositoryNames;
import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which packs of a registry are meant: one version, by its tag or its digest, all versions of a pack, or all packs.
 *
 * @param name the pack's; {@code *} for all packs
 * @param reference a version or a digest; empty for all versions
 */
public record PackSelector(String name, String reference) implements Serializable {

    /** What stands for all packs. */
    public static final String ALL = "*";

    private static final long serialVersionUID = 1L;
    private static final Pattern WORDS = Pattern.compile("[\\s,]");

    /**
     * Reads {@code NAME}, {@code NAME:VERSION}, {@code NAME@sha256:…} or {@code *}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static PackSelector parse(String text) {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        String typed = text.strip();
        int at = separator(typed);
        return at < 0 ? new PackSelector(typed, "") : new PackSelector(typed.substring(0, at), typed.substring(at + 1));
    }

    /**
     * Reads several, with blanks, line breaks or commas between them.
     *
     * @return none for a blank text
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static List<PackSelector> parseAll(String text) {
        return WORDS.splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .map(PackSelector::parse)
                .toList();
    }

    /** Says what is wrong with how several are named; empty if it is fine. */
    public static Optional<String> problemOfAll(String text) {
        return WORDS.splitAsStream(text)
                .filter(word -> !word.isEmpty())
                .flatMap(word -> problem(word).stream())
                .findFirst();
    }

    private static int separator(String text) {
        int at = text.indexOf('@');
        return at >= 0 ? at : text.indexOf(':');
    }

    /** Says what is wrong with how packs are named; empty if it is fine. */
    public static Optional<String> problem(String text) {
        String typed = text == null ? "" : text.strip();
        if (typed.equals(ALL)) {
            return Optional.empty();
        }
        int at = separator(typed);
        String name = at < 0 ? typed : typed.substring(0, at);
        String reference = at < 0 ? "" : typed.substring(at + 1);
        boolean right = RepositoryNames.isPack(name)
                && (at < 0
                        || (typed.charAt(at) == '@' ? Digests.isSha256(reference) : RepositoryNames.isTag(reference)));
        return right
                ? Optional.empty()
                : Optional.of(
                        "'" + typed + "' does not name packs of a registry. Give NAME:VERSION for one version, NAME for"
                                + " all versions of a pack, or " + Setting.ALL_PACKS.words() + " for all packs.");
    }

    /** Whether all packs are meant. */
    public boolean isAll() {
        return name.equals(ALL);
    }

    /** Whether one version is meant. */
    public boolean isOne() {
        return !reference.isEmpty();
    }

    @Override
    public String toString() {
        return isOne() ? name + (Digests.isSha256(reference) ? "@" : ":") + reference : name;
    }
}
