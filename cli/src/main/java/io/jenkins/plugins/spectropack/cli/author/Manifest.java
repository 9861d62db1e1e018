package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A Kubernetes manifest of a pack.
 *
 * @param file its name below the pack's {@code manifests}
 * @param content its bytes
 * @param images those that it names; none of a template that is not YAML before it is filled in
 * @param isTemplate whether it holds parameters
 * @param parameters the names of those that it takes from the pack's values, as far as they can be told
 */
record Manifest(String file, byte[] content, Set<String> images, boolean isTemplate, Set<String> parameters) {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final String TEMPLATE = "{{";
    private static final Pattern ADDRESS = Pattern.compile("https?:.*");
    private static final Pattern PARAMETER =
            Pattern.compile("\\{\\{-?[^{}\n.]{0,200}\\.(?:Values\\.)?([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+)*)");

    /** Palette and Helm fill these in by themselves. */
    private static final List<String> BUILT_IN =
            List.of("spectro.", "Release.", "Chart.", "Capabilities.", "Template.", "Files.");

    /**
     * Reads manifests, in the given order.
     *
     * @param paths files, or folders, of which all manifests right in them are taken in the order of their names
     * @throws PackException if there is none, or two have one name
     */
    static List<Manifest> read(List<Path> paths) throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Path path : paths) {
            for (Path file : Files.isDirectory(path) ? in(path) : List.of(path)) {
                Path before = files.put(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT), file);
                if (before != null && !Files.isSameFile(before, file)) {
                    throw new PackException(
                            file.toString(),
                            "It has the name of " + before
                                    + ", but the manifests of a pack lie in one folder, and values"
                                    + " call them by their names. Rename one.");
                }
            }
        }
        List<Manifest> manifests = new ArrayList<>();
        Map<String, Path> templates = new HashMap<>();
        for (Path file : files.values()) {
            Manifest manifest = read(file);
            Path before = manifest.isTemplate() ? templates.put(manifest.key(), file) : null;
            if (before != null) {
                throw new PackException(
                        file.toString(),
                        "It is a template as " + before + " is, and values call both '" + manifest.key()
                                + "', without the ending. Rename one.");
            }
            manifests.add(manifest);
        }
        return manifests;
    }

    private static List<Path> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> children = Files.list(folder)) {
            files = children.filter(Files::isRegularFile)
                    .filter(file -> ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new PackException(folder.toString(), "The folder holds no manifest: no file ends in .yaml or .yml.");
        }
        return files;
    }

    private static Manifest read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new PackException(
                    path.toString(),
                    Files.exists(path)
                            ? "It is no file."
                            : "There is no such file or folder."
                                    + (ADDRESS.matcher(path.toString()).matches()
                                            ? " Addresses are not asked: fetch it first."
                                            : ""));
        }
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(path)) {
            bytes = stream.readNBytes(YamlText.MAX_BYTES + 1);
        }
        String text = YamlText.decode(path.toString(), bytes);
        boolean isTemplate = text.contains(TEMPLATE);
        Set<String> images = Set.of();
        try {
            List<Object> documents = new ArrayList<>();
            for (Node document : YamlText.of(path.toString(), bytes).documents()) {
                documents.add(YamlData.of(path.toString(), document));
            }
            images = Images.of(documents).found();
        } catch (PackException e) {
            if (!isTemplate) {
                throw e;
            }
        }
        return new Manifest(String.valueOf(path.getFileName()), bytes, images, isTemplate, parameters(text));
    }

    private static Set<String> parameters(String text) {
        Set<String> parameters = new TreeSet<>();
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            if (BUILT_IN.stream().noneMatch(matcher.group(1)::startsWith)) {
                parameters.add(matcher.group(1));
            }
        }
        return parameters;
    }

    /** What the pack's values call it. */
    String key() {
        return ENDINGS.stream()
                .filter(file::endsWith)
                .findFirst()
                .map(ending -> file.substring(0, file.length() - ending.length()))
                .orElse(file);
    }

    /** Where it lies in the pack. */
    String path() {
        return "manifests/" + file;
    }
}
