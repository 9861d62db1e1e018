package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Tells each request that goes through an HTTP client: method, URL, status and time. No header and no query, which may hold
 * what opens a registry or its storage.
 */
final class ToldRequests implements SdkHttpClient {

    private final SdkHttpClient client;
    private final Consumer<String> listener;

    ToldRequests(SdkHttpClient client, Consumer<String> listener) {
        this.client = client;
        this.listener = listener;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                long begin = System.nanoTime();
                try {
                    HttpExecuteResponse response = prepared.call();
                    tell(
                            request,
                            begin,
                            Integer.toString(response.httpResponse().statusCode()));
                    return response;
                } catch (IOException | RuntimeException e) {
                    tell(request, begin, "no answer");
                    throw e;
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private void tell(HttpExecuteRequest request, long begin, String status) {
        URI uri = request.httpRequest().getUri();
        String url = uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        listener.accept(request.httpRequest().method() + " " + Printable.of(url) + " " + status + " " + millis + " ms");
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
