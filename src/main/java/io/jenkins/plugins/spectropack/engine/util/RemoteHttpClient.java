package io.jenkins.plugins.spectropack.engine.util;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that asks other machines only, where somebody who may not do so otherwise names the host: neither this machine,
 * whose own services trust whoever is on it, nor what is reached on its link alone, as the metadata services of clouds are. Runs
 * on the controller of Jenkins, for tests of a connection. Closes the client that it was made from.
 */
public final class RemoteHttpClient implements SdkHttpClient {

    private final SdkHttpClient client;
    private final String allowance;

    /**
     * Takes the client that asks.
     *
     * @param allowance what allows more, for the message
     */
    public RemoteHttpClient(SdkHttpClient client, String allowance) {
        this.client = client;
        this.allowance = allowance;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        URI uri = request.httpRequest().getUri();
        ExecutableHttpRequest call = client.prepareRequest(request);
        return new ExecutableHttpRequest() {

            @Override
            public HttpExecuteResponse call() throws IOException {
                requireRemote(uri.getHost());
                return call.call();
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    private void requireRemote(String host) throws IOException {
        for (InetAddress address : addresses(host)) {
            if (address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress()) {
                throw new ConnectException(
                        "a test from the controller asks neither the controller itself nor its link, unless "
                                + allowance);
            }
        }
    }

    private static InetAddress[] addresses(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            // A proxy may know more names than this machine does. What neither knows is told by the client.
            return new InetAddress[0];
        }
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
