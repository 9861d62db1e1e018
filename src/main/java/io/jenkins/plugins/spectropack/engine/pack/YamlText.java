package io.jenkins.plugins.spectropack.engine.pack;

import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;

/**
 * The text of a YAML file before it is parsed. Helm and Kubernetes read YAML with go-yaml, which follows YAML 1.1 as libyaml
 * does; the parser here follows YAML 1.2. Where go-yaml takes more, the text is put into the words of the newer version.
 */
final class YamlText {

    /** More than any published pack has in all its manifests. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    // The parser's time grows with the square of a line's length.
    private static final int MAX_LINE = 1024 * 1024;

    private YamlText() {}

    /** Whether a file is small enough to be read in a reasonable time. */
    static boolean isReadable(byte[] bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                start = i + 1;
            } else if (i - start >= MAX_LINE) {
                return false;
            }
        }
        return bytes.length <= MAX_BYTES;
    }

    /** The characters, in the encoding that a byte order mark tells, else in UTF-8. */
    static String decode(byte[] bytes) throws YamlProblem {
        StringWriter text = new StringWriter(bytes.length);
        try (Reader reader = new YamlUnicodeReader(new ByteArrayInputStream(bytes))) {
            reader.transferTo(text);
        } catch (CharacterCodingException | CharConversionException e) {
            throw new YamlProblem(0, "The file is not YAML: it is not UTF-8. Save it as plain UTF-8.");
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory can be read", e);
        }
        return text.toString();
    }

    /**
     * The same text, with what go-yaml takes and YAML 1.2 does not in other words: tabs that separate, a {@code -} as a value
     * in brackets, a directive without the end of the document before, line breaks of YAML 1.1. Everything stays in its line
     * and column.
     */
    static String asGoReads(String text) {
        char[] chars = text.toCharArray();
        int brackets = 0;
        boolean indentation = true;
        for (int i = 0; i < chars.length; i++) {
            char next = i + 1 < chars.length ? chars[i + 1] : '\n';
            switch (chars[i]) {
                case '\t' -> chars[i] = indentation && brackets == 0 ? '\t' : ' ';
                case '%' -> chars[i] = i > 0 && isBreak(chars[i - 1]) && Character.isLetter(next) ? '#' : '%';
                case '\u0085', '\u2028', '\u2029' -> chars[i] = '\n';
                case '[', '{' -> brackets++;
                case ']', '}' -> brackets = Math.max(0, brackets - 1);
                case '-' -> chars[i] = brackets > 0 && (next == ',' || next == ']' || next == '}') ? '_' : '-';
                default -> {
                    // Both read it in the same way.
                }
            }
            indentation = isBreak(chars[i]) || indentation && (chars[i] == ' ' || chars[i] == '\t');
        }
        return new String(chars);
    }

    private static boolean isBreak(char character) {
        return character == '\n' || character == '\r';
    }
}
