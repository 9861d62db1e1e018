package io.jenkins.plugins.spectropack.engine.pack;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What is checked in all YAML files of a pack. */
final class YamlRules {

    static final String VALUES = "values.yaml";

    private static final String TEMPLATE = "{{";

    private YamlRules() {}

    /**
     * The content of a file.
     *
     * @param rule what is broken if the file is a pointer of Git LFS
     * @return nothing if it is not to be checked further, which was told
     */
    static Optional<byte[]> bytes(Inspection pack, String path, Rule rule) {
        Optional<byte[]> bytes = pack.begin(path, YamlText.MAX_BYTES + 1);
        if (bytes.isPresent() && GitLfs.isPointer(bytes.get())) {
            pack.foundIn(path, 1, rule, GitLfs.MESSAGE);
            return Optional.empty();
        }
        if (bytes.isPresent() && !YamlText.isReadable(bytes.get())) {
            pack.foundIn(
                    path,
                    Rule.YAML_SIZE,
                    "The file has more than 8 MiB, or a line of more than 1 MiB, so it was not checked. Split it.");
            return Optional.empty();
        }
        return bytes;
    }

    /** Whether a file may be a Go template, or hold macros of Palette. */
    static boolean isTemplate(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(TEMPLATE);
    }

    /** Tells what is doubtful though the file is YAML. */
    static void doubts(Inspection pack, String file, YamlOutline outline) {
        for (YamlNode.Key key : outline.duplicates()) {
            pack.foundIn(
                    file,
                    key.line(),
                    Rule.YAML_DUPLICATE_KEY,
                    "The key '" + key.name() + "' in line " + key.line()
                            + " stands twice in one mapping, and only one of its values counts. Remove one.");
        }
        pack.more(Rule.YAML_DUPLICATE_KEY, file, outline.moreDuplicates());
        outline.doubts().forEach(doubt -> pack.foundIn(file, doubt.line(), Rule.YAML_GO, doubt.message()));
    }
}
