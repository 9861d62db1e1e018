package io.jenkins.plugins.spectropack.engine.util;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The HTTP client of an entry point for the calls that the AWS SDK makes itself, ECR's and STS': the SDK keeps each answer in
 * memory, so none may be long. How long a call takes as a whole is bounded by the SDK. Closing it leaves the entry point's
 * client open.
 */
public final class BoundedHttpClient implements SdkHttpClient {

    /** More than ECR ever says: a page of a hundred repositories has some 100 KB. */
    private static final int BODY_LIMIT = 4 * 1024 * 1024;

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
                try {
                    return bounded(call.call());
                } catch (RuntimeException e) {
                    // The SDK passes on what is no IOException, and whoever called it does not expect that.
                    throw HttpTransport.asIoException(e);
                }
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    private static HttpExecuteResponse bounded(HttpExecuteResponse response) {
        HttpExecuteResponse.Builder bounded = HttpExecuteResponse.builder().response(response.httpResponse());
        response.responseBody()
                .ifPresent(body ->
                        bounded.responseBody(AbortableInputStream.create(new BoundedStream(body), body::abort)));
        return bounded.build();
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        // The client belongs to whoever made it.
    }

    private static final class BoundedStream extends WatchedStream {
        private int left = BODY_LIMIT;

        BoundedStream(InputStream body) {
            super(body);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                throw new IOException("the answer is longer than " + BODY_LIMIT + " bytes");
            }
            return count;
        }
    }
}
