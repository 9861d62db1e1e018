package io.jenkins.plugins.spectropack.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.spectropack.engine.pack.PackArchiver;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.EntryPoint;
import io.jenkins.plugins.spectropack.engine.publish.PublishListener;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishRun;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Publishes packs where the workspace lies. Carries and returns nothing but classes of this plugin and of the JDK. */
@Restricted(NoExternalUse.class)
public final class PublishOnAgent extends MasterToSlaveFileCallable<PublishResult> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(PublishOnAgent.class.getName());

    private final PublishSettings settings;
    private final RegistryTarget registry;
    private final PaletteTarget palette;
    private final JenkinsProxy proxy;
    private final String temporaryFolder;
    private final TaskListener listener;
    private final PublishProgress progress;
    private final boolean verbose;

    /** Hands on what the engine tells. That the controller cannot be told fails no pack; it counts the agent as lost, then. */
    private record Report(PrintStream lines, boolean verbose, PublishProgress progress) implements PublishListener {

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
        public void begins(int packs) {
            tell(() -> progress.begins(packs));
        }

        @Override
        public void ended(PublishedPack pack) {
            tell(() -> progress.ended(pack));
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

    /**
     * Prepares the work. Runs on the controller.
     *
     * @param palette null to leave Palette alone
     * @param proxy null to use what the agent's environment says
     * @param temporaryFolder on the agent; made where it does not exist
     * @param verbose whether the log has details
     * @param progress is told here, on the controller, what happens there
     */
    public PublishOnAgent(
            PublishSettings settings,
            RegistryTarget registry,
            @CheckForNull PaletteTarget palette,
            @CheckForNull JenkinsProxy proxy,
            String temporaryFolder,
            TaskListener listener,
            boolean verbose,
            PublishProgress progress) {
        this.settings = settings;
        this.registry = registry;
        this.palette = palette;
        this.proxy = proxy;
        this.temporaryFolder = temporaryFolder;
        this.listener = listener;
        this.verbose = verbose;
        this.progress = new ExportedProgress(progress);
    }

    /**
     * Does the work where the workspace lies.
     *
     * @throws AgentLostException if the connection to the agent broke
     */
    public PublishResult in(FilePath workspace) throws IOException, InterruptedException {
        try {
            return workspace.act(this);
        } catch (ChannelClosedException | RequestAbortedException e) {
            Computer computer = workspace.toComputer();
            throw new AgentLostException(computer == null ? workspace.getRemote() : computer.getDisplayName(), e);
        }
    }

    @Override
    public PublishResult invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        PrintStream log = listener.getLogger();
        try {
            return publish(workspace.toPath(), new Report(log, verbose, progress));
        } catch (IOException | IllegalArgumentException e) {
            // This machine failed, or its own settings mean nothing. The sentence is enough for whoever reads the log;
            // the rest is for who runs the agent.
            LOGGER.log(Level.FINE, "Publishing failed", e);
            throw new AbortException(e.getMessage() == null ? Reasons.of(e) : e.getMessage());
        } finally {
            log.flush();
        }
    }

    private PublishResult publish(Path workspace, Report report) throws IOException, InterruptedException {
        EntryPoint entryPoint = new EntryPoint(
                workspace,
                true,
                temporary(),
                PackArchiver.DEFAULT_TIME,
                trust -> JenkinsProxy.httpClient(proxy, trust),
                Limits.ofEntryPoint());
        return new PublishRun(settings, registry, Optional.ofNullable(palette), entryPoint, report).run();
    }

    private Path temporary() throws IOException {
        Path folder = Path.of(temporaryFolder);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException("The temporary folder " + folder + " cannot be made: " + Reasons.of(e) + ".", e);
        }
    }
}
