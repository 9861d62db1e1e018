package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** The servers of one sandbox, with the faults, the log and the threads that they share. */
final class Servers implements AutoCloseable {

    private static final int SECONDS_TO_STOP = 10;

    private final Faults faults = new Faults();
    private final RequestLog requests = new RequestLog();
    private final List<LoopbackServer> servers = new ArrayList<>();
    private final ExecutorService threads;

    /** Begins without a server. */
    Servers(String threadName) {
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, threadName);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Adds a server on a free port. */
    LoopbackServer bind(Optional<SSLContext> tls) throws IOException {
        return bind(0, tls);
    }

    /** Adds a server on a given port; 0 is any free one. */
    LoopbackServer bind(int port, Optional<SSLContext> tls) throws IOException {
        LoopbackServer server = LoopbackServer.bind(port, threads, requests, faults, tls);
        servers.add(server);
        return server;
    }

    Faults faults() {
        return faults;
    }

    RequestLog requests() {
        return requests;
    }

    /** Releases those who wait and cuts all connections; nothing is answered any more when it returns. */
    @Override
    public void close() {
        faults.close();
        servers.forEach(LoopbackServer::stop);
        threads.shutdownNow();
        try {
            threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
