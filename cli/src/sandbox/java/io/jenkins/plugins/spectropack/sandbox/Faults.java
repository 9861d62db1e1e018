package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The faults that are planned, played in the order they were planned in, at most one plan for a request. */
final class Faults {

    private final List<PlannedFault> plans = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration latency = Duration.ZERO;

    /** What a request leads to but for faults. */
    @FunctionalInterface
    interface Handling {
        Answer run() throws IOException, InterruptedException;
    }

    void latency(Duration each) {
        latency = each;
    }

    synchronized PlannedFault plan(Predicate<Request> when, Fault fault, int times) {
        PlannedFault plan = new PlannedFault(this, when, fault, times);
        plans.add(plan);
        return plan;
    }

    synchronized void clear() {
        plans.forEach(PlannedFault::cut);
        plans.clear();
    }

    synchronized void remove(PlannedFault plan) {
        plans.remove(plan);
    }

    Answer play(Call call, Handling handling) throws IOException, InterruptedException {
        pause(latency);
        PlannedFault plan = next(call.request());
        return plan == null ? handling.run() : plan.fault().around(call, plan, handling);
    }

    /** Waits, unless the sandbox closes meanwhile. */
    void pause(Duration duration) throws IOException, InterruptedException {
        if (closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ConnectionCut("the sandbox closes");
        }
    }

    /** Ends all stalls by cutting their connections. */
    void close() {
        closed.countDown();
    }

    private synchronized PlannedFault next(Request request) {
        for (PlannedFault plan : plans) {
            if (plan.claims(request)) {
                return plan;
            }
        }
        return null;
    }
}
