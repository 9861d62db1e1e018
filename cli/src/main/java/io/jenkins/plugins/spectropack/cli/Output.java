package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.publish.PublishListener;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where log lines and progress go: standard error, so that standard output holds results only. On a terminal the last line
 * shows how the uploads go; elsewhere there are plain lines only.
 */
final class Output implements PublishListener {

    /** Set by the launcher, which can tell; Java cannot where only one of the streams is a terminal. */
    private static final boolean TERMINAL = Boolean.getBoolean("spectropack.terminal");

    private static final long MILLIS_BETWEEN_UPDATES = 100;
    private static final int PERCENT = 100;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter err;
    private final boolean quiet;
    private final boolean terminal;
    private final Map<String, String> uploads = new LinkedHashMap<>();
    private long lastUpdate;
    private boolean shown;

    Output(PrintWriter err, boolean quiet) {
        this(err, quiet, TERMINAL);
    }

    Output(PrintWriter err, boolean quiet, boolean terminal) {
        this.err = err;
        this.quiet = quiet;
        this.terminal = terminal;
    }

    @Override
    public synchronized void log(String line) {
        if (!quiet) {
            clear();
            err.println(line);
            err.flush();
        }
    }

    @Override
    public synchronized void uploading(String pack, long sent, long total) {
        if (quiet || !terminal) {
            return;
        }
        if (sent >= total) {
            uploads.remove(pack);
            clear();
            return;
        }
        uploads.put(pack, pack + " " + sent * PERCENT / total + "% of " + Sizes.text(total));
        long now = System.nanoTime() / 1_000_000;
        if (now - lastUpdate >= MILLIS_BETWEEN_UPDATES) {
            lastUpdate = now;
            clear();
            err.print("Uploading " + uploads.values().stream().collect(Collectors.joining(", ")));
            err.flush();
            shown = true;
        }
    }

    private void clear() {
        if (shown) {
            err.print(CLEAR_LINE);
            err.flush();
            shown = false;
        }
    }
}
