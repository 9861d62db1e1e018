package io.jenkins.plugins.spectropack.engine.util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Sends single HTTP requests to a registry, its token server or Palette, through the client of the AWS SDK that the entry point
 * made: it says which proxy is used and which certificates are trusted. Never follows a redirect and never retries. Runs where
 * the entry point runs, in Jenkins on the agent and for tests of a connection on the controller; used from several threads at
 * once. Whoever made the client closes it.
 *
 * <p>The client blocks without heeding interrupts, so each request has a thread for itself, which is cut off when the caller is
 * interrupted, when no byte has moved for too long, or when a short answer takes too long as a whole.
 */
public final class HttpTransport {

    private static final Duration THREAD_IDLE = Duration.ofSeconds(5);

    private final SdkHttpClient client;
    private final Limits limits;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, THREAD_IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "HTTP request");
                thread.setDaemon(true);
                return thread;
            });

    /** Takes the client that requests go through, and how long to wait. */
    public HttpTransport(SdkHttpClient client, Limits limits) {
        this.client = client;
        this.limits = limits;
    }

    /**
     * What is sent.
     *
     * @param method the HTTP method
     * @param uri the whole URL
     * @param headers by name
     * @param body empty for none
     * @param answer what is waited for
     */
    public record Request(String method, URI uri, Map<String, String> headers, Optional<Body> body, Answer answer) {}

    /** How long an answer may take, beyond the pauses that {@link Limits} allow. */
    public enum Answer {

        /** A call of an API: from the request's first byte to the answer's last within {@link Limits#api()}. */
        CALL,

        /** From the request's last byte to the answer's last within {@link Limits#answer()} and {@link Limits#stall()}. */
        SHORT,

        /** As long as bytes move. */
        LONG
    }

    /**
     * A body of known length.
     *
     * @param stream read once, closed by whoever made it
     * @param length in bytes
     * @param progress told how many bytes have been taken so far
     */
    public record Body(InputStream stream, long length, LongConsumer progress) {

        /** A body that is in memory. */
        public static Body of(byte[] bytes) {
            return new Body(new ByteArrayInputStream(bytes), bytes.length, sent -> {});
        }
    }

    /** An answer, valid while its {@link Reader} runs. */
    public static final class Response {
        private final HttpExecuteResponse response;
        private final InputStream body;

        private Response(HttpExecuteResponse response, InputStream body) {
            this.response = response;
            this.body = body;
        }

        /** The HTTP status. */
        public int status() {
            return response.httpResponse().statusCode();
        }

        /** The first value of a header. */
        public Optional<String> header(String name) {
            return response.httpResponse().firstMatchingHeader(name);
        }

        /** All values of a header, in their order. */
        public List<String> headers(String name) {
            return response.httpResponse().matchingHeaders(name);
        }

        /** The body as it arrives, of any length. */
        public InputStream body() {
            return body;
        }

        /**
         * The whole body.
         *
         * @param limit how many bytes are taken
         * @throws IOException if it is longer
         */
        public byte[] bytes(int limit) throws IOException {
            byte[] bytes = body.readNBytes(limit);
            if (bytes.length == limit && body.read() >= 0) {
                throw new IOException("the answer is longer than " + limit + " bytes");
            }
            return bytes;
        }
    }

    /** Takes from an answer what is needed. Runs in the thread of the request. */
    @FunctionalInterface
    public interface Reader<T> {

        /** Reads the answer, or the part that is needed. */
        T read(Response response) throws IOException;
    }

    /**
     * Sends a request and has its answer read.
     *
     * @throws IOException if no whole answer came, in time or at all; its message says what happened, not on what
     * @throws InterruptedException if the calling thread was interrupted; the connection is cut then
     */
    public <T> T send(Request request, Reader<T> reader) throws IOException, InterruptedException {
        HttpActivity activity = new HttpActivity(limits, request.answer());
        ExecutableHttpRequest call = prepare(request, activity);
        FutureTask<T> task = new FutureTask<>(() -> {
            HttpExecuteResponse response = call.call();
            try (InputStream body = response.responseBody()
                    .<InputStream>map(stream -> activity.receiving(stream, length(request, response.httpResponse())))
                    .orElseGet(InputStream::nullInputStream)) {
                return reader.read(new Response(response, body));
            }
        });
        threads.execute(task);
        return await(task, call, activity);
    }

    /** Neither client tells that a connection ended before the body did. */
    private static OptionalLong length(Request request, SdkHttpResponse response) {
        boolean counts = !request.method().equals("HEAD")
                && response.firstMatchingHeader("Transfer-Encoding").isEmpty()
                && response.firstMatchingHeader("Content-Encoding").isEmpty();
        try {
            return response.firstMatchingHeader("Content-Length")
                    .filter(any -> counts)
                    .map(text -> OptionalLong.of(Long.parseLong(text)))
                    .orElseGet(OptionalLong::empty);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private ExecutableHttpRequest prepare(Request request, HttpActivity activity) {
        SdkHttpRequest.Builder http = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(request.uri());
        request.headers().forEach(http::putHeader);
        HttpExecuteRequest.Builder execute = HttpExecuteRequest.builder();
        request.body().ifPresent(body -> {
            http.putHeader("Content-Length", Long.toString(body.length()));
            execute.contentStreamProvider(() -> activity.sending(body));
        });
        return client.prepareRequest(execute.request(http.build()).build());
    }

    private static <T> T await(FutureTask<T> task, ExecutableHttpRequest call, HttpActivity activity)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            while (true) {
                try {
                    T result = task.get(Math.max(1, activity.remaining().toMillis()), TimeUnit.MILLISECONDS);
                    done = true;
                    return result;
                } catch (TimeoutException e) {
                    if (activity.remaining().isNegative()) {
                        throw new InterruptedIOException(activity.complaint());
                    }
                }
            }
        } catch (ExecutionException e) {
            throw asIoException(e.getCause());
        } finally {
            if (!done) {
                abort(call);
            }
        }
    }

    /** Not in the caller's thread: java.net.HttpURLConnection waits there for the very read that is to be ended. */
    static void abort(ExecutableHttpRequest call) {
        Thread thread = new Thread(call::abort, "HTTP abort");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a client threw, as what it is: a failure of the connection. */
    static IOException asIoException(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return unchecked.getCause();
        }
        if (failure instanceof IOException io) {
            return io;
        }
        // url-connection-client wraps some of what it catches in plain runtime exceptions.
        if (failure instanceof RuntimeException && failure.getCause() instanceof IOException cause) {
            return cause;
        }
        if (failure instanceof StackOverflowError || failure instanceof OutOfMemoryError) {
            // java.net.HttpURLConnection bounds neither interim answers nor trailers.
            return new IOException("it answers more than Java has memory for", failure);
        }
        return new IOException(Reasons.of(failure), failure);
    }
}
