package io.jenkins.plugins.spectropack.engine.pack;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code values.yaml} and the manifests. Palette replaces macros such as <code>{{.spectro.system.cluster.name}}</code> in the
 * values before anything reads them, so they have to be YAML only then. Some published manifests are Go templates, which can
 * look like anything.
 */
final class YamlRules {

    static final String VALUES = "values.yaml";

    private static final String TEMPLATE = "{{";
    private static final Pattern MACRO = Pattern.compile("\\{\\{[^{}\n]*}}");
    private static final Pattern LINE_OF_MACRO =
            Pattern.compile("^[ \\t]*\\{\\{[^{}\n]*}}[ \\t]*\r?$", Pattern.MULTILINE);

    private YamlRules() {}

    /**
     * Checks the values.
     *
     * @param charts what the pack's charts are called; nothing if that is not known
     */
    static void values(Inspection pack, Optional<Set<String>> charts) {
        if (pack.file(VALUES).isEmpty()) {
            pack.foundIn(
                    VALUES,
                    Rule.VALUES_MISSING,
                    "The file is missing. Palette needs it, even if it is empty: add one.");
            return;
        }
        Optional<byte[]> bytes = bytes(pack, VALUES);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            YamlOutline outline = YamlOutline.of(bytes.get());
            duplicates(pack, VALUES, outline);
            charts.ifPresent(names -> unknownKeys(pack, "chart", outline.keys("charts"), names));
            manifestKeys(pack, outline);
        } catch (YamlOutline.Problem e) {
            Optional<YamlOutline.Problem> rest = problem(withoutMacros(bytes.get()));
            if (rest.isPresent()) {
                pack.foundIn(VALUES, rest.get().line(), Rule.VALUES, rest.get().getMessage());
            } else {
                pack.foundIn(
                        VALUES,
                        e.line(),
                        Rule.VALUES_MACRO,
                        e.getMessage() + " It is, without its macros. Put them in quotes.");
            }
        }
    }

    /** Something of the same length in place of each macro, so that all else stays where it is. */
    private static byte[] withoutMacros(byte[] bytes) {
        // This encoding has a character for each byte, so that bytes that are no text stay what they are.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String lines = LINE_OF_MACRO.matcher(text).replaceAll("");
        return MACRO.matcher(lines)
                .replaceAll(macro -> "x".repeat(macro.group().length()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Optional<YamlOutline.Problem> problem(byte[] bytes) {
        try {
            YamlOutline.of(bytes);
            return Optional.empty();
        } catch (YamlOutline.Problem e) {
            return Optional.of(e);
        }
    }

    /** Checks the manifests. */
    static void manifests(Inspection pack) {
        for (String path : new LinkedHashSet<>(ContentRules.manifests(pack))) {
            Optional<byte[]> bytes = bytes(pack, path);
            if (bytes.isEmpty()) {
                continue;
            }
            boolean isTemplate = isTemplate(bytes.get());
            try {
                YamlOutline outline = YamlOutline.of(bytes.get());
                if (!isTemplate) {
                    duplicates(pack, path, outline);
                }
            } catch (YamlOutline.Problem e) {
                if (!isTemplate) {
                    pack.foundIn(path, e.line(), Rule.MANIFEST, e.getMessage());
                }
            }
        }
    }

    private static Optional<byte[]> bytes(Inspection pack, String path) {
        Optional<byte[]> bytes = pack.begin(path, YamlText.MAX_BYTES + 1);
        if (bytes.isPresent() && !YamlText.isReadable(bytes.get())) {
            pack.foundIn(
                    path,
                    Rule.YAML_SIZE,
                    "The file has more than 8 MiB, or a line of more than 1 MiB, so it was not checked. Split it.");
            return Optional.empty();
        }
        return bytes;
    }

    private static boolean isTemplate(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(TEMPLATE);
    }

    private static void duplicates(Inspection pack, String file, YamlOutline outline) {
        for (YamlNode.Key key : outline.duplicates()) {
            pack.foundIn(
                    file,
                    key.line(),
                    Rule.YAML_DUPLICATE_KEY,
                    "The key '" + key.name() + "' in line " + key.line()
                            + " stands twice in one mapping, and only one of its values counts. Remove one.");
        }
        pack.more(Rule.YAML_DUPLICATE_KEY, file, outline.moreDuplicates());
    }

    /** Palette lets a manifest stand in the values themselves, as {@code contents}. */
    private static void manifestKeys(Inspection pack, YamlOutline outline) {
        Set<String> names = new TreeSet<>();
        ContentRules.manifests(pack).forEach(path -> names.add(baseName(path)));
        List<YamlNode.Key> keys = outline.keys("manifests").stream()
                .filter(key -> key.value().get("contents").isEmpty())
                .toList();
        unknownKeys(pack, "manifest", keys, names);
    }

    /** A pack without any such part has nothing to compare with. */
    private static void unknownKeys(Inspection pack, String part, List<YamlNode.Key> keys, Set<String> names) {
        List<YamlNode.Key> unknown =
                keys.stream().filter(key -> !names.contains(key.name())).toList();
        if (names.isEmpty() || unknown.isEmpty()) {
            return;
        }
        boolean one = unknown.size() == 1;
        pack.foundIn(
                VALUES,
                unknown.get(0).line(),
                Rule.VALUES_KEY,
                (one ? "The key " : "The keys ")
                        + Words.list(unknown.stream().map(key -> "'" + key.name() + "'").toList())
                        + " under '" + part + "s' (line " + unknown.get(0).line() + ") "
                        + (one ? "is the name of no " : "are the names of no ") + part
                        + " of the pack, so nothing gets " + (one ? "its" : "their") + " values. The names are "
                        + Words.list(names) + ".");
    }

    private static String baseName(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        String lower = file.toLowerCase(Locale.ROOT);
        int end = lower.endsWith(".yaml") || lower.endsWith(".yml") ? file.lastIndexOf('.') : file.length();
        return file.substring(0, end);
    }
}
