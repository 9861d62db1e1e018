package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.Pack;
import io.jenkins.plugins.spectropack.engine.pack.PackArchiver;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.Rule;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The use case of publishing: finds packs, checks all of them before anything is sent, sends them through one session, and has
 * Palette list them. Palette comes last, and what it says changes nothing in what was published. Runs where the packs lie, in
 * Jenkins on the agent.
 */
public final class PublishRun {

    private static final int FINDINGS_OF_AN_ERROR = 20;

    private final PublishSettings settings;
    private final RegistryTarget target;
    private final Optional<PaletteTarget> palette;
    private final EntryPoint entryPoint;
    private final ProgressLog listener;
    private final RunLog log;
    private final List<PackFinding> findings = new ArrayList<>();

    /**
     * Prepares a run, which happens once.
     *
     * @param palette is brought up to date after the last pack; empty to leave it alone
     * @throws IllegalArgumentException with a sentence if Palette shall read the registry with what does not open it
     */
    public PublishRun(
            PublishSettings settings,
            RegistryTarget target,
            Optional<PaletteTarget> palette,
            EntryPoint entryPoint,
            PublishListener listener) {
        PaletteUpdate.check(palette, target);
        this.settings = settings;
        this.target = target;
        this.palette = palette;
        this.entryPoint = entryPoint;
        this.listener = new ProgressLog(listener);
        log = new RunLog(listener);
    }

    /**
     * Publishes and, where that is asked for, has Palette list the packs.
     *
     * @return how it ended; expected failures are told there
     * @throws IOException with a sentence if this machine fails, for example for want of space
     * @throws InterruptedException if the thread was interrupted; all work has stopped then
     */
    public PublishResult run() throws IOException, InterruptedException {
        try (listener) {
            return checkAndPublish();
        }
    }

    private PublishResult checkAndPublish() throws IOException, InterruptedException {
        List<PackChecker.Result> checked;
        try {
            checked = check(PackChecks.folders(settings.packs(), entryPoint.folder(), entryPoint.confined()));
        } catch (PackException e) {
            return PublishResult.invalid(List.of(), findings, e.getMessage());
        }
        Optional<String> obstacle = obstacle(checked);
        if (obstacle.isPresent()) {
            return PublishResult.invalid(
                    checked.stream()
                            .map(result -> unsent(result, obstacle.get()))
                            .toList(),
                    findings,
                    obstacle.get());
        }
        List<Pack> packs =
                checked.stream().flatMap(result -> result.pack().stream()).toList();
        PublishResult published;
        String host;
        try (SdkHttpClient http = entryPoint.client(target.trust());
                RegistrySession session = target.in(entryPoint.folder(), entryPoint.confined())
                        .open(http, entryPoint.limits(), listener)) {
            listener.begins(packs.size());
            List<PublishedPack> ended = publish(packs, session);
            published = PublishResult.of(Completion.of(session, ended, listener), findings);
            host = session.host();
            log.ended(published.packs());
        } catch (RegistryException e) {
            // Only what comes before the packs throws it; what fails afterwards is told for each pack.
            return PublishResult.notSent(
                    packs.stream()
                            .map(pack -> builder(pack).failed(e.getMessage()))
                            .toList(),
                    findings,
                    e.getMessage());
        }
        return PaletteUpdate.after(palette, target, host, published, settings.dryRun(), entryPoint, listener);
    }

    /** Why nothing can be sent, because of the packs; empty if all can be. */
    private Optional<String> obstacle(List<PackChecker.Result> checked) {
        long invalid =
                checked.stream().filter(result -> result.pack().isEmpty()).count();
        if (invalid > 0) {
            return Optional.of(PackChecks.invalid(invalid) + " Nothing was sent.");
        }
        return checked.size() > 1
                ? severalOf("name", settings.name(), Setting.NAME)
                        .or(() -> severalOf("version", settings.version(), Setting.VERSION))
                : Optional.empty();
    }

    private static Optional<String> severalOf(String key, String expected, Setting setting) {
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The " + key + " '" + expected + "' was given for more than one pack. Leave " + setting.words()
                                + " out," + " so that each pack.json counts, or publish one pack. Nothing was sent.");
    }

    private List<PackChecker.Result> check(List<Path> folders) throws IOException, InterruptedException {
        List<Path> distinct = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .distinct()
                .toList();
        log.found(distinct.size(), target, settings.dryRun());
        target.names().warning().ifPresent(text -> listener.log("WARNING: " + text));
        boolean several = distinct.size() > 1;
        RunFindings found = new RunFindings(settings.validation(), entryPoint::display);
        List<PackChecker.Result> results =
                PackChecks.of(folders, settings.validation(), pack -> problem(pack, several), found, listener);
        findings.addAll(found.all());
        findings.forEach(log::finding);
        log.checked(PackChecks.summary(results));
        return results;
    }

    private Optional<Finding> problem(Pack pack, boolean several) {
        Optional<String> unexpected = several
                ? Optional.empty()
                : expectation(
                                "name",
                                settings.name(),
                                Setting.NAME,
                                pack.metadata().name())
                        .or(() -> expectation(
                                "version",
                                settings.version(),
                                Setting.VERSION,
                                pack.metadata().version()));
        return unexpected
                .or(() -> target.names().packProblem(pack.metadata().name()))
                .map(text -> Finding.of(Rule.AS_REQUESTED, "pack.json", text));
    }

    private static Optional<String> expectation(String key, String expected, Setting setting, String actual) {
        return expected.isEmpty() || expected.equals(actual)
                ? Optional.empty()
                : Optional.of("The " + key + " is '" + actual + "', but '" + expected
                        + "' was given. Change one of them, or leave " + setting.words() + " out.");
    }

    private PublishedPack unsent(PackChecker.Result result, String message) {
        PublishedPackBuilder builder = result.pack()
                .map(this::builder)
                .orElseGet(() -> new PublishedPackBuilder().folder(entryPoint.name(result.folder())));
        return builder.failed(result.pack().isPresent() ? message : error(result));
    }

    /** What makes a pack invalid, as far as one can take it in at once. */
    private String error(PackChecker.Result result) {
        List<Finding> findings = result.findings().stream()
                .filter(settings.validation()::rejects)
                .toList();
        List<Finding> first = findings.stream()
                .filter(finding -> finding.count() == 1)
                .limit(FINDINGS_OF_AN_ERROR)
                .toList();
        long more = findings.stream().mapToLong(Finding::count).sum() - first.size();
        String text = first.stream()
                .map(finding -> entryPoint.display(result.folder().resolve(finding.file())) + ": " + finding.message())
                .collect(Collectors.joining(" "));
        return more > 0 ? text + String.format(Locale.ROOT, " And %,d more.", more) : text;
    }

    private PublishedPackBuilder builder(Pack pack) {
        return new PublishedPackBuilder()
                .folder(entryPoint.name(pack.folder()))
                .pack(pack.metadata().name(), pack.metadata().version());
    }

    private List<PublishedPack> publish(List<Pack> packs, RegistrySession session) throws InterruptedException {
        PackArchiver archiver = new PackArchiver(entryPoint.time());
        PackPublisher publisher = new PackPublisher(settings, entryPoint, session, archiver, listener);
        try {
            return Workers.run(packs, settings.parallel(), Pack::bytes, publisher::publish);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Publishing failed in a way that was not foreseen", e.getCause());
        }
    }
}
