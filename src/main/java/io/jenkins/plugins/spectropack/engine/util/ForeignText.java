package io.jenkins.plugins.spectropack.engine.util;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Copies what a machine tells that is not trusted, such as an agent: each text on one line and of bounded length, and all of it
 * together no more than fits the memory of whoever asked, since what arrives may name one long text a million times. Safe for
 * several threads. Runs on the controller.
 */
public final class ForeignText {

    /** Characters of one answer; ten thousand packs, each with a failure and all its findings, are a third of it. */
    public static final int MOST = 32 * 1024 * 1024;

    /** What an element of a list costs even if it says nothing, in characters. */
    private static final int ELEMENT = 100;

    private int left = MOST;

    private synchronized void use(int characters) {
        left = Math.max(-1, left - characters);
        if (left < 0) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "It holds more than %,d characters.", MOST));
        }
    }

    /**
     * A text of at most so many characters.
     *
     * @param text null stays null
     * @throws IllegalArgumentException if there is too much text as a whole
     */
    public String copy(String text, int longest) {
        if (text == null) {
            return null;
        }
        String copy = Printable.of(text, longest);
        use(copy.length());
        return copy;
    }

    /**
     * The same for a text that cannot be left out.
     *
     * @throws IllegalArgumentException also if it is null
     */
    public String required(String text, int longest) {
        if (text == null) {
            throw new IllegalArgumentException("Something that each has is missing.");
        }
        return copy(text, longest);
    }

    /**
     * Copies of a list's elements, whatever they are.
     *
     * @param most how many may be there
     * @param copy refuses what does not belong there
     * @throws IllegalArgumentException if there are more, or too much text as a whole
     */
    public <T> List<T> copies(List<?> elements, int most, Function<Object, T> copy) {
        if (elements.size() > most) {
            throw new IllegalArgumentException(
                    "It names " + elements.size() + " things where at most " + most + " are.");
        }
        List<T> copies = new ArrayList<>();
        for (Object element : elements) {
            use(ELEMENT);
            copies.add(copy.apply(element));
        }
        return copies;
    }
}
