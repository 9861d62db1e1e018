package io.jenkins.plugins.spectropack.engine.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A value in a YAML file, as far as it is kept: what is deep in a file, or comes late in a huge one, is not. */
final class YamlNode {

    /** What a value is. */
    enum Kind {
        MAPPING("a mapping"),
        SEQUENCE("a list"),
        SCALAR("a single value"),
        /** Nothing was written, or {@code null}. */
        NOTHING("nothing"),
        /** Stands for a value elsewhere in the file, which is not looked up. */
        ALIAS("an alias");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind in a sentence, with its article. */
        String words() {
            return words;
        }
    }

    /**
     * A key of a mapping.
     *
     * @param line where it stands, from 1
     */
    record Key(String name, int line, YamlNode value) {}

    private static final int LONGEST_TEXT = 1000;

    private final Kind kind;
    private final int line;
    private final String text;
    private final boolean plain;
    private final List<Key> keys = new ArrayList<>();
    private final List<YamlNode> elements = new ArrayList<>();
    private boolean whole = true;

    YamlNode(Kind kind, int line, String text, boolean plain) {
        this.kind = kind;
        this.line = line;
        this.text = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        this.plain = plain;
    }

    Kind kind() {
        return kind;
    }

    /** Where it begins, from 1. */
    int line() {
        return line;
    }

    /** A scalar's value, its first thousand characters at most; else empty. */
    String text() {
        return text;
    }

    /** Whether it is a scalar without quotes, which may be read as a number or truth. */
    boolean isPlain() {
        return plain;
    }

    /** The keys of a mapping, and those of the mappings that an alias merges into it not. */
    List<Key> keys() {
        return keys;
    }

    /** The elements of a sequence. */
    List<YamlNode> elements() {
        return elements;
    }

    /** Whether all that is in it is kept. */
    boolean isWhole() {
        return whole;
    }

    /** The value of a key, the last one if it stands twice. */
    Optional<YamlNode> get(String key) {
        return keys.stream()
                .filter(one -> one.name().equals(key))
                .map(Key::value)
                .reduce((first, last) -> last);
    }

    /** The text of a key's value, if that is a scalar; else empty. */
    String text(String key) {
        return get(key).map(YamlNode::text).orElse("");
    }

    /** Whether keys may come from elsewhere: by {@code <<}, or because not all of them are kept. */
    boolean mayHaveMoreKeys() {
        return !whole || keys.stream().anyMatch(key -> key.name().equals("<<"));
    }

    void notWhole() {
        whole = false;
    }
}
