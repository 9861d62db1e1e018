package io.jenkins.plugins.spectropack.engine.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does the same with several things at once. */
final class Workers {

    private static final long SECONDS_TO_STOP = 10;

    private Workers() {}

    /** What is done with one thing. */
    @FunctionalInterface
    interface Task<T, R> {
        R run(T item) throws Exception;
    }

    /**
     * Does something with each of several things, in daemon threads, and waits for all of them.
     *
     * @param threads how many at once
     * @return the results, in the order of the things
     * @throws ExecutionException if a task failed; the others are interrupted and have ended then
     * @throws InterruptedException if the thread was interrupted, or a task was; the same holds
     */
    static <T, R> List<R> run(List<T> items, int threads, Task<T, R> task)
            throws ExecutionException, InterruptedException {
        ExecutorService executor =
                Executors.newFixedThreadPool(Math.max(1, Math.min(threads, items.size())), Workers::thread);
        try {
            List<Future<R>> futures = new ArrayList<>();
            items.forEach(item -> futures.add(executor.submit(() -> task.run(item))));
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw e;
        } finally {
            executor.shutdownNow();
            awaitEnd(executor);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "Spectro pack publisher");
        thread.setDaemon(true);
        return thread;
    }

    /** Files must not be deleted under a thread that still reads them. */
    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
