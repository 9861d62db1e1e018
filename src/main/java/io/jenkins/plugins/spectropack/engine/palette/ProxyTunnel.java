package io.jenkins.plugins.spectropack.engine.palette;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way through a proxy that asks for a password before it opens a tunnel for HTTPS. Java's HTTP client sends none there
 * unless the whole process was started with {@code jdk.http.auth.tunneling.disabledSchemes} emptied; this sends it, from a
 * loopback port of the same process. What goes through the tunnel is encrypted from end to end.
 *
 * <p>Only who knows a random secret gets through, so that no other user of the machine uses the proxy's password.
 */
final class ProxyTunnel implements AutoCloseable {

    private static final int HEAD_LIMIT = 16 * 1024;
    private static final int SECRET_BYTES = 32;
    private static final int BACKLOG = 10;
    private static final int CONNECT_MILLIS = 30_000;
    private static final String HEADER = "proxy-authorization:";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PaletteProxy.Route proxy;
    private final ServerSocket door;
    private final String login;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private ProxyTunnel(PaletteProxy.Route proxy, ServerSocket door) {
        this.proxy = proxy;
        this.door = door;
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        login = "Bearer " + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Opens the loopback port. */
    static ProxyTunnel to(PaletteProxy.Route proxy) throws IOException {
        ProxyTunnel tunnel = new ProxyTunnel(proxy, new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1")));
        start("accept", tunnel::accept);
        return tunnel;
    }

    /** What takes the proxy's place for the HTTP client. */
    PaletteProxy.Route entrance() {
        return new PaletteProxy.Route("127.0.0.1", door.getLocalPort(), Optional.of(login));
    }

    private static void start(String what, Runnable work) {
        Thread thread = new Thread(work, "Palette proxy tunnel: " + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                start("connection", () -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that left again; the loop tells which.
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            Optional<String> target = target(client.getInputStream());
            if (target.isPresent()) {
                connect(client, target.get());
            } else {
                answer(client, "407 Proxy Authentication Required");
            }
        } catch (IOException e) {
            // The HTTP client sees its connection end, and says so.
        } finally {
            open.remove(client);
        }
    }

    private void connect(Socket client, String target) throws IOException {
        Socket server = new Socket();
        open.add(server);
        try (server) {
            if (!reach(server)) {
                answer(client, "502 Bad Gateway");
                return;
            }
            String head = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\nProxy-Authorization: "
                    + proxy.login().orElse("") + "\r\n\r\n";
            server.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            start("up", () -> pump(client, server));
            pump(server, client);
        } finally {
            open.remove(server);
        }
    }

    private boolean reach(Socket server) {
        try {
            server.connect(new InetSocketAddress(proxy.host(), proxy.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where to, for who knows the secret and wants a tunnel. */
    private Optional<String> target(InputStream in) throws IOException {
        String[] lines = head(in).split("\r\n");
        String[] request = lines[0].split(" ");
        boolean known = false;
        for (String line : lines) {
            known |= line.regionMatches(true, 0, HEADER, 0, HEADER.length())
                    && isSecret(line.substring(HEADER.length()).strip());
        }
        return known && request.length == 3 && request[0].equals("CONNECT")
                ? Optional.of(request[1])
                : Optional.empty();
    }

    private boolean isSecret(String given) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.ISO_8859_1), login.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (head.size() < HEAD_LIMIT) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request ended in its head");
            }
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new IOException("the request's head is too long");
    }

    private static void answer(Socket client, String status) throws IOException {
        String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One side is gone, so the other is of no use any more.
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is as closed as it can be.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            // Nobody is let in without the secret, which is forgotten now.
        }
        open.forEach(ProxyTunnel::close);
    }
}
