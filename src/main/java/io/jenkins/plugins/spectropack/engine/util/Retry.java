package io.jenkins.plugins.spectropack.engine.util;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries again what failed for the moment, with growing pauses, one log line each. Stops at once when interrupted. Where nobody
 * has answered yet and nobody listens, the address is wrong rather than the moment.
 */
public final class Retry {

    private final Limits limits;
    private final ProgressListener listener;
    private volatile boolean answered;

    /** Takes how often and for how long to try, and who is told of each retry. */
    public Retry(Limits limits, ProgressListener listener) {
        this.limits = limits;
        this.listener = listener;
    }

    /** One try of an operation. */
    @FunctionalInterface
    public interface Attempt<T, E extends ServerException> {

        /** Tries once. */
        T run() throws E, InterruptedException;
    }

    /**
     * Runs an operation until it succeeds, is refused, or has failed too often.
     *
     * @throws E the last failure
     */
    public <T, E extends ServerException> T run(Attempt<T, E> attempt) throws E, InterruptedException {
        long deadline = System.nanoTime() + limits.total().toNanos();
        for (int retry = 1; ; retry++) {
            try {
                T result = attempt.run();
                answered = true;
                return result;
            } catch (ServerException e) {
                if (e.status() > 0) {
                    answered = true;
                }
                Duration pause = pause(retry, e.retryAfter());
                if (!e.isTransient()
                        || !answered && ServerErrors.isNobody(e)
                        || retry > limits.retries()
                        || System.nanoTime() + pause.toNanos() - deadline > 0) {
                    throw e;
                }
                listener.log("%s Trying again in %.1f s (retry %d of %d)."
                        .formatted(e.getMessage(), pause.toMillis() / 1000.0, retry, limits.retries()));
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private Duration pause(int retry, Duration asked) {
        double millis = limits.firstPause().toMillis() * Math.pow(2, retry - 1.0);
        millis *= ThreadLocalRandom.current().nextDouble(0.75, 1.25);
        Duration own = Duration.ofMillis((long) millis);
        Duration wanted = asked.compareTo(own) > 0 ? asked : own;
        return wanted.compareTo(limits.longestPause()) > 0 ? limits.longestPause() : wanted;
    }
}
