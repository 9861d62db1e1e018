package io.jenkins.plugins.spectropack.agent;

import io.jenkins.plugins.spectropack.engine.publish.PublishListener;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetireListener;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Hands on what the engine tells: lines to the build's log, and what became of packs to the controller. Runs on the agent. That the
 * controller cannot be told fails no pack; it counts the agent as lost, then.
 */
@Restricted(NoExternalUse.class)
public final class Report implements PublishListener, RetireListener {

    private static final Logger LOGGER = Logger.getLogger(Report.class.getName());

    private final PrintStream lines;
    private final boolean verbose;
    private final WorkProgress progress;

    Report(PrintStream lines, boolean verbose, WorkProgress progress) {
        this.lines = lines;
        this.verbose = verbose;
        this.progress = progress;
    }

    @Override
    public void log(String line) {
        lines.println(line);
    }

    @Override
    public void detail(String line) {
        if (verbose) {
            lines.println(line);
        }
    }

    @Override
    public boolean wantsDetails() {
        return verbose;
    }

    @Override
    public void begins(int packs) {
        tell(() -> progress.begins(packs));
    }

    @Override
    public void retires(int versions) {
        tell(() -> progress.begins(versions));
    }

    @Override
    public void ended(PublishedPack pack) {
        tell(() -> progress.ended(pack));
    }

    @Override
    public void retired(RetiredPack pack) {
        tell(() -> progress.retired(pack));
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOGGER.log(Level.FINE, "The controller could not be told", e);
        }
    }
}
