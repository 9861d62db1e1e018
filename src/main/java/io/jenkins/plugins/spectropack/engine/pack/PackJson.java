package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@code pack.json} that could be read: its values, and the lines they stand in. Read strictly as far as publishing depends
 * on it; everything else is up to the rules.
 */
final class PackJson {

    static final String FILE = "pack.json";

    /** Published ones have a few kilobytes. */
    private static final int LIMIT = 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode root;
    private final Map<String, Integer> lines;

    private PackJson(JsonNode root, Map<String, Integer> lines) {
        this.root = root;
        this.lines = lines;
    }

    /** Something is wrong with the file as a whole. */
    static final class Problem extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        Problem(String message) {
            this(0, message);
        }

        Problem(int line, String message) {
            super(message);
            this.line = line;
        }

        Finding finding() {
            return new Finding(Rule.PACK_JSON, FILE, null, line, getMessage());
        }
    }

    /** Reads the file of a pack's folder. */
    static PackJson read(Path folder) throws Problem {
        byte[] bytes = bytes(folder.resolve(FILE));
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw new Problem("The file begins with a byte order mark. Save it as plain UTF-8.");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem("The file is not UTF-8. Save it as plain UTF-8.");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new Problem(line(e), "The file is not JSON" + where(e) + ": " + sentence(e.getOriginalMessage()));
        }
        if (!root.isObject()) {
            throw new Problem(text.isBlank() ? "The file is empty." : "The file must hold a JSON object, from { to }.");
        }
        return new PackJson(root, lines(text));
    }

    /** The object that the file holds. */
    JsonNode root() {
        return root;
    }

    /** What publishing needs; nothing if name or version are none. */
    Optional<PackMetadata> metadata() {
        String name = text("name");
        String version = text("version");
        boolean usable = PackMetadata.nameProblem(name).isEmpty()
                && PackMetadata.versionProblem(version).isEmpty();
        return usable
                ? Optional.of(new PackMetadata(name, version, text("displayName"), text("layer")))
                : Optional.empty();
    }

    private String text(String key) {
        return root.path(key).stringValue("");
    }

    /** A finding about a value, or about what an object lacks. */
    Finding finding(Rule rule, String pointer, String message) {
        return new Finding(rule, FILE, pointer, lines.getOrDefault(pointer, 0), message);
    }

    private static byte[] bytes(Path file) throws Problem {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Problem("It must be a file, not a link or a folder.");
        }
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(LIMIT + 1);
        } catch (NoSuchFileException e) {
            throw new Problem("The file is missing, so this folder is not a pack.");
        } catch (IOException e) {
            throw new Problem("The file cannot be read: " + PackTree.reason(e) + ".");
        }
        if (bytes.length > LIMIT) {
            throw new Problem("The file has more than " + LIMIT / 1024 / 1024 + " MiB.");
        }
        return bytes;
    }

    private static int line(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? 0 : Math.max(0, location.getLineNr());
    }

    private static String where(JacksonException e) {
        return line(e) == 0
                ? ""
                : " (line " + line(e) + ", column " + e.getLocation().getColumnNr() + ")";
    }

    private static String sentence(String message) {
        // Some of the parser's messages go on about its own settings, on the same line or on further ones.
        String line = message.lines()
                .findFirst()
                .orElse("")
                .replaceFirst(" \\(start marker at .*", "")
                .strip();
        return line.endsWith(".") ? line : line + ".";
    }

    /** The tree does not know where its values stood. */
    private static Map<String, Integer> lines(String text) {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = MAPPER.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                TokenStreamContext context = parser.streamReadContext();
                if (token.isStructStart()) {
                    context = context.getParent();
                }
                if (!token.isStructEnd()) {
                    lines.putIfAbsent(
                            context.pathAsPointer().toString(),
                            parser.currentTokenLocation().getLineNr());
                }
            }
        }
        return lines;
    }
}
