package io.jenkins.plugins.spectropack.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.palette.Palette.Work;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.PaletteRegistryDouble;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.SyncStep;
import io.jenkins.plugins.spectropack.util.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Syncing a registry and looking for packs, against a Palette that delays, fails and recovers. */
class PaletteTest {

    private static final String ARCHIVE = "acme/spectro-packs/archive/";
    private static final PackVersion SAMPLE = new PackVersion("sample", "1.0.0");
    private static final PackVersion OTHER = new PackVersion("other", "2.0.0");

    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofMinutes(2),
            Duration.ofMillis(5));

    private final List<String> log = new CopyOnWriteArrayList<>();
    private EcrSandbox ecr;
    private PaletteSandbox palette;
    private PaletteRegistryDouble registry;

    @BeforeEach
    void start() throws IOException {
        ecr = EcrSandbox.builder().start();
        push(SAMPLE);
        palette = PaletteSandbox.start();
        registry = palette.addRegistry("my-ecr", ecr, "acme");
    }

    @AfterEach
    void stop() {
        assertThat(String.join("\n", log)).doesNotContain(palette.apiKey());
        palette.close();
        ecr.close();
    }

    private void push(PackVersion pack) throws IOException {
        String repository = ARCHIVE + pack.name();
        if (ecr.repository(repository).isEmpty()) {
            ecr.createRepository(repository, false);
        }
        ecr.pushArchive(repository, pack.version(), "archive".getBytes(StandardCharsets.UTF_8));
    }

    private PaletteTarget.Builder target() {
        return PaletteTarget.builder(palette.apiKey())
                .url(palette.uri().toString())
                .registryName("my-ecr");
    }

    private static Palette of(PaletteTarget.Builder target) {
        return new Palette(target.build(), PaletteProxy.ofMachine(), LIMITS);
    }

    private PaletteResult run(Work work, PaletteTarget.Builder target, PackVersion... packs)
            throws InterruptedException {
        return of(target)
                .run(work, Optional.of(new RegistryPlace(ecr.registryHost(), "acme")), List.of(packs), log::add);
    }

    private PaletteResult sync(PackVersion... packs) throws InterruptedException {
        return run(Work.SYNC, target(), packs);
    }

    @Test
    void syncIsFollowedWithALineAtEachChangeUntilThePackIsListed() throws Exception {
        registry.nextSync("Pending", "Pending", "InProgress", "InProgress", "Success");

        PaletteResult result = sync(SAMPLE);

        assertThat(result.problem()).isEmpty();
        assertThat(result.packs()).isEqualTo(Map.of(SAMPLE, PaletteStatus.LISTED));
        assertThat(log)
                .containsExactly(
                        "Palette at " + palette.host() + ": registry 'my-ecr' reads " + ecr.registryHost() + "/acme.",
                        "Palette: sync of registry 'my-ecr' started.",
                        "Palette: sync of registry 'my-ecr': Pending.",
                        "Palette: sync of registry 'my-ecr': InProgress.",
                        "Palette: sync of registry 'my-ecr': Success.",
                        "sample:1.0.0: LISTED in Palette, registry 'my-ecr'.");
        assertThat(palette.requests().matching(PaletteSandbox.startsSync()))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.query()).isEmpty();
                    assertThat(request.bodyBytes()).isZero();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Unknown",
                "UNKNOWN",
                "Pending",
                "pending",
                "InProgress",
                "INPROGRESS",
                "In Progress",
                "in_progress",
                "Running",
                "running",
                "Syncing",
                "SYNCING",
                "Reticulating"
            })
    void wordsThatMeanThatItGoesOn(String word) throws Exception {
        registry.nextSync(word, word, "Success");

        PaletteResult result = sync(SAMPLE);

        assertThat(result.problem()).isEmpty();
        assertThat(palette.requests().count(PaletteSandbox.asksForStatus())).isEqualTo(1 + 3);
        assertThat(log)
                .containsSubsequence(
                        "Palette: sync of registry 'my-ecr': " + (word.isEmpty() ? "not begun" : word) + ".",
                        "Palette: sync of registry 'my-ecr': Success.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Success", "SUCCESS", "success", "Completed", "COMPLETED", "completed"})
    void wordsThatMeanThatItIsDone(String word) throws Exception {
        registry.nextSync(word);

        assertThat(sync(SAMPLE).problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "FAILED", "failed", "Error", "ERROR", "error"})
    void wordsThatMeanThatItFailed(String word) throws Exception {
        registry.nextSync(SyncStep.of("InProgress"), new SyncStep(word, "no basic auth credentials"));

        PaletteResult result = sync(SAMPLE);

        assertThat(result.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith(
                                "The sync of registry 'my-ecr' in Palette failed: no basic auth credentials. Check the"
                                        + " registry's credentials"));
        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.NOT_LISTED);
        assertThat(log).contains("Palette: sync of registry 'my-ecr': " + word + " (no basic auth credentials).");
    }

    @Test
    void packThatWasListedBeforeIsReportedSoThoughTheSyncFails() throws Exception {
        sync(SAMPLE);
        registry.nextSync("Failed");

        PaletteResult result = sync(SAMPLE);

        assertThat(result.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("failed, and Palette gives no reason."));
        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.LISTED);
    }

    @Test
    void packMayAppearLate() throws Exception {
        push(OTHER);
        registry.listingLag(5);

        PaletteResult result = sync(SAMPLE, OTHER);

        assertThat(result.problem()).isEmpty();
        assertThat(result.packs().values()).containsOnly(PaletteStatus.LISTED);
        assertThat(log)
                .containsOnlyOnce(
                        "Palette: not listed yet: sample:1.0.0, other:2.0.0. Looking again every 5 ms, 11 times"
                                + " at most.");
    }

    @Test
    void packThatNeverAppearsIsNotListed() throws Exception {
        PaletteResult result = sync(SAMPLE, OTHER);

        assertThat(result.packs()).isEqualTo(Map.of(SAMPLE, PaletteStatus.LISTED, OTHER, PaletteStatus.NOT_LISTED));
        assertThat(result.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("Palette does not list other:2.0.0 in registry 'my-ecr'. The list may lag"));
        assertThat(palette.requests().matching(PaletteSandbox.looksForPack()))
                .filteredOn(request -> request.path().contains("/other/"))
                .hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void keyThatIsNotTakenIsToldInPalettesWords(int status) throws Exception {
        PaletteTarget.Builder target = target();
        if (status == 403) {
            palette.forbid(true);
        } else {
            target = PaletteTarget.builder("another-key")
                    .url(palette.uri().toString())
                    .registryName("my-ecr");
        }

        PaletteResult result = run(Work.SYNC, target, SAMPLE);

        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.NOT_CHECKED);
        assertThat(result.problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem)
                                .startsWith(
                                        "Listing the registries of Palette failed: " + palette.host() + " answered "
                                                + (status == 401
                                                        ? "401 InvalidApiKey to GET: The API key is not valid. Check the API key"
                                                        : "403 OperationForbidden to GET: The user has no permission for this operation. Check"
                                                                + " that the API key is that of a user who may see and sync registries")));
        assertThat(palette.requests().all()).hasSize(1);
        Palette refused = of(target);
        assertThatThrownBy(refused::test).isInstanceOf(PaletteException.class);
    }

    @Test
    void unknownRegistryIsToldWithThoseThatThereAre() throws Exception {
        palette.addRegistry("another", "example.com", "base");

        PaletteResult result = run(Work.SYNC, target().registryName("My-ECR"), SAMPLE);

        assertThat(result.problem())
                .contains("Palette at " + palette.host() + " has no OCI registry 'My-ECR'. It has 'another', 'my-ecr'."
                        + " Give one of these names, or add the registry in Palette.");
        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.NOT_CHECKED);
    }

    @Test
    void syncThatIsRunningAlreadyIsWaitedForAndAnotherOneStarted() throws Exception {
        registry.syncByOthers("InProgress", "InProgress", "Success");
        push(OTHER);

        PaletteResult result = sync(SAMPLE, OTHER);

        assertThat(result.problem()).isEmpty();
        assertThat(registry.syncs()).isEqualTo(2);
        assertThat(log)
                .containsSubsequence(
                        "Palette: a sync of registry 'my-ecr' is running already. It may have begun before the packs were"
                                + " pushed, so another one is started when it has ended.",
                        "Palette: sync of registry 'my-ecr': InProgress.",
                        "Palette: sync of registry 'my-ecr': Success.",
                        "Palette: sync of registry 'my-ecr' started.",
                        "Palette: sync of registry 'my-ecr': Pending.",
                        "Palette: sync of registry 'my-ecr': InProgress.",
                        "Palette: sync of registry 'my-ecr': Success.");
    }

    @Test
    void passingFailuresAreTriedAgainAndLostAnswersDoNoHarm() throws Exception {
        palette.fault(1, PaletteSandbox.listsRegistries(), Fault.paletteError(503, "Unavailable", "Try later"));
        palette.fault(1, PaletteSandbox.startsSync(), Fault.loseAnswer());
        palette.fault(1, PaletteSandbox.asksForStatus(), Fault.paletteError(429, "TooManyRequests", "Slower"));
        palette.fault(1, PaletteSandbox.looksForPack(), Fault.cutAnswerBody());

        PaletteResult result = sync(SAMPLE);

        assertThat(result.problem()).isEmpty();
        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.LISTED);
        assertThat(log.stream().filter(line -> line.contains("Trying again in")))
                .hasSize(4);
    }

    @Test
    void abortWhileWaitingEndsAtOnce() throws Exception {
        registry.nextSync("InProgress");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                sync(SAMPLE);
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        thread.start();
        palette.requests().await(PaletteSandbox.startsSync(), Duration.ofSeconds(60));

        thread.interrupt();
        thread.join(10_000);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void keyAndProjectAreSentAsPaletteTakesThem() throws Exception {
        run(Work.SYNC, target().projectUid(palette.projectUid()), SAMPLE);

        assertThat(palette.requests().all()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.header("ProjectUid")).contains(palette.projectUid());
            assertThat(request.header("Accept")).contains("application/json");
            assertThat(request.status()).isLessThan(300);
        });
        palette.requests().clear();
        sync(SAMPLE);
        assertThat(palette.requests().all())
                .allMatch(request -> request.header("ProjectUid").isEmpty());
        assertThat(palette.requests().all()).extracting(Request::service).containsOnly(Request.PALETTE);
    }
}
