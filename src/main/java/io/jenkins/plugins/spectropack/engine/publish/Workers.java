package io.jenkins.plugins.spectropack.engine.publish;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

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
        return run(items, threads, item -> 0, task);
    }

    /**
     * The same. What takes longest is begun first, so that none of the threads is left with it at the end; one thread alone keeps
     * the order of the things.
     *
     * @param size how long each takes, compared with the others
     */
    static <T, R> List<R> run(List<T> items, int threads, ToLongFunction<T> size, Task<T, R> task)
            throws ExecutionException, InterruptedException {
        ExecutorService executor =
                Executors.newFixedThreadPool(Math.max(1, Math.min(threads, items.size())), Workers::thread);
        try {
            Map<Integer, Future<R>> futures = new TreeMap<>();
            Comparator<Integer> order =
                    Comparator.comparingLong(index -> threads > 1 ? -size.applyAsLong(items.get(index)) : 0);
            IntStream.range(0, items.size())
                    .boxed()
                    .sorted(order)
                    .forEach(index -> futures.put(index, executor.submit(() -> task.run(items.get(index)))));
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures.values()) {
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
