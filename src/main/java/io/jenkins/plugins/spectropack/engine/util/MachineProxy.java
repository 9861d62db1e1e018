package io.jenkins.plugins.spectropack.engine.util;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The proxy for HTTPS that a machine's Java system properties or environment variables name. The clients of the AWS SDK look
 * for these by themselves, but take the proxy for plain HTTP unless they are to speak TLS with the proxy itself. Shows no
 * password when it is printed. Source of the names: Java's "Networking Properties"; the variables are a custom of many tools.
 */
public final class MachineProxy {

    /** Regular expressions for the hosts that never need a proxy: what is asked there would leave the machine, login included. */
    public static final Set<String> LOOPBACK = Set.of("localhost", "127\\.[0-9.]+", "\\[?::1\\]?");

    private static final Set<String> PROXY = Set.of("HTTPS_PROXY", "https_proxy");
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Optional<URI> address;
    private final Optional<String> userName;
    private final Optional<String> password;
    private final NoProxy direct;

    private MachineProxy(Optional<URI> address, Optional<String> userName, Optional<String> password, NoProxy direct) {
        this.address = address;
        this.userName = userName;
        this.password = password;
        this.direct = direct;
    }

    /**
     * Looks for the proxy of this machine: first Java's system properties, then environment variables, in upper or lower case.
     *
     * @throws IllegalArgumentException with a sentence if what it finds is not the address of a proxy
     */
    public static MachineProxy find() {
        return find(StepEnvironment.NONE);
    }

    /**
     * The same for a step, whose variables count before Java's system properties if they are other than those of the process.
     *
     * @throws IllegalArgumentException with a sentence if what it finds is not the address of a proxy
     */
    public static MachineProxy find(StepEnvironment environment) {
        boolean isOfStep = PROXY.stream().anyMatch(name -> environment.own(name).isPresent());
        return find(
                isOfStep ? name -> null : System::getProperty,
                name -> environment.get(name).orElse(null));
    }

    static MachineProxy find(UnaryOperator<String> properties, UnaryOperator<String> variables) {
        Optional<String> host = text(properties.apply("https.proxyHost"));
        if (host.isPresent()) {
            String port = text(properties.apply("https.proxyPort")).orElse(String.valueOf(HTTPS_PORT));
            return new MachineProxy(
                    Optional.of(address("https.proxyHost and https.proxyPort", "http://" + host.get() + ":" + port)),
                    text(properties.apply("https.proxyUser")),
                    text(properties.apply("https.proxyPassword")),
                    NoProxy.ofProperty(
                            text(properties.apply("http.nonProxyHosts")).orElse("")));
        }
        Optional<String> url = variable(variables, "HTTPS_PROXY");
        NoProxy direct = NoProxy.ofVariable(variable(variables, "NO_PROXY").orElse(""));
        if (url.isEmpty()) {
            return new MachineProxy(Optional.empty(), Optional.empty(), Optional.empty(), direct);
        }
        URI address = address("HTTPS_PROXY", url.get());
        String[] login = address.getUserInfo() == null
                ? new String[0]
                : address.getUserInfo().split(":", 2);
        return new MachineProxy(
                Optional.of(address("HTTPS_PROXY", "http://" + address.getHost() + ":" + port(address))),
                Stream.of(login).findFirst(),
                Stream.of(login).skip(1).findFirst(),
                direct);
    }

    /** {@code http://HOST:PORT}; empty for no proxy. */
    public Optional<URI> address() {
        return address;
    }

    /** Who logs in to the proxy; empty for no login. */
    public Optional<String> userName() {
        return userName;
    }

    /** That user's password. */
    public Optional<String> password() {
        return password;
    }

    /** Whether a server is asked without the proxy. Loopback addresses always are. */
    public boolean isDirect(URI server) {
        int port = server.getPort() >= 0
                ? server.getPort()
                : "http".equalsIgnoreCase(server.getScheme()) ? HTTP_PORT : HTTPS_PORT;
        String host = String.valueOf(server.getHost());
        return address.isEmpty() || Loopback.is(host) || direct.covers(host, port);
    }

    /**
     * A client that takes the proxy where it is needed.
     *
     * @param maker makes a client that takes the proxy of this address always; empty for none
     */
    public SdkHttpClient client(Function<Optional<URI>, SdkHttpClient> maker) {
        SdkHttpClient without = maker.apply(Optional.empty());
        return address.isEmpty() ? without : new DividedHttpClient(without, maker.apply(address), this::isDirect);
    }

    private static Optional<String> variable(UnaryOperator<String> variables, String name) {
        return text(variables.apply(name)).or(() -> text(variables.apply(name.toLowerCase(Locale.ROOT))));
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(stripped -> !stripped.isEmpty());
    }

    /** The text itself may hold a password, so it is not part of what is said about it. */
    private static URI address(String name, String text) {
        try {
            URI address = new URI(text.contains("://") ? text : "http://" + text);
            if ("http".equalsIgnoreCase(address.getScheme()) && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below, without the text that the exception repeats.
        }
        throw new IllegalArgumentException(name
                + " must be the address of a proxy, http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, with special"
                + " characters as %XX. Correct it or leave it out.");
    }

    private static int port(URI address) {
        return address.getPort() < 0 ? HTTP_PORT : address.getPort();
    }

    @Override
    public String toString() {
        return "MachineProxy[" + address.map(URI::toString).orElse("none") + "]";
    }
}
