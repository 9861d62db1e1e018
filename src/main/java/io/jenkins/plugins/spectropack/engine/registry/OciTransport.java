package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * Sends single HTTP requests through the client that the front door made for AWS, so that proxies, certificates and
 * connect limits are the same for both. Never follows a redirect and never retries. Bodies are streamed.
 *
 * <p>The client blocks without heeding interrupts, so each request has a thread for itself, which is cut off when the
 * caller is interrupted or when no byte has moved for too long.
 */
final class OciTransport {

    private static final Duration THREAD_IDLE = Duration.ofSeconds(5);

    private final SdkHttpClient client;
    private final Limits limits;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, THREAD_IDLE.toMillis(), TimeUnit.MILLISECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "OCI request");
                thread.setDaemon(true);
                return thread;
            });

    OciTransport(SdkHttpClient client, Limits limits) {
        this.client = client;
        this.limits = limits;
    }

    /**
     * What is sent.
     *
     * @param method the HTTP method
     * @param uri the whole URL
     * @param headers by name
     * @param body or null for none
     */
    record Request(String method, URI uri, Map<String, String> headers, Body body) {}

    /**
     * A body of known length.
     *
     * @param stream read once, closed by whoever made it
     * @param length in bytes
     * @param progress told how many bytes have been taken so far
     */
    record Body(InputStream stream, long length, LongConsumer progress) {

        static Body of(byte[] bytes) {
            return new Body(new ByteArrayInputStream(bytes), bytes.length, sent -> {});
        }
    }

    /** An answer, valid while its {@link Reader} runs. */
    static final class Response {
        private final HttpExecuteResponse response;
        private final InputStream body;

        private Response(HttpExecuteResponse response, InputStream body) {
            this.response = response;
            this.body = body;
        }

        int status() {
            return response.httpResponse().statusCode();
        }

        Optional<String> header(String name) {
            return response.httpResponse().firstMatchingHeader(name);
        }

        List<String> headers(String name) {
            return response.httpResponse().matchingHeaders(name);
        }

        InputStream body() {
            return body;
        }
    }

    /** Takes from an answer what is needed. Runs in the thread of the request. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Response response) throws IOException;
    }

    /**
     * Sends a request and has its answer read.
     *
     * @throws IOException if no whole answer came, in time or at all; its message says what happened, not on what
     * @throws InterruptedException if the calling thread was interrupted; the connection is cut then
     */
    <T> T send(Request request, Reader<T> reader) throws IOException, InterruptedException {
        Activity activity = new Activity();
        ExecutableHttpRequest call = prepare(request, activity);
        FutureTask<T> task = new FutureTask<>(() -> {
            HttpExecuteResponse response = call.call();
            try (InputStream body = response.responseBody()
                    .<InputStream>map(stream -> new AnswerStream(stream, activity))
                    .orElseGet(InputStream::nullInputStream)) {
                return reader.read(new Response(response, body));
            }
        });
        threads.execute(task);
        return await(task, call, activity);
    }

    private ExecutableHttpRequest prepare(Request request, Activity activity) {
        SdkHttpRequest.Builder http = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(request.uri());
        request.headers().forEach(http::putHeader);
        HttpExecuteRequest.Builder execute = HttpExecuteRequest.builder();
        Body body = request.body();
        if (body != null) {
            http.putHeader("Content-Length", Long.toString(body.length()));
            execute.contentStreamProvider(() -> new SentStream(body, activity));
        }
        return client.prepareRequest(execute.request(http.build()).build());
    }

    private static <T> T await(FutureTask<T> task, ExecutableHttpRequest call, Activity activity)
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
    private static void abort(ExecutableHttpRequest call) {
        Thread thread = new Thread(call::abort, "OCI abort");
        thread.setDaemon(true);
        thread.start();
    }

    private static IOException asIoException(Throwable failure) {
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
        return new IOException(String.valueOf(failure.getMessage()), failure);
    }

    /** When a byte last moved, and what is being waited for. */
    private final class Activity {
        private volatile long last = System.nanoTime();
        private volatile State state = State.WAITING;

        private enum State {
            WAITING,
            SENDING,
            RECEIVING
        }

        void now(State next) {
            last = System.nanoTime();
            state = next;
        }

        Duration remaining() {
            return limit().minusNanos(System.nanoTime() - last);
        }

        String complaint() {
            String seconds = limit().toSeconds() + " s";
            return switch (state) {
                case WAITING -> "no answer within " + seconds;
                case SENDING -> "no data was taken for " + seconds;
                case RECEIVING -> "the answer stopped half-way for " + seconds;
            };
        }

        private Duration limit() {
            return state == State.WAITING ? limits.answer() : limits.stall();
        }
    }

    private static final class SentStream extends FilterInputStream {
        private final Body body;
        private final Activity activity;
        private long sent;

        SentStream(Body body, Activity activity) {
            super(body.stream());
            this.body = body;
            this.activity = activity;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            activity.now(sent < body.length() ? Activity.State.SENDING : Activity.State.WAITING);
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                sent += count;
                body.progress().accept(sent);
            }
            return count;
        }

        @Override
        public void close() {
            // The stream belongs to whoever made the request.
        }
    }

    private static final class AnswerStream extends FilterInputStream {
        private final Activity activity;

        AnswerStream(InputStream stream, Activity activity) {
            super(stream);
            this.activity = activity;
        }

        @Override
        public int read() throws IOException {
            activity.now(Activity.State.RECEIVING);
            return super.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            activity.now(Activity.State.RECEIVING);
            return super.read(buffer, offset, length);
        }
    }
}
