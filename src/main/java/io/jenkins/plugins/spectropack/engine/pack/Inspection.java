package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** A pack that is being checked: what rules look at, and where they leave what they find. */
final class Inspection {

    private final Path root;
    private final PackJson json;
    private final PackTree tree;
    private final List<Finding> findings;

    /**
     * Begins.
     *
     * @param folder the pack's folder
     * @param json null if it cannot be read
     * @param tree null if something in the pack cannot be archived
     * @param findings takes what is found
     */
    Inspection(Path folder, PackJson json, PackTree tree, List<Finding> findings) throws IOException {
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

    /** Whether {@code pack.json} could be read. */
    boolean hasJson() {
        return json != null;
    }

    /** Notes something about a value of {@code pack.json}. */
    void found(Rule rule, String pointer, String message) {
        findings.add(json.finding(rule, pointer, message));
    }

    /** Notes something about a file as a whole. */
    void foundIn(String file, Rule rule, String message) {
        foundIn(file, 0, rule, message);
    }

    /** Notes something about a line of a file. */
    void foundIn(String file, int line, Rule rule, String message) {
        findings.add(new Finding(rule, file, null, line, message));
    }

    /** All files of the pack, sorted; none if something in it cannot be archived. */
    List<String> files() {
        return tree == null
                ? List.of()
                : tree.entries().stream()
                        .filter(entry -> entry.type() != PackTree.Type.FOLDER)
                        .map(PackTree.Entry::path)
                        .toList();
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
            return Files.isRegularFile(file) && file.toRealPath().startsWith(root)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            // What this machine cannot name, it does not have.
            return Optional.empty();
        }
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
