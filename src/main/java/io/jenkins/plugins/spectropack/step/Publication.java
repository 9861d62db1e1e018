package io.jenkins.plugins.spectropack.step;

import io.jenkins.plugins.spectropack.Messages;
import io.jenkins.plugins.spectropack.agent.AgentLostException;
import io.jenkins.plugins.spectropack.agent.ProxySettings;
import io.jenkins.plugins.spectropack.agent.PublishCallable;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import io.jenkins.plugins.spectropack.config.SpectroPackGlobalConfiguration;
import io.jenkins.plugins.spectropack.result.PackFinding;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.spectropack.config.PaletteSettings.OnFailure;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One run of the engine for a build: what step and build step share. Runs on the controller and sends the work to the agent. */
final class Publication {

    private static final Logger LOGGER = Logger.getLogger(Publication.class.getName());

    private final PublishOptions options;
    private final Run<?, ?> run;
    private final FilePath workspace;
    private final TaskListener listener;
    private final boolean startsOver;
    private final List<String> doubts = new ArrayList<>();

    /**
     * Prepares a run.
     *
     * @param startsOver whether this was begun before, so that packs may be new in the registry though nothing is sent now
     */
    Publication(PublishOptions options, Run<?, ?> run, FilePath workspace, TaskListener listener, boolean startsOver) {
        this.options = options;
        this.run = run;
        this.workspace = workspace;
        this.listener = listener;
        this.startsOver = startsOver;
    }

    /**
     * Publishes, and adds what was published and found to the build's page, even if some packs failed. Makes the build
     * unstable if something is wrong with Palette, or if there were warnings, as far as the user wants that.
     *
     * @throws AgentLostException if the connection to the agent broke; it can be tried again when the agent is back
     * @throws AbortException with a sentence that says why it failed
     */
    List<PublishedPack> publish() throws IOException, InterruptedException {
        PaletteSettings palette = palette();
        OnFailure onPaletteFailure = palette == null ? OnFailure.UNSTABLE : palette.onFailure();
        PublishCallable.Outcome outcome = act(callable(palette));
        String paletteProblem = outcome.paletteProblem();
        if (!outcome.packs().isEmpty()) {
            PublishedPacksAction.add(run, outcome.packs(), outcome.findings(), paletteProblem);
        }
        if (outcome.error() != null) {
            if (paletteProblem != null) {
                listener.getLogger().println(paletteProblem);
            }
            throw new AbortException(outcome.error());
        }
        if (paletteProblem != null) {
            if (onPaletteFailure == OnFailure.FAILURE) {
                throw new AbortException(paletteProblem);
            }
            doubt(Messages.Publication_palette(paletteProblem));
        }
        long warnings =
                outcome.findings().stream().filter(PackFinding::isWarning).count();
        if (options.isUnstableOnWarnings() && warnings > 0) {
            doubt(warnings == 1 ? Messages.Publication_unstableOne() : Messages.Publication_unstable(warnings));
        }
        return outcome.packs();
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

    @CheckForNull
    private PaletteSettings palette() {
        PaletteChoice choice = options.getPalette();
        return choice == null ? SpectroPackGlobalConfiguration.get().getPalette() : choice.settings();
    }

    private PublishCallable callable(@CheckForNull PaletteSettings palette) throws IOException {
        PackRegistry registry = options.getRegistry();
        if (registry == null) {
            registry = SpectroPackGlobalConfiguration.get().getRegistry();
        }
        if (registry == null) {
            throw new AbortException(Messages.DefaultRegistry_none());
        }
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new AbortException(Messages.Publication_noTemporaryFolder(workspace.getRemote()));
        }
        return new PublishCallable(
                settings(),
                registry.connect(run, listener),
                palette == null ? null : palette.connect(run, startsOver),
                ProxySettings.ofJenkins(),
                temporary.getRemote(),
                listener);
    }

    private PublishCallable.Settings settings() throws AbortException {
        IfExists ifExists;
        Validation validation;
        try {
            ifExists = PublishForm.constant(IfExists.class, "ifExists", options.getIfExists());
            validation = PublishForm.constant(Validation.class, "validation", options.getValidation());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
        return new PublishCallable.Settings(
                options.getPacks(),
                Util.fixNull(options.getName()),
                Util.fixNull(options.getVersion()),
                ifExists == null ? SpectroPackGlobalConfiguration.get().ifExistsInForce() : ifExists,
                validation == null ? Validation.STANDARD : validation,
                options.isDryRun(),
                options.getParallel());
    }

    private PublishCallable.Outcome act(PublishCallable callable) throws IOException, InterruptedException {
        Computer computer = workspace.toComputer();
        String agent = computer == null ? workspace.getRemote() : computer.getDisplayName();
        try {
            return workspace.act(callable);
        } catch (ChannelClosedException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, "The connection to " + agent + " was lost", e);
            throw new AgentLostException(agent);
        }
    }
}
