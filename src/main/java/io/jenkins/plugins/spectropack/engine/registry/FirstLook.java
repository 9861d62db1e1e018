package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import io.jenkins.plugins.spectropack.engine.util.ServerErrors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The first request to a registry. Some servers that speak plain HTTP answer nothing to the beginning of TLS, since they wait for
 * the end of a line; so the first try does not wait long, and what speaks HTTP instead is told at once.
 */
final class FirstLook {

    /** A registry says in less that it wants a login. One that takes longer is asked again, with the usual patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RegistryAddress address;
    private final Authentication login;
    private final SdkHttpClient http;
    private final Limits limits;
    private final ProgressListener listener;

    FirstLook(
            RegistryAddress address,
            Authentication login,
            SdkHttpClient http,
            Limits limits,
            ProgressListener listener) {
        this.address = address;
        this.login = login;
        this.http = http;
        this.limits = limits;
        this.listener = listener;
    }

    /**
     * Tries the login.
     *
     * @param repository that it is for
     * @param patient does it where the first try was not enough
     */
    void logIn(String repository, OciClient patient) throws RegistryException, InterruptedException {
        if (!"https".equals(address.origin().getScheme())) {
            patient.login(repository);
            return;
        }
        Limits hasty = limits.forFirstLook(PATIENCE);
        HttpTransport transport = new HttpTransport(http, hasty);
        try {
            new OciClient(RegistryKind.BASIC, address, transport, login, new Retry(hasty, listener)).login(repository);
        } catch (RegistryException e) {
            boolean isSilent = e.getCause() instanceof InterruptedIOException;
            boolean isOther = e.getCause() != null && ServerErrors.isWithoutTls(e.getCause());
            if ((isSilent || isOther) && speaksPlainHttp(transport)) {
                throw RegistryException.permanent(
                        "Logging in failed: " + address.host()
                                + " speaks plain HTTP on this port, not TLS, so nothing was" + " sent. " + remedy(),
                        e);
            }
            if (!e.isTransient() || ServerErrors.isNobody(e)) {
                throw e;
            }
            listener.log(e.getMessage() + " Trying again.");
            patient.login(repository);
        }
    }

    private String remedy() {
        return Loopback.is(address.origin().getHost())
                ? "Give http://" + address.host() + "."
                : "Give the port where the registry speaks TLS; plain HTTP is used for loopback addresses only.";
    }

    /** Asks without a login. Servers that speak TLS refuse it in other ways, and so do proxies. */
    private boolean speaksPlainHttp(HttpTransport transport) throws InterruptedException {
        URI uri = URI.create("http://" + address.host() + "/v2/");
        Map<String, String> headers = Map.of("User-Agent", OciClient.USER_AGENT);
        try {
            return transport.send(
                    new HttpTransport.Request("GET", uri, headers, Optional.empty(), HttpTransport.Answer.SHORT),
                    response -> response.status() == HTTP_OK || response.status() == HTTP_UNAUTHORIZED);
        } catch (IOException e) {
            return false;
        }
    }
}
