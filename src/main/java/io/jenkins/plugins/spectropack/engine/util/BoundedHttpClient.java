package io.jenkins.plugins.spectropack.engine.util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client of an entry point for the calls that the AWS SDK makes itself, ECR's and STS': the SDK keeps each answer in
 * memory, so none may be long. How long a call takes as a whole is bounded by the SDK, which interrupts the thread that waits;
 * since a client may not heed that, a call has a thread of its own. Closing it leaves the entry point's client open.
 */
public final class BoundedHttpClient implements SdkHttpClient {

    /** More than ECR ever says: a page of a hundred repositories has some 100 KB. */
    private static final int BODY_LIMIT = 4 * 1024 * 1024;

    /** Of a refusal, of which the SDK makes a tree, a multiple of its length. The rest of it says nothing. */
    private static final int REFUSAL_LIMIT = 64 * 1024;

    private final SdkHttpClient client;

    /** Bounds what goes through a client. */
    public BoundedHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest call = client.prepareRequest(request);
        return new ExecutableHttpRequest() {

            @Override
            public HttpExecuteResponse call() throws IOException {
                FutureTask<HttpExecuteResponse> task = new FutureTask<>(() -> whole(call.call()));
                Thread thread = new Thread(task, "AWS request");
                thread.setDaemon(true);
                thread.start();
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    HttpTransport.abort(call);
                    Thread.currentThread().interrupt();
                    throw (IOException) new InterruptedIOException("interrupted").initCause(e);
                } catch (ExecutionException e) {
                    // The SDK passes on what is no IOException, and whoever called it does not expect that.
                    throw HttpTransport.asIoException(e.getCause());
                }
            }

            @Override
            public void abort() {
                HttpTransport.abort(call);
            }
        };
    }

    /** The same answer with its body in memory. */
    private static HttpExecuteResponse whole(HttpExecuteResponse response) throws IOException {
        HttpExecuteResponse.Builder whole = HttpExecuteResponse.builder().response(response.httpResponse());
        Optional<AbortableInputStream> stream = response.responseBody();
        if (stream.isPresent()) {
            boolean isRefusal = !response.httpResponse().isSuccessful();
            try (InputStream body = stream.get()) {
                byte[] bytes = body.readNBytes(isRefusal ? REFUSAL_LIMIT : BODY_LIMIT + 1);
                if (bytes.length > BODY_LIMIT) {
                    throw new IOException("the answer is longer than " + BODY_LIMIT + " bytes");
                }
                // Of a refusal that says nothing but blanks the SDK would make an error of its own.
                boolean isBlank = isRefusal && new String(bytes, StandardCharsets.UTF_8).isBlank();
                whole.responseBody(
                        AbortableInputStream.create(new ByteArrayInputStream(isBlank ? new byte[0] : bytes)));
            }
        }
        return whole.build();
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        // The client belongs to whoever made it.
    }
}
