package io.jenkins.plugins.spectropack;

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
import io.jenkins.plugins.spectropack.pack.Validation;
import io.jenkins.plugins.spectropack.publish.IfExists;
import io.jenkins.plugins.spectropack.publish.PublishedPack;
import java.io.IOException;
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
    private String doubt;

    Publication(PublishOptions options, Run<?, ?> run, FilePath workspace, TaskListener listener) {
        this.options = options;
        this.run = run;
        this.workspace = workspace;
        this.listener = listener;
    }

    /**
     * Publishes, and adds what was published and found to the build's page, even if some packs failed. Makes the build
     * unstable if there were warnings and the user asked for that.
     *
     * @throws AgentLostException if the connection to the agent broke; it can be tried again when the agent is back
     * @throws AbortException with a sentence that says why it failed
     */
    List<PublishedPack> publish() throws IOException, InterruptedException {
        PublishCallable.Outcome outcome = act(callable());
        if (!outcome.packs().isEmpty()) {
            PublishedPacksAction.add(run, outcome.packs(), outcome.findings());
        }
        if (outcome.error() != null) {
            throw new AbortException(outcome.error());
        }
        long warnings =
                outcome.findings().stream().filter(PackFinding::isWarning).count();
        if (options.isUnstableOnWarnings() && warnings > 0) {
            doubt = warnings == 1 ? Messages.Publication_unstableOne() : Messages.Publication_unstable(warnings);
            listener.getLogger().println(doubt);
            run.setResult(Result.UNSTABLE);
        }
        return outcome.packs();
    }

    /** Why the build is unstable now; null if it is not because of this. */
    @CheckForNull
    String doubt() {
        return doubt;
    }

    private PublishCallable callable() throws IOException {
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
