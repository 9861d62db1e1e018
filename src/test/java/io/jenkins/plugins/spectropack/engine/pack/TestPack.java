package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A pack for tests, whole as long as nothing is changed: one chart, one manifest, and values for both. */
public final class TestPack {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private ObjectNode json = MAPPER.createObjectNode();

    /** Makes a whole pack. */
    public TestPack() {
        json("{'name': 'sample', 'displayName': 'Sample', 'version': '1.0.0', 'layer': 'addon',"
                + " 'addonType': 'logging', 'cloudTypes': ['all'], 'annotations': {'source': 'community'},"
                + " 'charts': ['charts/hello-1.0.0.tgz'], 'kubeManifests': ['manifests/config.yaml']}");
        file("charts/hello-1.0.0.tgz", Charts.helm("hello"));
        file("manifests/config.yaml", "apiVersion: v1\nkind: ConfigMap\n");
        file(
                "values.yaml",
                "pack:\n  namespace: sample\ncharts:\n  hello:\n    replicas: 1\nmanifests:\n  config: {}\n");
        file("logo.png", SamplePacks.logo());
        file("README.md", "# Sample\n");
    }

    /** Replaces the whole {@code pack.json}; single quotes stand for double ones. */
    public TestPack json(String text) {
        json = (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
        return this;
    }

    /** Sets a key of {@code pack.json}; single quotes stand for double ones. */
    public TestPack set(String key, String value) {
        json.set(key, MAPPER.readTree(value.replace('\'', '"')));
        return this;
    }

    /** Removes a key of {@code pack.json}. */
    public TestPack unset(String key) {
        json.remove(key);
        return this;
    }

    /** Writes a file. */
    public TestPack file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file. */
    public TestPack file(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    /** Leaves a file out. */
    public TestPack without(String path) {
        files.remove(path);
        return this;
    }

    /** The text of {@code pack.json}, one key a line. */
    public String json() {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }

    /** Writes the pack. */
    public Path write(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!files.containsKey("pack.json")) {
                Files.writeString(folder.resolve("pack.json"), json());
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
