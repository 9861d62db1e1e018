package io.jenkins.plugins.spectropack.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every connection on a loopback port, reads nothing, and says nothing or always the same. */
final class SilentServer implements AutoCloseable {

    private final ServerSocket server;
    private final byte[] words;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private SilentServer(ServerSocket server, String words) {
        this.server = server;
        this.words = words.getBytes(StandardCharsets.US_ASCII);
        Thread thread = new Thread(this::accept, "silent server");
        thread.setDaemon(true);
        thread.start();
    }

    static SilentServer start() throws IOException {
        return saying("");
    }

    /** One that says something to whoever connects, and then falls silent. */
    static SilentServer saying(String words) throws IOException {
        return new SilentServer(new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1")), words);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                socket.getOutputStream().write(words);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections there have been. */
    int connections() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
