package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.Pack;
import io.jenkins.plugins.spectropack.engine.pack.PackArchiver;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.Rule;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.RegistryPlace;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Publishes packs: checks all of them, logs in once, then archives, provisions and pushes each. One invalid pack means that
 * nothing is sent; once sending has begun, packs are independent of each other. Running again after any failure is safe.
 * Palette comes last, and what it says changes nothing in what was published.
 */
public final class Publisher {

    private final RegistryTarget target;
    private final Optional<Palette> palette;
    private final PublishListener listener;

    /**
     * Makes a publisher for one registry.
     *
     * @param palette is brought up to date after the last pack; empty to leave it alone
     */
    public Publisher(RegistryTarget target, Optional<Palette> palette, PublishListener listener) {
        this.target = target;
        this.palette = palette;
        this.listener = listener;
    }

    /**
     * Publishes and, where that is asked for, has Palette list the packs.
     *
     * @throws InvalidPacksException if a pack is invalid
     * @throws NothingSentException if the registry did not let us in
     * @throws InterruptedException if the thread was interrupted; all work has stopped then
     */
    public PublishResult publish(PublishRequest request) throws IOException, InterruptedException {
        List<Pack> packs = check(request);
        List<PublishedPack> published;
        String host;
        try (RunFolder archives = RunFolder.in(request.temporaryFolder());
                RegistrySession session = open(packs)) {
            PackArchiver archiver = new PackArchiver(request.time().orElse(PackArchiver.DEFAULT_TIME));
            PackPublication publication = new PackPublication(request, session, archiver, archives.path(), listener);
            published = publish(packs, publication, request.parallel());
            host = session.host();
            listener.log(summary(published));
        }
        if (palette.isEmpty()) {
            return new PublishResult(published, Optional.empty());
        }
        RegistryPlace pushedTo = new RegistryPlace(host, target.names().archive());
        return new PaletteUpdate(palette.get(), listener).after(published, request.dryRun(), pushedTo);
    }

    private RegistrySession open(List<Pack> packs) throws NothingSentException, InterruptedException {
        try {
            return target.open(listener::log);
        } catch (RegistryException e) {
            String message = e.getMessage();
            throw new NothingSentException(
                    message,
                    packs.stream().map(pack -> builder(pack).failed(message)).toList(),
                    e);
        }
    }

    private List<Pack> check(PublishRequest request) throws IOException, InterruptedException {
        List<PackChecker.Result> results =
                PackChecks.of(request.folders(), request.validation(), pack -> problem(request, pack));
        for (PackChecker.Result result : results) {
            for (Finding finding : result.findings()) {
                String file = request.display(result.folder().resolve(finding.file()));
                listener.log(finding.severity() + " " + file + ": " + finding.message() + " ["
                        + finding.rule().id() + "]");
                listener.found(file, finding);
            }
        }
        listener.log(PackChecks.summary(results));
        long invalid =
                results.stream().filter(result -> result.pack().isEmpty()).count();
        if (invalid > 0) {
            String message =
                    (invalid == 1 ? "1 pack is invalid" : invalid + " packs are invalid") + ". Nothing was sent.";
            throw new InvalidPacksException(
                    message,
                    results.stream()
                            .map(result -> unsent(request, result, message))
                            .toList());
        }
        return results.stream().map(result -> result.pack().get()).toList();
    }

    private Optional<Finding> problem(PublishRequest request, Pack pack) {
        boolean several = request.folders().size() > 1;
        return expectation("name", request.name(), pack.metadata().name(), several)
                .or(() -> expectation(
                        "version", request.version(), pack.metadata().version(), several))
                .or(() -> target.names().packProblem(pack.metadata().name()))
                .map(text -> Finding.of(Rule.AS_REQUESTED, "pack.json", text));
    }

    private static Optional<String> expectation(String key, String expected, String actual, boolean several) {
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        if (several) {
            return Optional.of("The " + key + " '" + expected + "' was given for more than one pack. Leave it out,"
                    + " so that each pack.json counts, or publish one pack.");
        }
        return expected.equals(actual)
                ? Optional.empty()
                : Optional.of("The " + key + " is '" + actual + "', but '" + expected
                        + "' was given. Change one of them, or leave it out.");
    }

    private static PublishedPack unsent(PublishRequest request, PackChecker.Result result, String message) {
        PublishedPack.Builder builder = result.pack().map(Publisher::builder).orElseGet(PublishedPack.Builder::new);
        String error = result.pack().isPresent()
                ? message
                : result.findings().stream()
                        .filter(request.validation()::rejects)
                        .map(finding ->
                                request.display(result.folder().resolve(finding.file())) + ": " + finding.message())
                        .collect(Collectors.joining(" "));
        return builder.failed(error);
    }

    private static PublishedPack.Builder builder(Pack pack) {
        return new PublishedPack.Builder()
                .pack(pack.metadata().name(), pack.metadata().version());
    }

    private static List<PublishedPack> publish(List<Pack> packs, PackPublication publication, int parallel)
            throws InterruptedException {
        try {
            return Workers.run(packs, parallel, publication::publish);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Publishing failed in a way that was not foreseen", e.getCause());
        }
    }

    private static String summary(List<PublishedPack> published) {
        Map<PublishedPack.Status, Integer> counts = new EnumMap<>(PublishedPack.Status.class);
        published.forEach(pack -> counts.merge(pack.status(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().words())
                .collect(Collectors.joining(
                        ", ", published.size() == 1 ? "1 pack: " : published.size() + " packs: ", "."));
    }
}
