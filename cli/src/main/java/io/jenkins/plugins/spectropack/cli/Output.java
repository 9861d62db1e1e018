package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.publish.ProgressReport;
import io.jenkins.plugins.spectropack.engine.publish.PublishListener;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetireListener;
import io.jenkins.plugins.spectropack.engine.util.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * Where log lines and progress go: standard error, so that standard output holds results only. On a terminal the last line
 * shows what is under way; elsewhere there are plain lines only.
 */
final class Output implements PublishListener, RetireListener {

    private static final long MILLIS_BETWEEN_UPDATES = 200;
    private static final String CLEAR_LINE = "\r\033[K";

    // A terminal that was made narrower since the start cuts the line, which would fill more and more lines otherwise.
    private static final String NO_WRAP = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintWriter err;
    private final boolean quiet;
    private final boolean verbose;
    private final boolean drawsProgress;
    private final int columns;
    private final Ansi ansi;
    private final ProgressReport report = new ProgressReport();
    private final List<PublishedPack> ended = new ArrayList<>();
    private Thread artist;
    private boolean shown;

    Output(PrintWriter err, Manners manners) {
        this.err = err;
        this.quiet = manners.quiet();
        this.verbose = manners.verbose();
        this.drawsProgress = manners.drawsProgress();
        this.columns = manners.columns();
        this.ansi = manners.ansi();
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
        err.println(colored(line, ansi));
        err.flush();
    }

    /** Colors the word that says how bad it is; the rest may come from outside and is printed as it is. */
    static String colored(String line, Ansi ansi) {
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
        report.ended();
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
    public synchronized void begins(int packs) {
        report.begins(packs);
    }

    @Override
    public boolean showsProgress() {
        return quiet || drawsProgress;
    }

    @Override
    public synchronized void progress(Progress progress) {
        if (quiet || !drawsProgress) {
            return;
        }
        report.update(progress);
        if (report.isEmpty()) {
            clear();
        } else if (artist == null) {
            artist = new Thread(this::draw, "Progress");
            artist.setDaemon(true);
            artist.start();
        }
    }

    /** Draws as long as the process lives; what is told often need not be drawn as often, nor at once. */
    private void draw() {
        try {
            while (true) {
                Thread.sleep(MILLIS_BETWEEN_UPDATES);
                synchronized (this) {
                    report.line(columns - 1).ifPresent(this::draw);
                }
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it; the process ends without it.
        }
    }

    private void draw(String line) {
        err.print(CLEAR_LINE + NO_WRAP + line + WRAP);
        err.flush();
        shown = true;
    }

    private void clear() {
        if (shown) {
            err.print(CLEAR_LINE);
            err.flush();
            shown = false;
        }
    }
}
