package io.jenkins.plugins.spectropack.engine.pack;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code values.yaml}. Palette replaces macros such as <code>{{.spectro.system.cluster.name}}</code> before anything reads
 * them, so the file has to be YAML only then.
 */
final class ValuesRules {

    private static final String FILE = YamlRules.VALUES;
    private static final List<String> PARTS = List.of("pack", "charts", "manifests");

    private static final Pattern MACRO = Pattern.compile("\\{\\{[^{}\n]*}}");
    private static final Pattern LINE_OF_MACRO =
            Pattern.compile("^[ \\t]*\\{\\{[^{}\n]*}}[ \\t]*\r?$", Pattern.MULTILINE);

    private ValuesRules() {}

    /**
     * Checks the values.
     *
     * @param charts what the pack's charts are called; nothing if that is not known
     * @return whether manifests stand in the values themselves
     */
    static boolean check(Inspection pack, Optional<Set<String>> charts) {
        if (pack.file(FILE).isEmpty()) {
            pack.foundIn(
                    FILE,
                    Rule.VALUES_MISSING,
                    "The file is missing. Palette needs it, even if it is empty: add one." + pack.renameHint(FILE));
            return false;
        }
        Optional<YamlOutline> outline = YamlRules.bytes(pack, FILE, Rule.VALUES).flatMap(bytes -> outline(pack, bytes));
        if (outline.isEmpty() || !areMappings(pack, outline.get())) {
            return false;
        }
        SpellingRules.values(pack, outline.get());
        charts.ifPresent(names -> unknownKeys(pack, "chart", outline.get().keys("charts"), names));
        List<YamlNode.Key> manifests = outline.get().keys("manifests");
        manifestKeys(pack, manifests);
        return manifests.stream().anyMatch(ValuesRules::isInline);
    }

    private static Optional<YamlOutline> outline(Inspection pack, byte[] bytes) {
        boolean macros = YamlRules.isTemplate(bytes);
        try {
            YamlOutline outline = YamlOutline.of(bytes);
            if (macros) {
                tryOutline(withoutMacros(bytes)).ifPresent(replaced -> YamlRules.doubts(pack, FILE, replaced));
            } else {
                YamlRules.doubts(pack, FILE, outline);
            }
            return Optional.of(outline);
        } catch (YamlProblem e) {
            try {
                YamlOutline replaced = YamlOutline.of(withoutMacros(bytes));
                pack.foundIn(
                        FILE,
                        e.line(),
                        Rule.VALUES_MACRO,
                        e.getMessage() + " It is, without its macros. Put them in quotes.");
                return Optional.of(replaced);
            } catch (YamlProblem rest) {
                pack.foundIn(FILE, rest.line(), Rule.VALUES, rest.getMessage());
                return Optional.empty();
            }
        }
    }

    private static Optional<YamlOutline> tryOutline(byte[] bytes) {
        try {
            return Optional.of(YamlOutline.of(bytes));
        } catch (YamlProblem e) {
            return Optional.empty();
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

    private static boolean areMappings(Inspection pack, YamlOutline outline) {
        for (YamlNode document : outline.documents()) {
            if (document.kind() == YamlNode.Kind.SCALAR || document.kind() == YamlNode.Kind.SEQUENCE) {
                pack.foundIn(
                        FILE,
                        document.line(),
                        Rule.VALUES,
                        "The file holds " + document.kind().words() + ". It must hold keys with values, such as"
                                + " 'pack:' and 'charts:', or nothing.");
                return false;
            }
        }
        for (String part : PARTS) {
            for (YamlNode document : outline.documents()) {
                Optional<YamlNode> value = document.get(part);
                if (value.isPresent()
                        && (value.get().kind() == YamlNode.Kind.SCALAR
                                || value.get().kind() == YamlNode.Kind.SEQUENCE)) {
                    pack.foundIn(
                            FILE,
                            value.get().line(),
                            Rule.VALUES_KEY,
                            "The value of '" + part + "' is "
                                    + value.get().kind().words()
                                    + ", but Palette looks for keys below it. Indent them, or remove it.");
                }
            }
        }
        return true;
    }

    private static void manifestKeys(Inspection pack, List<YamlNode.Key> manifests) {
        Set<String> names = new TreeSet<>();
        ContentRules.manifests(pack).forEach(path -> names.add(baseName(path)));
        List<YamlNode.Key> keys =
                manifests.stream().filter(key -> !isInline(key)).toList();
        unknownKeys(pack, "manifest", keys, names);
    }

    /** Palette lets a manifest stand in the values themselves. */
    private static boolean isInline(YamlNode.Key key) {
        return key.value().get("contents").isPresent();
    }

    /** A pack without any such part has nothing to compare with. */
    private static void unknownKeys(Inspection pack, String part, List<YamlNode.Key> keys, Set<String> names) {
        List<YamlNode.Key> unknown = keys.stream()
                .filter(key -> !names.contains(key.name()) && !key.name().equals("<<"))
                .toList();
        if (names.isEmpty() || unknown.isEmpty()) {
            return;
        }
        boolean one = unknown.size() == 1;
        pack.foundIn(
                FILE,
                unknown.get(0).line(),
                Rule.VALUES_KEY,
                (one ? "The key " : "The keys ")
                        + Words.list(unknown.stream()
                                .map(key -> "'" + key.name() + "'")
                                .toList())
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
