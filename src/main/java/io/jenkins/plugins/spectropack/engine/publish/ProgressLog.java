package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells a listener all that it is told, and has its log say now and then how far what takes long is, unless the listener shows
 * that itself. Nobody shall wonder for minutes whether a run still lives. Closed at the end of the run.
 */
public final class ProgressLog implements PublishListener, AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    /** Room for all that there is to say. */
    private static final int WIDTH = 200;

    private final PublishListener listener;
    private final Duration interval;
    private final ProgressReport report = new ProgressReport();
    private ScheduledExecutorService clock;

    /** Begins; nothing runs before something is under way. */
    public ProgressLog(PublishListener listener) {
        this(listener, INTERVAL);
    }

    ProgressLog(PublishListener listener, Duration interval) {
        this.listener = listener;
        this.interval = interval;
    }

    @Override
    public void log(String line) {
        listener.log(line);
    }

    @Override
    public void detail(String line) {
        listener.detail(line);
    }

    @Override
    public boolean wantsDetails() {
        return listener.wantsDetails();
    }

    @Override
    public void begins(int packs) {
        report.begins(packs);
        listener.begins(packs);
    }

    @Override
    public void ended(PublishedPack pack) {
        report.ended();
        listener.ended(pack);
    }

    @Override
    public void progress(Progress progress) {
        if (listener.showsProgress()) {
            listener.progress(progress);
            return;
        }
        report.update(progress);
        start();
    }

    private synchronized void start() {
        if (clock == null) {
            ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, work -> {
                Thread thread = new Thread(work, "Spectro pack progress");
                thread.setDaemon(true);
                return thread;
            });
            made.scheduleAtFixedRate(this::tell, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
            clock = made;
        }
    }

    private void tell() {
        Optional<String> line = report.line(WIDTH);
        line.ifPresent(text -> listener.logProgress(text + "."));
    }

    @Override
    public synchronized void close() {
        if (clock != null) {
            clock.shutdownNow();
        }
    }
}
