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
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What one step of a build publishes, for both kinds of step. Runs on the controller and sends the work to the agent. */
final class BuildPublication {

    private final PublishParameters parameters;
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
    BuildPublication(
            PublishParameters parameters,
            Run<?, ?> run,
            FilePath workspace,
            TaskListener listener,
            boolean startsOver) {
        this.parameters = parameters;
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
        PaletteChoice palette = parameters.palette() == null ? new DefaultPalette() : parameters.palette();
        boolean paletteFailsBuild = palette.failsBuild();
        PublishResult outcome = callable(palette).in(workspace);
        String paletteProblem = outcome.paletteProblem().orElse(null);
        if (!outcome.packs().isEmpty()) {
            PublishedPacksAction.add(run, outcome.packs(), outcome.findings(), paletteProblem);
        }
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
                listener);
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
