package io.jenkins.plugins.spectropack.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every connection on a loopback port, reads nothing and says nothing. */
final class SilentServer implements AutoCloseable {

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private SilentServer(ServerSocket server) {
        this.server = server;
        Thread thread = new Thread(this::accept, "silent server");
        thread.setDaemon(true);
        thread.start();
    }

    static SilentServer start() throws IOException {
        return new SilentServer(new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1")));
    }

    private void accept() {
        try {
            while (true) {
                sockets.add(server.accept());
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
