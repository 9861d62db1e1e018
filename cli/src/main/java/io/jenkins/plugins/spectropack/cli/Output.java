package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.publish.PublishListener;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetireListener;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/**
 * Where log lines and progress go: standard error, so that standard output holds results only. On a terminal the last line
 * shows how the uploads go; elsewhere there are plain lines only.
 */
final class Output implements PublishListener, RetireListener {

    private static final long MILLIS_BETWEEN_UPDATES = 100;
    private static final int PERCENT = 100;
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter err;
    private final boolean quiet;
    private final boolean verbose;
    private final boolean terminal;
    private final Ansi ansi;
    private String verb = "Uploading ";
    private final Map<String, String> uploads = new LinkedHashMap<>();
    private final List<PublishedPack> ended = new ArrayList<>();
    private long lastUpdate;
    private boolean shown;

    Output(PrintWriter err, Manners manners) {
        this.err = err;
        this.quiet = manners.quiet();
        this.verbose = manners.verbose();
        this.terminal = manners.terminal();
        this.ansi = manners.ansi();
    }

    /** The same for packs that come rather than go. */
    Output ofDownloads() {
        verb = "Downloading ";
        return this;
    }

    @Override
    public void log(String line) {
        if (!quiet) {
            print(line);
        }
    }

    /** What went wrong, however quiet the command is. */
    void error(String problem) {
        print("Error: " + problem);
    }

    /** What must be known, however quiet the command is. */
    void warn(String line) {
        print(line);
    }

    /** A request that was sent. */
    void request(String line) {
        print("> " + line);
    }

    private synchronized void print(String line) {
        clear();
        err.println(colored(line));
        err.flush();
    }

    /** Colors the word that says how bad it is; the rest may come from outside and is printed as it is. */
    private String colored(String line) {
        if (!ansi.enabled()) {
            return line;
        }
        int end = line.indexOf(' ');
        String word = end < 0 ? line : line.substring(0, end);
        String style =
                switch (word) {
                    case "Error:", "ERROR" -> "bold,red";
                    case "Warning:", "WARNING", "WARNING:" -> "yellow";
                    default -> "";
                };
        return style.isEmpty() ? line : ansi.string("@|" + style + " " + word + "|@") + line.substring(word.length());
    }

    @Override
    public synchronized void ended(PublishedPack pack) {
        ended.add(pack);
    }

    /** The packs that have come to their end so far. */
    synchronized List<PublishedPack> ended() {
        return List.copyOf(ended);
    }

    @Override
    public void detail(String line) {
        if (verbose) {
            log(line);
        }
    }

    @Override
    public boolean wantsDetails() {
        return verbose && !quiet;
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
            err.print(verb + uploads.values().stream().collect(Collectors.joining(", ")));
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
