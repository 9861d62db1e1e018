package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every request that reached the sandbox, in the order of arrival. Safe for use by several threads. */
public final class RequestLog {

    private static final Set<String> SECRET =
            Set.of("apikey", "authorization", "proxy-authorization", "x-amz-security-token");
    private static final int FINGERPRINT = 12;
    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([A-Z0-9]+)/");

    private final List<Entry> entries = new ArrayList<>();

    RequestLog() {}

    /** All requests so far, those without an answer yet included. */
    public synchronized List<Request> all() {
        return entries.stream().map(Entry::snapshot).toList();
    }

    /** The requests so far that match. */
    public List<Request> matching(Predicate<Request> filter) {
        return all().stream().filter(filter).toList();
    }

    /** How many requests so far match. */
    public int count(Predicate<Request> filter) {
        return matching(filter).size();
    }

    /** Forgets all requests. */
    public synchronized void clear() {
        entries.clear();
    }

    /**
     * Waits for a request, which may have arrived already and need not be answered.
     *
     * @throws IllegalStateException if none came in time
     */
    public Request await(Predicate<Request> filter, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<Request> found = all().stream().filter(filter).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - end >= 0) {
                throw new IllegalStateException("No such request within " + limit + " among "
                        + all().stream()
                                .map(seen -> seen.method() + " " + seen.path())
                                .toList());
            }
            Thread.sleep(5);
        }
    }

    Entry add(String service, String operation, HttpExchange exchange) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!SECRET.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(", ", values));
            }
        });
        Entry entry = new Entry(new Request(
                service,
                operation,
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
                Collections.unmodifiableMap(headers),
                login(exchange).map(RequestLog::fingerprint),
                login(exchange).flatMap(RequestLog::accessKeyId),
                0,
                0,
                Instant.now()));
        synchronized (this) {
            entries.add(entry);
        }
        return entry;
    }

    private static Optional<String> login(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .or(() -> Optional.ofNullable(exchange.getRequestHeaders().getFirst("ApiKey"))
                        .map(key -> "ApiKey " + key));
    }

    private static Optional<String> accessKeyId(String login) {
        Matcher key = ACCESS_KEY.matcher(login);
        return key.find() ? Optional.of(key.group(1)) : Optional.empty();
    }

    private static String fingerprint(String login) {
        String scheme = login.contains(" ") ? login.substring(0, login.indexOf(' ')) : "?";
        return scheme + " "
                + Digests.sha256Hex(login.getBytes(StandardCharsets.UTF_8)).substring(0, FINGERPRINT);
    }

    static final class Entry {
        private final Request arrived;
        private final AtomicLong bodyBytes = new AtomicLong();
        private volatile int status;
        private volatile String operation;

        private Entry(Request arrived) {
            this.arrived = arrived;
            operation = arrived.operation();
        }

        Request arrived() {
            return arrived;
        }

        void read(int bytes) {
            bodyBytes.addAndGet(bytes);
        }

        long bodyBytes() {
            return bodyBytes.get();
        }

        void answered(int with) {
            status = with;
        }

        /** Tells the operation where it stands in the body. */
        void names(String inBody) {
            operation = inBody;
        }

        private Request snapshot() {
            return new Request(
                    arrived.service(),
                    operation,
                    arrived.method(),
                    arrived.path(),
                    arrived.query(),
                    arrived.headers(),
                    arrived.authorization(),
                    arrived.accessKeyId(),
                    status,
                    bodyBytes.get(),
                    arrived.at());
        }
    }
}
