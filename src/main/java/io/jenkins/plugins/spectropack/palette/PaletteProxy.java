package io.jenkins.plugins.spectropack.palette;

import io.jenkins.plugins.spectropack.util.Loopback;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Through which proxy Palette is asked. Shows no password when it is printed. */
public final class PaletteProxy {

    // Source: Java, "Networking Properties".
    private static final String JAVA_DEFAULT_EXCEPTIONS = "localhost|127.*|[::1]";

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

    /**
     * What this machine says: Java's system properties ({@code https.proxyHost} and so on) or, where there are none,
     * {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, which never count for loopback addresses.
     */
    public static PaletteProxy ofMachine() {
        return ofMachine(System::getProperty, System::getenv);
    }

    static PaletteProxy ofMachine(UnaryOperator<String> properties, UnaryOperator<String> variables) {
        return new PaletteProxy(uri -> {
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            String host = properties.apply(scheme + ".proxyHost");
            return host == null || host.isBlank()
                    ? ofVariables(scheme, uri.getHost(), variables)
                    : ofProperties(scheme, host.strip(), uri.getHost(), properties);
        });
    }

    private static Optional<Route> ofProperties(
            String scheme, String proxy, String host, UnaryOperator<String> properties) {
        String exceptions = properties.apply("http.nonProxyHosts");
        List<Pattern> patterns = Arrays.stream((exceptions == null ? JAVA_DEFAULT_EXCEPTIONS : exceptions).split("\\|"))
                .map(PaletteProxy::wildcard)
                .toList();
        String port = properties.apply(scheme + ".proxyPort");
        int number = port != null && port.strip().matches("[0-9]{1,5}") ? Integer.parseInt(port.strip()) : port(scheme);
        Optional<String> login =
                login(properties.apply(scheme + ".proxyUser"), properties.apply(scheme + ".proxyPassword"));
        return matches(patterns, host) ? Optional.empty() : Optional.of(new Route(proxy, number, login));
    }

    private static Optional<Route> ofVariables(String scheme, String host, UnaryOperator<String> variables) {
        Optional<String> exceptions = variable("no_proxy", variables);
        boolean direct = Loopback.is(host)
                || exceptions.stream()
                        .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
                        .anyMatch(exception -> isBelow(host, exception));
        return direct
                ? Optional.empty()
                : variable(scheme + "_proxy", variables).flatMap(PaletteProxy::parse);
    }

    private static Optional<String> variable(String name, UnaryOperator<String> variables) {
        return Stream.of(name, name.toUpperCase(Locale.ROOT))
                .map(variables)
                .filter(text -> text != null && !text.isBlank())
                .map(String::strip)
                .findFirst();
    }

    private static Optional<Route> parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (uri.getHost() == null) {
            return Optional.empty();
        }
        String user = uri.getUserInfo();
        int colon = user == null ? -1 : user.indexOf(':');
        Optional<String> login = user == null
                ? Optional.empty()
                : colon < 0 ? login(user, "") : login(user.substring(0, colon), user.substring(colon + 1));
        return Optional.of(new Route(uri.getHost(), uri.getPort() < 0 ? port(uri.getScheme()) : uri.getPort(), login));
    }

    private static int port(String scheme) {
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    /** The value of a header, RFC 7617. */
    private static Optional<String> login(String username, String password) {
        if (username == null || username.isEmpty()) {
            return Optional.empty();
        }
        byte[] login = (username + ":" + (password == null ? "" : password)).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(login));
    }

    private static Pattern wildcard(String text) {
        return Pattern.compile("\\Q" + text.strip().replace("*", "\\E.*\\Q") + "\\E", Pattern.CASE_INSENSITIVE);
    }

    private static boolean matches(List<Pattern> patterns, String host) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(host).matches());
    }

    /** Whether an element of {@code NO_PROXY} means a host: that host, a domain that it belongs to, or {@code *}. */
    private static boolean isBelow(String host, String exception) {
        String domain = exception.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
        String name = host.toLowerCase(Locale.ROOT);
        return domain.equals("*") || !domain.isEmpty() && (name.equals(domain) || name.endsWith("." + domain));
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
