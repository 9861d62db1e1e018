package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.MachineProxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Through which proxy Palette is asked. Shows no password when it is printed. */
public final class PaletteProxy {

    private final Chooser chooser;

    @FunctionalInterface
    private interface Chooser {
        Optional<Route> route(URI uri);
    }

    /**
     * One proxy.
     *
     * @param login the value of {@code Proxy-Authorization}; empty for none
     */
    record Route(String host, int port, Optional<String> login) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private PaletteProxy(Chooser chooser) {
        this.chooser = chooser;
    }

    /**
     * A proxy for all requests.
     *
     * @param username null for none
     * @param password null for none
     * @param noProxyHosts regular expressions; hosts that match one are asked directly
     */
    public static PaletteProxy of(
            String host, int port, String username, String password, Collection<String> noProxyHosts) {
        Route route = new Route(host, port, login(username, password));
        List<Pattern> exceptions = noProxyHosts.stream()
                .map(text -> Pattern.compile(text, Pattern.CASE_INSENSITIVE))
                .toList();
        return new PaletteProxy(uri -> Optional.of(route).filter(any -> !matches(exceptions, uri.getHost())));
    }

    /** The proxy of a machine, which may be none. */
    public static PaletteProxy of(MachineProxy machine) {
        return machine.address()
                .map(address -> of(
                        address.getHost(),
                        address.getPort(),
                        machine.userName().orElse(null),
                        machine.password().orElse(null),
                        machine.directHosts()))
                .orElseGet(() -> new PaletteProxy(uri -> Optional.empty()));
    }

    /** The value of a header, RFC 7617. */
    private static Optional<String> login(String username, String password) {
        if (username == null || username.isEmpty()) {
            return Optional.empty();
        }
        byte[] login = (username + ":" + (password == null ? "" : password)).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(login));
    }

    private static boolean matches(List<Pattern> patterns, String host) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(host).matches());
    }

    /** The proxy for a URL; nothing to ask directly. */
    Optional<Route> route(URI uri) {
        return chooser.route(uri);
    }

    @Override
    public String toString() {
        return "PaletteProxy[hidden]";
    }
}
