package io.jenkins.plugins.spectropack.engine.pack;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists in sentences. */
final class Words {

    private static final int MOST = 20;

    private Words() {}

    /** Words with commas between them; the first twenty and a count of the rest, if there are more. */
    static String list(Collection<String> words) {
        String list = words.stream().limit(MOST).collect(Collectors.joining(", "));
        return words.size() > MOST ? list + " and " + (words.size() - MOST) + " more" : list;
    }
}
