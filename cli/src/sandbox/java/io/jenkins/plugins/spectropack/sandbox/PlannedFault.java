package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A fault that waits for its requests, and the handle to end it. */
public final class PlannedFault {

    private final Faults faults;
    private final Predicate<Request> when;
    private final Fault fault;
    private final int times;
    private final AtomicInteger hits = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean cut;

    PlannedFault(Faults faults, Predicate<Request> when, Fault fault, int times) {
        this.faults = faults;
        this.when = when;
        this.fault = fault;
        this.times = times;
    }

    /** How many requests met the fault. */
    public int hits() {
        return hits.get();
    }

    /** Lets the requests that the fault holds up go on, and holds up no more. */
    public void release() {
        released.countDown();
    }

    /**
     * Cuts the connections of the requests that the fault holds up. Their client may have given up long ago; handled now, they
     * would take effect at some time during what comes next.
     */
    void cut() {
        cut = true;
        released.countDown();
    }

    /** Spares all further requests; those that met the fault already are not touched. */
    public void cancel() {
        faults.remove(this);
    }

    Fault fault() {
        return fault;
    }

    boolean claims(Request request) {
        if (hits.get() >= times || !when.test(request)) {
            return false;
        }
        hits.incrementAndGet();
        return true;
    }

    /** Waits for {@link #release}, or fails after {@link #cut}. */
    void hold() throws IOException, InterruptedException {
        while (!released.await(20, TimeUnit.MILLISECONDS)) {
            faults.pause(Duration.ZERO);
        }
        if (cut) {
            throw new ConnectionCut("the fault is over");
        }
    }

    void pause(Duration duration) throws IOException, InterruptedException {
        faults.pause(duration);
    }
}
