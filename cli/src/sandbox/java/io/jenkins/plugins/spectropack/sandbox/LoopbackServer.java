package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/** One HTTP server on a loopback port, which logs every request and plays the faults that are planned for it. */
final class LoopbackServer {

    static {
        // Without it every answer that has a body waits for the client's delayed acknowledgement of its head, 40 ms
        // each.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    /** What a server serves. */
    interface Endpoint {

        /** The service as {@link Request#service()} names it. */
        String service();

        /** What a request is for, as {@link Request#operation()} names it. */
        String operation(HttpExchange exchange);

        /** Answers a request; an exception cuts its connection. */
        Answer handle(Call call) throws IOException;
    }

    private final HttpServer server;
    private final RequestLog log;
    private final Faults faults;

    private LoopbackServer(HttpServer server, RequestLog log, Faults faults) {
        this.server = server;
        this.log = log;
        this.faults = faults;
    }

    /**
     * Binds a server, which refuses every request until {@link #serve} tells what to answer.
     *
     * @param port 0 for any free one
     */
    static LoopbackServer bind(int port, Executor executor, RequestLog log, Faults faults, Optional<SSLContext> tls)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        HttpServer server = tls.isPresent() ? secure(address, tls.get()) : HttpServer.create(address, 0);
        server.setExecutor(executor);
        return new LoopbackServer(server, log, faults);
    }

    private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    void serve(Endpoint endpoint) {
        server.createContext("/", exchange -> handle(exchange, endpoint));
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    URI uri() {
        return URI.create((server instanceof HttpsServer ? "https://" : "http://") + host());
    }

    void stop() {
        server.stop(0);
    }

    // An exception that leaves this method makes the JDK's server close the connection.
    private void handle(HttpExchange exchange, Endpoint endpoint) throws IOException {
        Call call = new Call(exchange, log.add(endpoint.service(), endpoint.operation(exchange), exchange));
        try {
            call.send(faults.play(call, () -> answer(call, endpoint)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the sandbox closes");
        }
    }

    private static Answer answer(Call call, Endpoint endpoint) throws IOException {
        try {
            return endpoint.handle(call);
        } catch (RuntimeException e) {
            return Answer.text(500, "text/plain; charset=utf-8", "defect of the sandbox: " + e);
        }
    }
}
