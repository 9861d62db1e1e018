package io.jenkins.plugins.spectropack.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a handler answers.
 *
 * @param length the size of the body
 * @param early whether to answer without reading the rest of the request first
 * @param cut whether to cut the connection half-way through the body
 */
record Answer(int status, Map<String, String> headers, long length, Body body, boolean early, boolean cut) {

    /** Opens a body, which may be bigger than the heap. */
    @FunctionalInterface
    interface Body {
        InputStream open() throws IOException;
    }

    static Answer of(int status, Map<String, String> headers, byte[] body) {
        return new Answer(status, Map.copyOf(headers), body.length, () -> new ByteArrayInputStream(body), false, false);
    }

    static Answer of(int status, Map<String, String> headers) {
        return of(status, headers, new byte[0]);
    }

    static Answer text(int status, String contentType, String body) {
        return of(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer file(Map<String, String> headers, Path file) throws IOException {
        return new Answer(200, Map.copyOf(headers), Files.size(file), () -> Files.newInputStream(file), false, false);
    }

    Answer with(String header, String value) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.keySet().removeIf(header::equalsIgnoreCase);
        changed.put(header, value);
        return new Answer(status, Map.copyOf(changed), length, body, early, cut);
    }

    /** The same with another way to the same body. */
    Answer with(Body other) {
        return new Answer(status, headers, length, other, early, cut);
    }

    Answer without(String header) {
        Map<String, String> changed = new HashMap<>(headers);
        changed.keySet().removeIf(header::equalsIgnoreCase);
        return new Answer(status, Map.copyOf(changed), length, body, early, cut);
    }

    Answer asEarly() {
        return new Answer(status, headers, length, body, true, cut);
    }

    Answer cutHalfway() {
        return new Answer(status, headers, length, body, early, true);
    }
}
