package io.jenkins.plugins.spectropack.engine.palette;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback for HTTP and for tunnels, which asks for a login and remembers what it was told. */
final class TestProxy implements AutoCloseable {

    private static final String LOGIN = "proxy-authorization: basic ";

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    private final String login;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /**
     * Starts a proxy.
     *
     * @param login {@code USER:PASSWORD}; empty to let everybody through
     */
    TestProxy(String login) throws IOException {
        this.login = login;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** All heads of requests, as they came. */
    List<String> heads() {
        return heads;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                start(() -> serve(client));
            } catch (IOException e) {
                // The end of the test.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            if (!isWelcome(head)) {
                write(
                        client,
                        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                                + "Content-Length: 0\r\n\r\n");
                return;
            }
            String[] request = head.split(" ");
            boolean tunnel = request[0].equals("CONNECT");
            URI uri = URI.create(tunnel ? "https://" + request[1] : request[1]);
            try (Socket there = new Socket(uri.getHost(), uri.getPort())) {
                open.add(there);
                if (tunnel) {
                    write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                } else {
                    String path = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
                    write(
                            there,
                            head.replace(request[1], path)
                                    .replaceAll("(?im)^proxy-authorization:.*\r\n", "")
                                    .replaceFirst("\r\n", "\r\nConnection: close\r\n"));
                }
                start(() -> pump(client, there));
                pump(there, client);
            }
        } catch (IOException e) {
            // The other side is told by the end of its connection.
        }
    }

    private boolean isWelcome(String head) {
        String wanted = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return login.isEmpty()
                || head.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(LOGIN))
                        .anyMatch(line -> line.substring(LOGIN.length()).equals(wanted));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole head");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of the sides is gone.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
