package io.jenkins.plugins.spectropack.engine.util;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hosts that are asked without a proxy, in every form of {@code NO_PROXY} that curl or Go's HTTP client takes; where they
 * differ, more hosts are asked directly. A name is never looked up, so an address covers hosts that are written as addresses
 * only. Runs anywhere. Source: curl's manual, "NO_PROXY"; Go's package {@code golang.org/x/net/http/httpproxy}.
 */
final class NoProxy {

    private static final Pattern WITH_PORT = Pattern.compile("(.*):([0-9]{1,5})");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    private final List<Entry> entries;

    private NoProxy(List<Entry> entries) {
        this.entries = entries;
    }

    /** One of the list: whether it covers a host, in lower case and without brackets, on a port. */
    @FunctionalInterface
    private interface Entry {
        boolean covers(String host, int port);
    }

    /** Reads the variable: entries with commas or blanks between them; empty for none. */
    static NoProxy ofVariable(String list) {
        return new NoProxy(Stream.of(list.split("[,\\s]+"))
                .map(NoProxy::plain)
                .filter(entry -> !entry.isEmpty())
                .map(NoProxy::entry)
                .toList());
    }

    /** Reads Java's property {@code http.nonProxyHosts}: names with {@code |} between them, in which {@code *} stands for anything. */
    static NoProxy ofProperty(String list) {
        return new NoProxy(Stream.of(list.split("\\|"))
                .map(NoProxy::plain)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> (Entry) (host, port) -> matches(entry, host))
                .toList());
    }

    /** Whether a host needs no proxy. */
    boolean covers(String host, int port) {
        String name = unbracketed(plain(host));
        return entries.stream().anyMatch(entry -> entry.covers(name, port));
    }

    private static String plain(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        return plain.length() > 1 && plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static String unbracketed(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int zone = bare.indexOf('%');
        return zone < 0 ? bare : bare.substring(0, zone);
    }

    private static Entry entry(String text) {
        if (text.equals("*")) {
            return (host, port) -> true;
        }
        int slash = text.lastIndexOf('/');
        if (slash > 0 && text.substring(slash + 1).matches("[0-9]{1,3}")) {
            Optional<byte[]> network = address(unbracketed(text.substring(0, slash)));
            int bits = Integer.parseInt(text.substring(slash + 1));
            return (host, port) -> network.isPresent() && isWithin(network.get(), bits, host);
        }
        Matcher withPort = WITH_PORT.matcher(text);
        // All of a bare IPv6 address may look like a host and a port.
        if (withPort.matches() && address(text).isEmpty()) {
            Entry rest = entry(withPort.group(1));
            int wanted = Integer.parseInt(withPort.group(2));
            return (host, port) -> port == wanted && rest.covers(host, port);
        }
        String name = unbracketed(text);
        return address(name)
                .<Entry>map(address -> (host, port) -> isWithin(address, Integer.MAX_VALUE, host))
                .orElseGet(() -> {
                    String domain = withoutStart(withoutStart(name, "*"), ".");
                    return (host, port) -> matches(domain, host) || matches("*." + domain, host);
                });
    }

    private static String withoutStart(String text, String start) {
        return text.startsWith(start) && text.length() > start.length() ? text.substring(start.length()) : text;
    }

    /** The bytes of an address that is written as one; IPv4 within IPv6 counts as IPv4. */
    private static Optional<byte[]> address(String text) {
        if (!IPV4.matcher(text).matches() && !text.contains(":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static boolean isWithin(byte[] network, int bits, String host) {
        byte[] address = address(host).orElse(new byte[0]);
        if (address.length != network.length) {
            return false;
        }
        int whole = Math.min(bits, Byte.SIZE * network.length);
        for (int bit = 0; bit < whole; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((address[bit / Byte.SIZE] & mask) != (network[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Compares with a name in which {@code *} stands for anything. Takes no more than the product of both lengths. */
    private static boolean matches(String pattern, String host) {
        int star = -1;
        int tried = 0;
        int at = 0;
        int in = 0;
        while (in < host.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                tried = in;
            } else if (at < pattern.length() && pattern.charAt(at) == host.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++tried;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
