package io.jenkins.plugins.spectropack.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads {@code pack.json}: strictly where publishing depends on it, leniently elsewhere, since published packs hold keys
 * that Spectro Cloud's schema does not know. Source of the required keys: Spectro Cloud's "Add a Custom Pack".
 */
final class PackJson {

    static final String FILE = "pack.json";

    /** Published ones have a few kilobytes. */
    private static final int LIMIT = 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PackJson() {}

    /**
     * What was read.
     *
     * @param metadata nothing if the findings hold an error
     * @param findings what is wrong with the file
     */
    record Result(Optional<PackMetadata> metadata, List<Finding> findings) {}

    /** Reads the metadata of the pack in a folder. */
    static Result read(Path folder) throws IOException {
        JsonNode root;
        try {
            root = parse(folder.resolve(FILE));
        } catch (PackException e) {
            return new Result(Optional.empty(), List.of(e.finding()));
        }
        List<Finding> findings = new ArrayList<>();
        String name = text(root, "name", PackMetadata::nameProblem, findings);
        String version = text(root, "version", PackMetadata::versionProblem, findings);
        String displayName = text(root, "displayName", value -> Optional.empty(), findings);
        String layer = text(root, "layer", value -> Optional.empty(), findings);
        return findings.isEmpty()
                ? new Result(Optional.of(new PackMetadata(name, version, displayName, layer)), List.of())
                : new Result(Optional.empty(), findings);
    }

    private static JsonNode parse(Path file) throws IOException {
        byte[] bytes = bytes(file);
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw new PackException(FILE, "The file begins with a byte order mark. Save it as plain UTF-8.");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PackException(FILE, "The file is not UTF-8. Save it as plain UTF-8.");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new PackException(FILE, "The file is not JSON" + where(e) + ": " + sentence(e.getOriginalMessage()));
        }
        if (!root.isObject()) {
            throw new PackException(
                    FILE, text.isBlank() ? "The file is empty." : "The file must hold a JSON object, from { to }.");
        }
        return root;
    }

    private static byte[] bytes(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new PackException(FILE, "It must be a file, not a link or a folder.");
        }
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(LIMIT + 1);
        } catch (NoSuchFileException e) {
            throw new PackException(FILE, "The file is missing, so this folder is not a pack.");
        } catch (IOException e) {
            throw new PackException(FILE, "The file cannot be read: " + PackTree.reason(e) + ".");
        }
        if (bytes.length > LIMIT) {
            throw new PackException(FILE, "The file has more than " + LIMIT / 1024 / 1024 + " MiB.");
        }
        return bytes;
    }

    private static String where(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String sentence(String message) {
        // Some of the parser's messages go on about its own settings on further lines.
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line : line + ".";
    }

    private static String text(
            JsonNode root, String key, Function<String, Optional<String>> problem, List<Finding> findings) {
        JsonNode value = root.get(key);
        if (value == null || value.isNull()) {
            findings.add(Finding.error(FILE, "The key '" + key + "' is missing."));
        } else if (!value.isString()) {
            findings.add(Finding.error(FILE, "The value of '" + key + "' must be a string in quotes."));
        } else if (value.stringValue().isBlank()) {
            findings.add(Finding.error(FILE, "The value of '" + key + "' is empty."));
        } else {
            problem.apply(value.stringValue()).ifPresent(text -> findings.add(Finding.error(FILE, text)));
            return value.stringValue();
        }
        return "";
    }
}
