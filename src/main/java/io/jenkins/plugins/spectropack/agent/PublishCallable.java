package io.jenkins.plugins.spectropack.agent;

import io.jenkins.plugins.spectropack.config.RegistryConnection;
import io.jenkins.plugins.spectropack.result.PackFinding;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
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
import software.amazon.awssdk.http.SdkHttpClient;

/** Publishes packs where the workspace lies. Carries and returns nothing but classes of this plugin and of the JDK. */
final class PublishCallable extends MasterToSlaveFileCallable<PublishCallable.Outcome> {

    private static final long serialVersionUID = 1L;

    private final Settings settings;
    private final RegistryConnection registry;
    private final PaletteTarget palette;
    private final ProxySettings proxy;
    private final String temporaryFolder;
    private final TaskListener listener;

    /** What the user asked for, all defaults filled in. */
    record Settings(
            String packs,
            String name,
            String version,
            IfExists ifExists,
            Validation validation,
            boolean dryRun,
            int parallel)
            implements Serializable {}

    /**
     * How it ended. An expected failure is not thrown, so that the packs that were published are known nevertheless.
     *
     * @param packs one element per pack; empty if no pack was found
     * @param findings what the check before publishing found
     * @param error a sentence that says why a pack was not published; null if all were
     * @param paletteProblem what went wrong with Palette afterwards; null if nothing did
     */
    record Outcome(
            ArrayList<PublishedPack> packs,
            ArrayList<PackFinding> findings,
            @CheckForNull String error,
            @CheckForNull String paletteProblem)
            implements Serializable {}

    /** Hands log lines on as they come, and keeps what was found. */
    private static final class Findings implements PublishListener {
        private final PrintStream log;
        private final ArrayList<PackFinding> found = new ArrayList<>();

        Findings(PrintStream log) {
            this.log = log;
        }

        @Override
        public void log(String line) {
            log.println(line);
        }

        @Override
        public void found(String file, Finding finding) {
            found.add(new PackFinding(file, finding));
        }
    }

    PublishCallable(
            Settings settings,
            RegistryConnection registry,
            @CheckForNull PaletteTarget palette,
            @CheckForNull ProxySettings proxy,
            String temporaryFolder,
            TaskListener listener) {
        this.settings = settings;
        this.registry = registry;
        this.palette = palette;
        this.proxy = proxy;
        this.temporaryFolder = temporaryFolder;
        this.listener = listener;
    }

    @Override
    public Outcome invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        PrintStream log = listener.getLogger();
        Findings findings = new Findings(log);
        try (SdkHttpClient http = ProxySettings.httpClient(proxy, registry.trust());
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
                .map(target -> new Palette(target, ProxySettings.paletteProxy(proxy), Limits.ofFrontDoor()));
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
