package io.jenkins.plugins.spectropack.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.PackFinder;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.NothingSentException;
import io.jenkins.plugins.spectropack.engine.publish.PublishListener;
import io.jenkins.plugins.spectropack.engine.publish.PublishRequest;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.Publisher;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import software.amazon.awssdk.http.SdkHttpClient;

/** Publishes packs where the workspace lies. Carries and returns nothing but classes of this plugin and of the JDK. */
@Restricted(NoExternalUse.class)
public final class PublishOnAgent extends MasterToSlaveFileCallable<PublishOnAgent.Outcome> {

    private static final long serialVersionUID = 1L;

    private final Settings settings;
    private final RegistryConnection registry;
    private final PaletteTarget palette;
    private final JenkinsProxy proxy;
    private final String temporaryFolder;
    private final TaskListener listener;

    /** What the user asked for, all defaults filled in. */
    public record Settings(
            String packs,
            String name,
            String version,
            IfExists ifExists,
            Validation validation,
            boolean dryRun,
            int parallel)
            implements Serializable {}

    /**
     * What the check found, and where.
     *
     * @param file relative to the workspace
     */
    public record Found(String file, Finding finding) implements Serializable {}

    /**
     * How it ended. An expected failure is not thrown, so that the packs that were published are known nevertheless.
     *
     * @param packs one element per pack; empty if no pack was found
     * @param findings what the check before publishing found
     * @param error a sentence that says why a pack was not published; null if all were
     * @param paletteProblem what went wrong with Palette afterwards; null if nothing did
     */
    public record Outcome(
            ArrayList<PublishedPack> packs,
            ArrayList<Found> findings,
            @CheckForNull String error,
            @CheckForNull String paletteProblem)
            implements Serializable {}

    /** Hands log lines on as they come, and keeps what was found. */
    private static final class Findings implements PublishListener {
        private final PrintStream log;
        private final ArrayList<Found> found = new ArrayList<>();

        Findings(PrintStream log) {
            this.log = log;
        }

        @Override
        public void log(String line) {
            log.println(line);
        }

        @Override
        public void found(String file, Finding finding) {
            found.add(new Found(file, finding));
        }
    }

    /**
     * Prepares the work. Runs on the controller.
     *
     * @param palette null to leave Palette alone
     * @param proxy null to use what the agent's environment says
     * @param temporaryFolder on the agent; made where it does not exist
     */
    public PublishOnAgent(
            Settings settings,
            RegistryConnection registry,
            @CheckForNull PaletteTarget palette,
            @CheckForNull JenkinsProxy proxy,
            String temporaryFolder,
            TaskListener listener) {
        this.settings = settings;
        this.registry = registry;
        this.palette = palette;
        this.proxy = proxy;
        this.temporaryFolder = temporaryFolder;
        this.listener = listener;
    }

    /**
     * Does the work where the workspace lies.
     *
     * @throws AgentLostException if the connection to the agent broke
     */
    public Outcome in(FilePath workspace) throws IOException, InterruptedException {
        try {
            return workspace.act(this);
        } catch (ChannelClosedException | RequestAbortedException e) {
            Computer computer = workspace.toComputer();
            throw new AgentLostException(computer == null ? workspace.getRemote() : computer.getDisplayName(), e);
        }
    }

    @Override
    public Outcome invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        PrintStream log = listener.getLogger();
        Findings findings = new Findings(log);
        try (SdkHttpClient http = JenkinsProxy.httpClient(proxy, registry.trust());
                RegistryConnection.Open open = registry.open(http)) {
            PublishResult result =
                    new Publisher(open.target(), palette(), findings).publish(request(workspace.toPath()));
            return new Outcome(
                    new ArrayList<>(result.packs()),
                    findings.found,
                    error(result.packs()),
                    result.paletteProblem().orElse(null));
        } catch (NothingSentException e) {
            return new Outcome(new ArrayList<>(e.packs()), findings.found, e.getMessage(), null);
        } catch (PackException | IllegalArgumentException e) {
            return new Outcome(new ArrayList<>(), findings.found, e.getMessage(), null);
        } finally {
            log.flush();
        }
    }

    private Optional<Palette> palette() {
        return Optional.ofNullable(palette)
                .map(target -> new Palette(target, JenkinsProxy.paletteProxy(proxy), Limits.ofFrontDoor()));
    }

    private PublishRequest request(Path workspace) throws IOException {
        List<Path> folders = PackFinder.find(workspace, settings.packs());
        for (Path folder : folders) {
            PackFinder.requireInside(workspace, folder);
        }
        return new PublishRequest(
                workspace,
                folders,
                settings.name(),
                settings.version(),
                settings.ifExists(),
                settings.validation(),
                settings.dryRun(),
                settings.parallel(),
                Files.createDirectories(Path.of(temporaryFolder)),
                Optional.empty());
    }

    /** The log tells each failure already; whoever catches the exception needs it too. */
    @CheckForNull
    private static String error(List<PublishedPack> packs) {
        List<PublishedPack> failed = packs.stream()
                .filter(pack -> pack.status() == PublishedPack.Status.FAILED)
                .toList();
        if (failed.isEmpty()) {
            return null;
        }
        String first = failed.get(0).getName() + ":" + failed.get(0).getVersion() + " was not published: "
                + failed.get(0).getError();
        return failed.size() == 1
                ? first
                : failed.size() + " of " + packs.size() + " packs were not published. The first: " + first;
    }
}
