package io.jenkins.plugins.spectropack.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy for HTTPS on loopback that leads every tunnel to one server, whatever host it was asked for. */
public final class TunnelProxy implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private final URI server;
    private final String login;

    private TunnelProxy(URI server, String login) throws IOException {
        this.server = server;
        this.login = login;
        threads.execute(this::accept);
    }

    /** Starts a proxy that everybody may use. */
    public static TunnelProxy to(URI server) throws IOException {
        return new TunnelProxy(server, "");
    }

    /** Starts a proxy that asks for a login, {@code USER:PASSWORD}. */
    public static TunnelProxy to(URI server, String login) throws IOException {
        return new TunnelProxy(server, login);
    }

    /** The address of the proxy. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** {@code HOST:PORT} of each tunnel that was opened. */
    public List<String> tunnels() {
        return tunnels;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> tunnel(client));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void tunnel(Socket client) {
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            // The client says nothing more before it has the answer, so nothing of the tunnel is read here.
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            List<String> head =
                    reader.lines().takeWhile(line -> !line.isEmpty()).toList();
            if (!isAllowed(head)) {
                answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"");
                return;
            }
            tunnels.add(head.get(0).split(" ")[1]);
            answer(client, "200 Connection established");
            threads.execute(() -> copy(client, upstream));
            copy(upstream, client);
        } catch (IOException e) {
            // The client sees its connection end.
        }
    }

    private boolean isAllowed(List<String> head) {
        String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return login.isEmpty()
                || head.stream().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: Basic " + encoded));
    }

    private static void answer(Socket client, String head) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + head + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // Either side has gone.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
