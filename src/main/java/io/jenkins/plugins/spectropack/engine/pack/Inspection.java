package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A pack that is being checked: what rules look at, and where they leave what they find. */
final class Inspection {

    private final Path root;
    private final PackJson json;
    private final PackTree tree;
    private final FindingList findings;
    private final Map<String, List<String>> remembered = new HashMap<>();
    private List<String> files;
    private Set<String> listed;

    /**
     * Prepares a pack for the rules.
     *
     * @param folder the pack's folder
     * @param json null if it cannot be read
     * @param tree null if something in the pack cannot be archived
     * @param findings takes what is found
     */
    Inspection(Path folder, PackJson json, PackTree tree, FindingList findings) throws IOException {
        root = folder.toRealPath();
        this.json = json;
        this.tree = tree;
        this.findings = findings;
    }

    /** A value of {@code pack.json}; missing also if the file cannot be read, or holds {@code null} there. */
    JsonNode value(String key) {
        JsonNode value = json == null ? MissingNode.getInstance() : json.root().path(key);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    /** Whether a key of {@code pack.json} stands there with {@code null}. */
    boolean holdsNull(String key) {
        return json != null && json.root().path(key).isNull();
    }

    /** The object that {@code pack.json} holds. */
    JsonNode root() {
        return json.root();
    }

    /** Whether {@code pack.json} could be read. */
    boolean hasJson() {
        return json != null;
    }

    /** Notes something about a value of {@code pack.json}. */
    void found(Rule rule, String pointer, String message) {
        found(rule, pointer, () -> message);
    }

    /** The same, with a message that is made only if it is told. */
    void found(Rule rule, String pointer, Supplier<String> message) {
        findings.add(rule, PackJson.FILE, () -> json.finding(rule, pointer, message.get()));
    }

    /** Notes something about a file as a whole. */
    void foundIn(String file, Rule rule, String message) {
        foundIn(file, 0, rule, message);
    }

    /** Notes something about a line of a file. */
    void foundIn(String file, int line, Rule rule, String message) {
        findings.add(rule, file, () -> new Finding(rule, file, null, line, message));
    }

    /** Counts what was found in a file beyond what can be told one by one. */
    void more(Rule rule, String file, long count) {
        findings.more(rule, file, count);
    }

    /** All that is in the pack, sorted; nothing if something in it cannot be archived. */
    List<PackTree.Entry> entries() {
        return tree == null ? List.of() : tree.entries();
    }

    /** What to rename, if a file that is missing is there under almost its name; else empty. */
    String renameHint(String missing) {
        return files().stream()
                .filter(file -> file.indexOf('/') < 0 && isAlmost(file, missing))
                .findFirst()
                .map(file -> " There is a '" + file + "': rename it.")
                .orElse("");
    }

    private static boolean isAlmost(String file, String missing) {
        return file.equalsIgnoreCase(missing)
                || missing.endsWith(".yaml") && file.equalsIgnoreCase(missing.replace(".yaml", ".yml"));
    }

    /** All files of the pack, sorted; none if something in it cannot be archived. */
    List<String> files() {
        if (files == null) {
            files = tree == null
                    ? List.of()
                    : tree.entries().stream()
                            .filter(entry -> entry.type() != PackTree.Type.FOLDER)
                            .map(PackTree.Entry::path)
                            .toList();
        }
        return files;
    }

    /** The file whose path was probably meant: one near to it, or the first of the same name elsewhere. */
    Optional<String> nearest(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return Nearest.to(path, files())
                .or(() -> files().stream()
                        .filter(file -> file.endsWith(name) && (file.equals(name) || file.endsWith("/" + name)))
                        .findFirst());
    }

    /** What was found out about a pack once; so that a file is not looked for again and again. */
    List<String> remembered(String what, Supplier<List<String>> find) {
        List<String> known = remembered.get(what);
        if (known == null) {
            known = find.get();
            remembered.put(what, known);
        }
        return known;
    }

    /** Whether a folder is at a place. */
    boolean isFolder(String path) {
        try {
            return Files.isDirectory(root.resolve(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A file of the pack, links followed, but not out of the pack; nothing if there is none. */
    Optional<Path> file(String path) {
        try {
            Path file = root.resolve(path);
            if (isListed(path)) {
                return Optional.of(file);
            }
            return !isLeftOut(file)
                            && Files.isRegularFile(file)
                            && ExactName.is(root, file)
                            && file.toRealPath().startsWith(root)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            // What this machine cannot name, it does not have.
            return Optional.empty();
        }
    }

    /** Whether a path is spelled as a file of the pack that no link leads to: most are, and need no second look. */
    private boolean isListed(String path) {
        if (listed == null) {
            listed = entries().stream()
                    .filter(entry -> entry.type() == PackTree.Type.FILE)
                    .map(PackTree.Entry::path)
                    .collect(Collectors.toSet());
        }
        return listed.contains(path);
    }

    /** Whether a file lies at a place in the pack's folder without belonging to the pack. */
    boolean isLeftOut(String path) {
        try {
            Path file = root.resolve(path);
            return isLeftOut(file) && Files.isRegularFile(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** What does not become part of the archive is not there for Palette. */
    private boolean isLeftOut(Path file) {
        String path = root.relativize(file.normalize()).toString();
        return tree != null && tree.isLeftOut(path.replace(root.getFileSystem().getSeparator(), "/"));
    }

    /** The beginning of a file; nothing if it cannot be read, which is told elsewhere. */
    Optional<byte[]> begin(String path, int bytes) {
        return file(path).flatMap(file -> {
            try (InputStream stream = Files.newInputStream(file)) {
                return Optional.of(stream.readNBytes(bytes));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }
}
