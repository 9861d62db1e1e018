package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.spectropack.agent.AgentLostException;
import io.jenkins.plugins.spectropack.agent.JenkinsProxy;
import io.jenkins.plugins.spectropack.agent.PublishOnAgent;
import io.jenkins.plugins.spectropack.agent.PublishProgress;
import io.jenkins.plugins.spectropack.config.Choices;
import io.jenkins.plugins.spectropack.config.DefaultPalette;
import io.jenkins.plugins.spectropack.config.DefaultRegistry;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.config.SpectroPackGlobalConfiguration;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import io.jenkins.plugins.spectropack.result.StepRecorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What one step of a build publishes, for both kinds of step. Runs on the controller and sends the work to the agent. */
final class BuildPublication implements PublishProgress {

    private static final Logger LOGGER = Logger.getLogger(BuildPublication.class.getName());

    private final PublishParameters parameters;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final TaskListener listener;
    private final boolean startsOver;
    private final StepRecorder recorder;
    private final List<String> doubts = new ArrayList<>();
    private final AtomicInteger news = new AtomicInteger();
    private volatile int expected;

    /**
     * Prepares a run.
     *
     * @param id what tells the step from others of the build, also after a restart; null for a step that never starts over
     * @param startsOver whether this was begun before, so that packs may be new in the registry though nothing is sent now
     */
    BuildPublication(
            PublishParameters parameters,
            Run<?, ?> run,
            FilePath workspace,
            TaskListener listener,
            @CheckForNull String id,
            boolean startsOver) {
        this.parameters = parameters;
        this.run = run;
        this.workspace = workspace;
        this.listener = listener;
        this.startsOver = startsOver;
        recorder = new StepRecorder(run, id, parameters.packs());
    }

    /**
     * Publishes, and keeps with the build what was published and found, even if some packs failed. Makes the build
     * unstable if something is wrong with Palette, or if there were warnings, as far as the user wants that.
     *
     * @throws AgentLostException if the connection to the agent broke; it can be tried again when the agent is back
     * @throws AbortException with a sentence that says why it failed
     */
    List<PublishedPack> publish() throws IOException, InterruptedException {
        PaletteChoice palette = parameters.palette() == null ? new DefaultPalette() : parameters.palette();
        boolean paletteFailsBuild = palette.failsBuild();
        PublishResult outcome = recorded(callable(palette).in(workspace));
        String paletteProblem = outcome.paletteProblem().orElse(null);
        if (outcome.error().isPresent()) {
            if (paletteProblem != null) {
                listener.getLogger().println(paletteProblem);
            }
            throw new AbortException(outcome.error().get());
        }
        if (paletteProblem != null) {
            if (paletteFailsBuild) {
                throw new AbortException(paletteProblem);
            }
            doubt(Messages.BuildPublication_palette(paletteProblem));
        }
        long warnings =
                outcome.findings().stream().filter(PackFinding::isWarning).count();
        if (parameters.unstableOnWarnings() && warnings > 0) {
            doubt(
                    warnings == 1
                            ? Messages.BuildPublication_unstableOne()
                            : Messages.BuildPublication_unstable(warnings));
        }
        return outcome.packs();
    }

    private PublishResult recorded(PublishResult answer) throws IOException {
        try {
            return recorder.ended(answer);
        } catch (IOException e) {
            throw new AbortException(Messages.BuildPublication_notSaved(Reasons.of(e)));
        } catch (IllegalArgumentException e) {
            throw new AbortException(Messages.BuildPublication_answer(e.getMessage()));
        }
    }

    @Override
    public void begins(int packs) {
        expected = Math.max(0, packs);
    }

    @Override
    public void ended(PublishedPack pack) {
        try {
            recorder.ended(pack);
            news.incrementAndGet();
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "An agent told " + run + " what no pack is", e);
        }
    }

    /** Whether any pack has come to its end, well or not. */
    boolean hasNews() {
        return news.get() > 0;
    }

    /** What is known of a run that ended before its packs did, because the build was aborted. */
    String untilAborted() {
        return recorder.published() == 0
                ? Messages.BuildPublication_abortedFirst()
                : Messages.BuildPublication_aborted(recorder.published(), all());
    }

    /** The same for one that lost its agent. */
    String untilLost() {
        return recorder.published() == 0
                ? Messages.BuildPublication_lostFirst()
                : Messages.BuildPublication_lost(recorder.published(), all());
    }

    /** A run that has started over may know of packs before it is told how many there are. */
    private int all() {
        return Math.max(expected, recorder.published());
    }

    private void doubt(String reason) {
        doubts.add(reason);
        listener.getLogger().println(reason);
        run.setResult(Result.UNSTABLE);
    }

    /** Why the build is unstable now; null if it is not because of this. */
    @CheckForNull
    String doubt() {
        return doubts.isEmpty() ? null : String.join(" ", doubts);
    }

    private PublishOnAgent callable(PaletteChoice palette) throws IOException {
        PackRegistry registry = parameters.registry() == null ? new DefaultRegistry() : parameters.registry();
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new AbortException(Messages.BuildPublication_noTemporaryFolder(workspace.getRemote()));
        }
        return new PublishOnAgent(
                settings(),
                registry.connect(run, listener),
                palette.connect(run, startsOver).orElse(null),
                JenkinsProxy.find(),
                temporary.getRemote(),
                listener,
                parameters.verbose(),
                this);
    }

    private PublishSettings settings() throws AbortException {
        try {
            IfExists ifExists = Choices.parse(IfExists.class, "ifExists", parameters.ifExists());
            Validation validation = Choices.parse(Validation.class, "validation", parameters.validation());
            return new PublishSettings(
                    List.of(parameters.packs()),
                    parameters.name(),
                    parameters.version(),
                    ifExists == null ? SpectroPackGlobalConfiguration.get().ifExistsInForce() : ifExists,
                    validation == null ? Validation.STANDARD : validation,
                    parameters.dryRun(),
                    parameters.parallel());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
