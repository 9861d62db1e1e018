package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.spectropack.agent.AgentLostException;
import io.jenkins.plugins.spectropack.agent.AgentWork;
import io.jenkins.plugins.spectropack.agent.JenkinsProxy;
import io.jenkins.plugins.spectropack.agent.SarifInWorkspace;
import io.jenkins.plugins.spectropack.agent.WorkOnAgent;
import io.jenkins.plugins.spectropack.agent.WorkProgress;
import io.jenkins.plugins.spectropack.config.DefaultPalette;
import io.jenkins.plugins.spectropack.config.DefaultRegistry;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The work of one step of a build, for both kinds of step. Runs on the controller and sends the work to the agent. */
abstract class BuildWork implements WorkProgress {

    private static final Logger LOGGER = Logger.getLogger(BuildWork.class.getName());

    private final BuildPlace place;
    private final boolean verbose;
    private final List<String> doubts = new ArrayList<>();
    private final AtomicInteger news = new AtomicInteger();
    private final AtomicBoolean refused = new AtomicBoolean();
    private volatile int expected;

    /**
     * Prepares it.
     *
     * @param verbose whether the log has details
     */
    BuildWork(BuildPlace place, boolean verbose) {
        this.place = place;
        this.verbose = verbose;
    }

    /**
     * Does it, and keeps with the build what became of packs, even if some failed.
     *
     * @return what a Pipeline gets
     * @throws AgentLostException if the connection to the agent broke; it can be tried again when the agent is back
     * @throws AbortException with a sentence that says why it failed
     */
    abstract List<? extends Serializable> run() throws IOException, InterruptedException;

    /** What is known of work that ended before its packs did, because the build was aborted. */
    abstract String untilAborted();

    /** The same for work that lost its agent. */
    abstract String untilLost();

    /** Keeps a pack that has come to its end. */
    void keep(PublishedPack pack) {
        throw new IllegalArgumentException("No pack is sent by this step.");
    }

    /** Keeps a version that has come to its end. */
    void keep(RetiredPack pack) {
        throw new IllegalArgumentException("No version is deleted by this step.");
    }

    final BuildPlace place() {
        return place;
    }

    /** How many packs there are to work on, as far as is known. */
    final int expected() {
        return expected;
    }

    @Override
    public final void begins(int packs) {
        expected = Math.max(0, packs);
    }

    @Override
    public final void ended(PublishedPack pack) {
        told(() -> keep(pack));
    }

    @Override
    public final void retired(RetiredPack pack) {
        told(() -> keep(pack));
    }

    private void told(Runnable keeping) {
        try {
            keeping.run();
            news.incrementAndGet();
        } catch (IllegalArgumentException e) {
            // It may tell that as often as it likes.
            if (refused.getAndSet(true)) {
                return;
            }
            LOGGER.log(Level.WARNING, "An agent told " + place.run() + " what no pack is", e);
        }
    }

    /** Whether any pack has come to its end, well or not. */
    final boolean hasNews() {
        return news.get() > 0;
    }

    /** Makes the build unstable. */
    final void doubt(String reason) {
        doubts.add(reason);
        place.listener().getLogger().println(reason);
        place.run().setResult(Result.UNSTABLE);
    }

    /** Makes the build unstable if there are warnings. */
    final void doubtWarnings(List<PackFinding> findings) {
        long warnings = findings.stream()
                .filter(PackFinding::isWarning)
                .mapToLong(PackFinding::getCount)
                .sum();
        if (warnings > 0) {
            doubt(warnings == 1 ? Messages.BuildTransfer_unstableOne() : Messages.BuildTransfer_unstable(warnings));
        }
    }

    /** Why the build is unstable now; null if it is not because of this. */
    @CheckForNull
    final String doubt() {
        return doubts.isEmpty() ? null : String.join(" ", doubts);
    }

    /** A registry with its login; that of the job's folders or of Jenkins where none is chosen. */
    final RegistryTarget connect(@CheckForNull PackRegistry registry) throws AbortException {
        return (registry == null ? new DefaultRegistry() : registry)
                .connect(place.run(), place.environment(), place.listener());
    }

    /** What is done with Palette; what the job's folders or Jenkins say where nothing is chosen. */
    final PaletteChoice orDefault(@CheckForNull PaletteChoice palette) {
        return (palette == null ? new DefaultPalette() : palette)
                .inForce(place.run().getParent());
    }

    /**
     * Does work where the workspace lies.
     *
     * @return the agent's answer, which is not trusted
     */
    @CheckForNull
    final <R extends Serializable> R onAgent(AgentWork<R> work) throws IOException, InterruptedException {
        WorkOnAgent<R> there =
                new WorkOnAgent<>(work, JenkinsProxy.find(), place.environment(), place.listener(), verbose, this);
        try {
            return there.in(place.workspace());
        } catch (IllegalArgumentException e) {
            throw new AbortException(Messages.BuildWork_answer(e.getMessage()));
        }
    }

    /**
     * Writes findings into the workspace; that this is not possible is not worse than what failed before.
     *
     * @param sarif the file; null if none was asked for
     * @param complete whether all packs that were asked for were checked
     * @param error what failed before
     */
    final void write(@CheckForNull String sarif, List<PackFinding> findings, boolean complete, Optional<String> error)
            throws AbortException, InterruptedException {
        if (sarif == null) {
            return;
        }
        try {
            new SarifInWorkspace(sarif, findings, complete).in(place.workspace());
        } catch (AbortException e) {
            if (error.isEmpty()) {
                throw e;
            }
            place.listener().getLogger().println(e.getMessage());
        }
    }

    /** Copies and checks what an agent answered, and keeps it. */
    @FunctionalInterface
    interface Keeping<R> {
        R keep(@CheckForNull R answer) throws IOException;
    }

    /**
     * The agent's answer as it was kept.
     *
     * @throws AbortException with a sentence if it is not one of this plugin, or could not be kept
     */
    static <R> R kept(@CheckForNull R answer, Keeping<R> keeping) throws AbortException {
        try {
            return keeping.keep(answer);
        } catch (IOException e) {
            throw new AbortException(Messages.BuildWork_notSaved(Reasons.of(root(e))));
        } catch (IllegalArgumentException e) {
            throw new AbortException(Messages.BuildWork_answer(e.getMessage()));
        }
    }

    /** XStream wraps what the disk says in exceptions whose messages begin with their own class. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
