package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** One request being handled. */
final class Call {

    private static final int BUFFER = 64 * 1024;

    private final HttpExchange exchange;
    private final RequestLog.Entry entry;
    private final OptionalLong length;
    private final InputStream body;

    private long breakAt = Long.MAX_VALUE;
    private Break atBreak = () -> {};

    /** What happens instead of reading on. */
    @FunctionalInterface
    interface Break {
        void run() throws IOException;
    }

    Call(HttpExchange exchange, RequestLog.Entry entry) {
        this.exchange = exchange;
        this.entry = entry;
        String declared = exchange.getRequestHeaders().getFirst("Content-Length");
        this.length = declared == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(declared.strip()));
        this.body = new Body(exchange.getRequestBody());
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return exchange.getRequestURI().getRawPath();
    }

    String query() {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : query;
    }

    /** A header's first value, or null. */
    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** All values of a header, joined by a comma. */
    String joinedHeader(String name) {
        return String.join(",", exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }

    /** A parameter of the query, decoded; empty if it is not there. */
    String parameter(String name) {
        for (String pair : query().split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0 && pair.substring(0, equals).equals(name)) {
                return URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /** The size that the client declared; empty for a chunked body. */
    OptionalLong length() {
        return length;
    }

    Request request() {
        return entry.arrived();
    }

    /** Tells the log what the request is for, where that stands in its body. */
    void names(String operation) {
        entry.names(operation);
    }

    /** The request's body; ends with an exception if the client leaves early. */
    InputStream body() {
        return body;
    }

    byte[] readBody(int limit) throws IOException {
        return body.readNBytes(limit);
    }

    /** How much of the body was read. */
    long received() {
        return entry.bodyBytes();
    }

    /** Runs something when half of the body was read. */
    void breakHalfway(Break action) {
        breakAt = length.orElse(0) / 2;
        atBreak = action;
    }

    void send(Answer answer) throws IOException {
        if (!answer.early()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        entry.answered(answer.status());
        if (method().equals("HEAD")) {
            if (answer.length() > 0 && !answer.headers().containsKey("Content-Length")) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(answer.length()));
            }
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), answer.length() == 0 ? -1 : answer.length());
            if (answer.length() > 0) {
                sendBody(answer);
            }
        }
        exchange.close();
    }

    private void sendBody(Answer answer) throws IOException {
        OutputStream out = exchange.getResponseBody();
        try (InputStream in = answer.body().open()) {
            if (answer.cut()) {
                copy(in, out, answer.length() / 2);
                out.flush();
                throw new ConnectionCut("half of the answer was sent");
            }
            copy(in, out, answer.length());
        }
    }

    private static void copy(InputStream in, OutputStream out, long count) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long left = count; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("the body is shorter than announced");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private final class Body extends FilterInputStream {

        private Body(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            if (entry.bodyBytes() >= breakAt) {
                breakAt = Long.MAX_VALUE;
                atBreak.run();
            }
            long allowed = breakAt - entry.bodyBytes();
            int read = super.read(buffer, offset, (int) Math.min(count, allowed));
            if (read > 0) {
                entry.read(read);
            } else if (read < 0 && entry.bodyBytes() < length.orElse(0)) {
                throw new EOFException("the client left before the end of its request");
            }
            return read;
        }
    }
}
