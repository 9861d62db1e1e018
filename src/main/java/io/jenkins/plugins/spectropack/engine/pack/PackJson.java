package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
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
    private final String text;

    private PackJson(JsonNode root, String text) {
        this.root = root;
        this.text = text;
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
        byte[] bytes = bytes(folder);
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
            throw new Problem(line(e), "The file is not JSON" + where(e) + ": " + JsonWords.of(e));
        }
        if (!root.isObject()) {
            throw new Problem(text.isBlank() ? "The file is empty." : "The file must hold a JSON object, from { to }.");
        }
        return new PackJson(root, text);
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
        return new Finding(rule, FILE, pointer, line(pointer), message);
    }

    private static byte[] bytes(Path folder) throws Problem {
        Path file = folder.resolve(FILE);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Problem("It must be a file, not a link or a folder.");
        }
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            Path real = folder.toRealPath();
            if (!ExactName.is(real, real.resolve(FILE))) {
                throw missing(folder);
            }
            bytes = stream.readNBytes(LIMIT + 1);
        } catch (NoSuchFileException e) {
            throw missing(folder);
        } catch (IOException e) {
            throw new Problem("The file cannot be read: " + Reasons.of(e) + ".");
        }
        if (GitLfs.isPointer(bytes)) {
            throw new Problem(1, GitLfs.MESSAGE);
        }
        if (bytes.length > LIMIT) {
            throw new Problem("The file has more than " + LIMIT / 1024 / 1024 + " MiB.");
        }
        return bytes;
    }

    private static Problem missing(Path folder) {
        return new Problem("The file is missing, so this folder is not a pack." + PackFolder.hint(folder));
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

    /**
     * The line that a value's key, or an element, begins in; 0 if there is no such value. The tree does not know where its
     * values stood, and to keep the lines of all of them would take more memory than a small file may claim.
     */
    private int line(String pointer) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonPointer rest = JsonPointer.compile(pointer);
            parser.nextToken();
            int line = parser.currentTokenLocation().getLineNr();
            while (rest != null && !rest.matches()) {
                boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
                int index = 0;
                JsonPointer found = null;
                while (found == null && !parser.nextToken().isStructEnd()) {
                    line = parser.currentTokenLocation().getLineNr();
                    found = isObject ? rest.matchProperty(parser.currentName()) : rest.matchElement(index++);
                    if (isObject) {
                        parser.nextToken();
                    }
                    if (found == null) {
                        parser.skipChildren();
                    }
                }
                rest = found;
            }
            return rest == null ? 0 : line;
        }
    }
}
