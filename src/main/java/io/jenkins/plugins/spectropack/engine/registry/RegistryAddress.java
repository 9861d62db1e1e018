package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.ServerText;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;

/**
 * The origin of a registry: scheme, host and port. Plain HTTP is accepted for loopback addresses only, since the token is
 * sent with every request.
 *
 * @param origin scheme, host and port without a path
 */
public record RegistryAddress(URI origin) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Reads the address of a registry.
     *
     * @param text a URL or a bare {@code HOST[:PORT]}, which means HTTPS
     * @throws RegistryException if it is not the address of a registry, or plain HTTP to another machine
     */
    public static RegistryAddress parse(String text) throws RegistryException {
        String url = text.contains("://") ? text : "https://" + text;
        String shown = ServerText.of(text);
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw RegistryException.permanent("The registry's address '" + shown + "' is not a URL.");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw RegistryException.permanent("The registry's address '" + shown
                    + "' must look like https://HOST or https://HOST:PORT, without a path.");
        }
        if (uri.getRawUserInfo() != null) {
            throw RegistryException.permanent(
                    "The registry's address must not hold a user name or password; give them as credentials.");
        }
        if (scheme.equals("http") && !Loopback.is(uri.getHost())) {
            throw RegistryException.permanent("The registry's address '" + shown
                    + "' is plain HTTP. The login would travel unencrypted, so HTTP is used for loopback addresses only."
                    + " Use https://.");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new RegistryAddress(URI.create(scheme + "://" + uri.getHost() + port));
    }

    /** {@code HOST[:PORT]}, as it stands at the beginning of a reference. */
    public String host() {
        return origin.getRawAuthority();
    }

    /** Whether a URL has this scheme, host and port, so that credentials may go there. */
    boolean isSameOrigin(URI uri) {
        return origin.getScheme().equalsIgnoreCase(uri.getScheme())
                && origin.getHost().equalsIgnoreCase(uri.getHost())
                && port(origin) == port(uri);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
    }
}
