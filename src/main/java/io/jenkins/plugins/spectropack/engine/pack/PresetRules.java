package io.jenkins.plugins.spectropack.engine.pack;

import java.util.List;
import java.util.Optional;

/**
 * {@code presets.yaml} and {@code schema.yaml}, which Palette's forms are made of. Sources: {@code PackPreset} and
 * {@code PackSchema} in the description of Palette's API, and what published packs hold, since no page documents the files.
 */
final class PresetRules {

    private static final String PRESETS = "presets.yaml";
    private static final String SCHEMA = "schema.yaml";
    private static final List<String> PRESET_KEYS = List.of("name", "displayName", "group", "add", "remove");
    private static final List<String> SCHEMA_KEYS = List.of("schema");

    private PresetRules() {}

    static void check(Inspection pack) {
        read(pack, PRESETS, Rule.PRESETS)
                .ifPresent(outline -> outline.documents().forEach(document -> presets(pack, document)));
        read(pack, SCHEMA, Rule.VALUES_SCHEMA)
                .ifPresent(outline -> outline.documents().forEach(document -> schema(pack, document)));
    }

    private static Optional<YamlOutline> read(Inspection pack, String file, Rule rule) {
        Optional<byte[]> bytes = pack.file(file).isEmpty() ? Optional.empty() : YamlRules.bytes(pack, file, rule);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            YamlOutline outline = YamlOutline.of(bytes.get());
            YamlRules.doubts(pack, file, outline);
            return Optional.of(outline);
        } catch (YamlProblem e) {
            pack.foundIn(file, e.line(), rule, e.getMessage());
            return Optional.empty();
        }
    }

    private static void presets(Inspection pack, YamlNode document) {
        Optional<YamlNode> presets = document.get("presets");
        if (presets.isEmpty()) {
            if (!SpellingRules.mapping(pack, PRESETS, document, "", List.of("presets"))) {
                found(pack, document, "The key 'presets' is missing, under which a list of presets stands.");
            }
            return;
        }
        YamlNode list = presets.get();
        if (list.kind() == YamlNode.Kind.SCALAR || list.kind() == YamlNode.Kind.MAPPING) {
            found(pack, list, "The value of 'presets' is " + list.kind().words() + ", but must be a list of presets.");
        }
        list.elements().forEach(preset -> preset(pack, preset));
    }

    private static void preset(Inspection pack, YamlNode preset) {
        if (preset.kind() != YamlNode.Kind.MAPPING) {
            if (preset.kind() != YamlNode.Kind.ALIAS) {
                found(
                        pack,
                        preset,
                        "A preset must hold keys with values, but is "
                                + preset.kind().words() + ".");
            }
            return;
        }
        if (SpellingRules.mapping(pack, PRESETS, preset, " in a preset", PRESET_KEYS) || preset.mayHaveMoreKeys()) {
            return;
        }
        for (String key : List.of("name", "displayName", "group")) {
            Optional<YamlNode> value = preset.get(key);
            if (value.isEmpty() || value.get().kind() == YamlNode.Kind.NOTHING) {
                found(pack, preset, "A preset has no '" + key + "'.");
            } else if (isCollection(value.get())) {
                found(
                        pack,
                        value.get(),
                        "The value of '" + key + "' must be text, but is "
                                + value.get().kind().words() + ".");
            }
        }
        preset.get("add")
                .filter(PresetRules::isCollection)
                .ifPresent(add -> found(
                        pack,
                        add,
                        "The value of 'add' must be text that holds YAML, but is "
                                + add.kind().words() + ". Begin it with '|'."));
        preset.get("remove")
                .filter(remove -> remove.kind() == YamlNode.Kind.SCALAR || remove.kind() == YamlNode.Kind.MAPPING)
                .ifPresent(remove -> found(
                        pack,
                        remove,
                        "The value of 'remove' must be a list, but is "
                                + remove.kind().words() + "."));
        if (preset.get("add").isEmpty() && preset.get("remove").isEmpty()) {
            found(pack, preset, "A preset has neither 'add' nor 'remove', so it changes nothing.");
        }
    }

    private static void schema(Inspection pack, YamlNode document) {
        if (document.kind() != YamlNode.Kind.MAPPING) {
            pack.foundIn(
                    SCHEMA,
                    document.line(),
                    Rule.VALUES_SCHEMA,
                    "The file holds " + document.kind().words() + ". It must hold keys of values.yaml, such as"
                            + " 'charts.NAME.KEY:', with a 'schema' below each.");
            return;
        }
        for (YamlNode.Key key : document.keys()) {
            Optional<YamlNode> schema = key.value().get("schema");
            if (key.value().kind() == YamlNode.Kind.ALIAS || key.value().mayHaveMoreKeys()) {
                continue;
            }
            if (schema.isEmpty()) {
                if (!SpellingRules.mapping(pack, SCHEMA, key.value(), " under '" + key.name() + "'", SCHEMA_KEYS)) {
                    pack.foundIn(
                            SCHEMA,
                            key.line(),
                            Rule.VALUES_SCHEMA,
                            "There is no 'schema' under '" + key.name() + "', so nothing is known of that value.");
                }
            } else if (!isTemplate(schema.get())) {
                pack.foundIn(
                        SCHEMA,
                        schema.get().line(),
                        Rule.VALUES_SCHEMA,
                        "The schema of '" + key.name() + "' must be text in quotes, such as '{{ required | format"
                                + " \"${string}\" }}'.");
            }
        }
    }

    private static boolean isTemplate(YamlNode schema) {
        String text = schema.text().strip();
        return schema.kind() == YamlNode.Kind.ALIAS || schema.kind() == YamlNode.Kind.SCALAR && text.startsWith("{{");
    }

    private static boolean isCollection(YamlNode node) {
        return node.kind() == YamlNode.Kind.MAPPING || node.kind() == YamlNode.Kind.SEQUENCE;
    }

    private static void found(Inspection pack, YamlNode node, String message) {
        pack.foundIn(PRESETS, node.line(), Rule.PRESETS, message);
    }
}
