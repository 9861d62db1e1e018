package io.jenkins.plugins.spectropack.engine.util;

import java.net.URI;
import java.util.function.Predicate;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** Two HTTP clients in one: some requests go to their server directly, the others through a proxy. Closes both. */
final class DividedHttpClient implements SdkHttpClient {

    private final SdkHttpClient direct;
    private final SdkHttpClient proxied;
    private final Predicate<URI> isDirect;

    DividedHttpClient(SdkHttpClient direct, SdkHttpClient proxied, Predicate<URI> isDirect) {
        this.direct = direct;
        this.proxied = proxied;
        this.isDirect = isDirect;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return (isDirect.test(request.httpRequest().getUri()) ? direct : proxied).prepareRequest(request);
    }

    @Override
    public String clientName() {
        return proxied.clientName();
    }

    @Override
    public void close() {
        direct.close();
        proxied.close();
    }
}
