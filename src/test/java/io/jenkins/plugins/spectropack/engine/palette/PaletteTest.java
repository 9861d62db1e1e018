package io.jenkins.plugins.spectropack.engine.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.engine.palette.Palette.Work;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import io.jenkins.plugins.spectropack.engine.util.TestHttp;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.FakePaletteRegistry;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.sandbox.SyncStep;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpClient;

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

    private final SdkHttpClient http = TestHttp.client();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @Started
    private EcrSandbox ecr;

    @Started
    private PaletteSandbox palette;

    private FakePaletteRegistry registry;

    @BeforeEach
    void start() throws IOException {
        push(SAMPLE);
        registry = palette.addRegistry("my-ecr", ecr, "acme");
    }

    @AfterEach
    void stop() {
        assertThat(String.join("\n", log)).doesNotContain(palette.apiKey());
        http.close();
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

    private Palette of(PaletteTarget.Builder target) {
        return new Palette(target.build(), http, LIMITS);
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
        assertThatThrownBy(() -> refused.test(false)).isInstanceOf(PaletteException.class);
    }

    @Test
    void unknownRegistryIsToldWithThoseThatThereAre() throws Exception {
        palette.addRegistry("another", "example.com", "base");

        PaletteResult result = run(Work.SYNC, target().registryName("My-ECR"), SAMPLE);

        assertThat(result.problem())
                .contains("Palette at " + palette.host() + " has no OCI registry 'My-ECR'. It has 'another', 'my-ecr'."
                        + " Give one of these names as " + Setting.PALETTE_REGISTRY.words()
                        + ", or add the registry in Palette.");
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
    void transientFailuresAreTriedAgainAndLostAnswersDoNoHarm() throws Exception {
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

    @Test
    void syncThatDoesNotEndInTimeMayStillBeInProgress() throws Exception {
        registry.nextSync("InProgress");

        PaletteResult result = run(Work.SYNC, target().timeout(Duration.ofMillis(100)), SAMPLE);

        assertThat(result.problem())
                .contains("The sync of registry 'my-ecr' in Palette had not ended after 100 ms and may still be in"
                        + " progress. Look there, or wait for longer (" + Setting.PALETTE_TIMEOUT.words()
                        + "). Palette does not list sample:1.0.0 in registry"
                        + " 'my-ecr'.");
        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.NOT_LISTED);
        assertThat(palette.requests().count(PaletteSandbox.looksForPack())).isEqualTo(1);
    }

    @Test
    void syncOfOthersThatDoesNotEndInTimeIsNotReplaced() throws Exception {
        registry.syncByOthers("Syncing");

        PaletteResult result = run(Work.SYNC, target().timeout(Duration.ofMillis(100)), SAMPLE);

        assertThat(result.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith(
                                "Palette was syncing registry 'my-ecr' already and had not ended after 100 ms, so no sync was"
                                        + " started for these packs."));
        assertThat(palette.requests().count(PaletteSandbox.startsSync())).isZero();
    }

    @Test
    void syncThatPaletteRefusesAsRunningIsStartedLater() throws Exception {
        palette.fault(2, PaletteSandbox.startsSync(), Fault.paletteError(409, "SyncInProgress", "in progress"));

        PaletteResult result = sync(SAMPLE);

        assertThat(result.problem()).isEmpty();
        assertThat(palette.requests().count(PaletteSandbox.startsSync())).isEqualTo(3);
        assertThat(log.stream().filter(line -> line.contains("is running already")))
                .hasSize(1);
    }

    @Test
    void syncThatIsNotWaitedForIsStartedOnly() throws Exception {
        assertThat(run(Work.SYNC, target().waits(false), SAMPLE).problem()).isEmpty();
        assertThat(palette.requests().count(PaletteSandbox.looksForPack())).isZero();

        PaletteResult second = run(Work.SYNC, target().waits(false), SAMPLE);

        assertThat(second.status(SAMPLE)).isEqualTo(PaletteStatus.NOT_CHECKED);
        assertThat(second.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith(
                                "Palette is syncing registry 'my-ecr' already, which may have begun before the packs were"
                                        + " pushed"));
        assertThat(registry.syncs()).isEqualTo(1);
    }

    @Test
    void endOfAnEarlierSyncIsNotTakenForThatOfThisOne() throws Exception {
        registry.nextSync("Failed");
        sync(SAMPLE);
        push(OTHER);
        registry.staleAnswers(2);

        assertThat(sync(SAMPLE, OTHER).problem()).isEmpty();

        registry.untimed().nextSync("Failed");
        assertThat(sync(SAMPLE, OTHER).problem()).isPresent();
        assertThat(sync(SAMPLE, OTHER).problem()).isEmpty();
    }

    @Test
    void endThatComesAtOnceIsBelievedAfterAWhileThoughNoTimeTellsItApart() throws Exception {
        registry.untimed().nextSync("Success");
        sync(SAMPLE);
        palette.requests().clear();
        registry.nextSync("Success");

        assertThat(sync(SAMPLE).problem()).isEmpty();
        assertThat(palette.requests().count(PaletteSandbox.asksForStatus())).isEqualTo(1 + 4);
    }

    @Test
    void registryThatCannotBeSyncedIsOnlyLookedAt() throws Exception {
        registry.unsyncable();

        PaletteResult result = sync(SAMPLE);

        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.NOT_LISTED);
        assertThat(log)
                .contains("Palette: registry 'my-ecr' cannot be synced, so there is nothing to wait for. A registry"
                        + " of packs needs synchronization to be on in Palette.");
        assertThat(palette.requests().count(PaletteSandbox.startsSync())).isZero();
        assertThat(of(target()).test(false).problems())
                .containsExactly("Registry 'my-ecr' cannot be synced. Switch its synchronization on in Palette, which a"
                        + " registry of packs needs.");
    }

    @Test
    void testOfTheConnectionNamesTheRegistryAndChangesNothing() throws Exception {
        assertThat(of(target()).test(false))
                .isEqualTo(new RegistryCheck(
                        "Palette at " + palette.host() + " takes the API key. Registry 'my-ecr' reads "
                                + ecr.registryHost() + "/acme.",
                        Optional.of(new RegistryPlace(ecr.registryHost(), "acme")),
                        List.of()));
        assertThat(palette.requests().all())
                .allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void onlyLookingAsksOnceAndSaysWhatToDo() throws Exception {
        PaletteResult result = run(Work.LOOK, target(), SAMPLE);

        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.NOT_LISTED);
        assertThat(result.problem())
                .contains(
                        "Palette does not list sample:1.0.0 in registry 'my-ecr'. No sync was started, because no pack is"
                                + " new in the registry. Have one started nevertheless ("
                                + Setting.PALETTE_ALWAYS_SYNC.words() + "), or sync the registry in Palette.");
        assertThat(palette.requests().all()).hasSize(3);
    }

    @Test
    void checkingLooksForNoPack() throws Exception {
        PaletteResult result = run(Work.CHECK, target(), SAMPLE);

        assertThat(result).isEqualTo(new PaletteResult(Map.of(SAMPLE, PaletteStatus.NOT_CHECKED), Optional.empty()));
        assertThat(palette.requests().all()).hasSize(2);
    }

    @Test
    void registryThatReadsElsewhereOrHoldsOtherThingsIsWarnedAbout() throws Exception {
        palette.addRegistry("charts", "https://charts.example.com/", "/base/").provider("helm");

        PaletteResult result = run(Work.SYNC, target().registryName("charts"), SAMPLE);

        String helm = "Registry 'charts' in Palette is one for helm, not for packs, so it lists none.";
        String elsewhere = "Registry 'charts' in Palette reads charts.example.com/base, but the packs were pushed to "
                + ecr.registryHost() + "/acme. Give the registry that reads the latter as "
                + Setting.PALETTE_REGISTRY.words() + ", or correct endpoint and base"
                + " content path in Palette.";
        assertThat(log).contains("WARNING: " + helm, "WARNING: " + elsewhere);
        assertThat(result.problem())
                .contains("Palette does not list sample:1.0.0 in registry 'charts'. " + helm + " " + elsewhere);
    }

    @Test
    void registryThatMayNotBeLookedAtIsSyncedNevertheless() throws Exception {
        registry.unreadable();

        PaletteResult result = sync(SAMPLE);

        assertThat(result.problem()).isEmpty();
        assertThat(log.get(0))
                .startsWith("Palette: whether it reads what the packs were pushed to could not be checked. Looking at"
                        + " registry 'my-ecr' in Palette failed: ");
        assertThat(log).contains("Palette at " + palette.host() + ": registry 'my-ecr' found.");
    }

    @Test
    void ofTwoRegistriesOfANameTheOneForPacksIsMeant() throws Exception {
        palette.close();
        palette = PaletteSandbox.start();
        palette.addRegistry("my-ecr", "charts.example.com", "base").provider("helm");
        registry = palette.addRegistry("my-ecr", ecr, "acme");

        assertThat(sync(SAMPLE).problem()).isEmpty();
    }

    @Test
    void syncThatMayNotBeStartedStillTellsWhatIsListed() throws Exception {
        sync(SAMPLE);
        palette.fault(PaletteSandbox.startsSync(), Fault.paletteError(403, "OperationForbidden", "No permission"));

        PaletteResult result = sync(SAMPLE);

        assertThat(result.status(SAMPLE)).isEqualTo(PaletteStatus.LISTED);
        assertThat(result.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("Starting the sync of registry 'my-ecr' in Palette failed: " + palette.host()
                                + " answered 403 OperationForbidden to POST: No permission."));
    }

    @Test
    void failureThatDoesNotPassEndsTheWaiting() throws Exception {
        palette.fault(PaletteSandbox.asksForStatus(), Fault.answer(502, Map.of(), "<html><b>Bad</b> gateway</html>"));

        PaletteResult result = sync(SAMPLE);

        assertThat(result.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("Asking for the sync status of registry 'my-ecr' in Palette failed: "
                                + palette.host() + " answered 502 to GET: Bad gateway."));
        assertThat(palette.requests().count(PaletteSandbox.asksForStatus())).isEqualTo(4);
    }

    @Test
    void redirectIsNotFollowed() throws Exception {
        try (PaletteSandbox other = PaletteSandbox.start()) {
            palette.fault(
                    PaletteSandbox.listsRegistries(), Fault.redirect(302, other.uri() + "/v1/registries/oci/summary"));

            assertThat(sync(SAMPLE).problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem)
                                    .contains(
                                            "redirected the GET elsewhere, which is not followed because the API key would go along."));

            assertThat(other.requests().all()).isEmpty();
        }
    }

    @Test
    void whatPaletteSaysCannotImitateLinesOrShowTheKey() throws Exception {
        registry.nextSync(
                new SyncStep("Fai\nled", "key " + palette.apiKey() + "\u001B[31m\n5 packs: LISTED\u202E"),
                SyncStep.of("Failed"));
        palette.fault(
                PaletteSandbox.looksForPack(),
                Fault.paletteError(400, "Bad\u0007", "key " + palette.apiKey() + " is\r\nnot one"));

        PaletteResult result = sync(SAMPLE);

        assertThat(log).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
        assertThat(log).anyMatch(line -> line.contains("key [API key]\\u001B[31m 5 packs: LISTED\\u202E"));
        assertThat(result.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("answered 400 Bad\\u0007 to GET: key [API key] is not one.")
                        .doesNotContain(palette.apiKey()));
    }

    @Test
    void answersOfAnySizeAndKindDoNoHarm() throws Exception {
        for (String body : List.of("<html>Sign in</html>", "", "null", "\"text\"", "{\"items\": [{")) {
            palette.clearFaults();
            palette.fault(PaletteSandbox.listsRegistries(), Fault.answer(200, Map.of(), body));
            assertThat(sync(SAMPLE).problem())
                    .as(body)
                    .contains("Listing the registries of Palette failed: " + palette.host()
                            + " answered 200 to GET with" + " something that is not Palette's. Check that "
                            + Setting.PALETTE_URL.words() + " is that of Palette's API.");
        }
        for (String body : List.of("{}", "[]", "{\"items\": null}", "{\"items\": [{\"metadata\": 7, \"spec\": []}]}")) {
            palette.clearFaults();
            palette.fault(PaletteSandbox.listsRegistries(), Fault.answer(200, Map.of(), body));
            assertThat(sync(SAMPLE).problem())
                    .as(body)
                    .hasValueSatisfying(problem -> assertThat(problem).contains("has no OCI registry 'my-ecr'."));
        }
        palette.clearFaults();
        palette.fault(PaletteSandbox.looksForPack(), Fault.answer(200, Map.of(), " ".repeat(9 * 1024 * 1024)));
        assertThat(sync(SAMPLE).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("the answer is longer than 8388608 bytes"));
        palette.clearFaults();
        for (String body : List.of("{}", "{\"tags\": {}}", "{\"tags\": [1, {\"version\": 1}]}")) {
            palette.clearFaults();
            palette.fault(PaletteSandbox.looksForPack(), Fault.answer(200, Map.of(), body));
            assertThat(sync(SAMPLE).status(SAMPLE)).as(body).isEqualTo(PaletteStatus.NOT_LISTED);
        }
        palette.clearFaults();
        palette.fault(
                PaletteSandbox.looksForPack(),
                Fault.answer(200, Map.of(), "{\"tags\": [{\"tag\": \"1.0.0\"}], \"more\": {}}"));
        assertThat(sync(SAMPLE).status(SAMPLE)).isEqualTo(PaletteStatus.LISTED);
    }

    @Test
    void addressOfAnotherServerIsToldFromAThingThatPaletteDoesNotHave() throws Exception {
        palette.fault(1, PaletteSandbox.listsRegistries(), Fault.answer(404, Map.of(), "<h1>Not Found</h1>"));
        assertThat(sync(SAMPLE).problem())
                .contains("Listing the registries of Palette failed: " + palette.host()
                        + " answered 404 to GET: Not Found. Check that " + Setting.PALETTE_URL.words()
                        + " is that of Palette's API.");

        palette.fault(PaletteSandbox.startsSync(), Fault.paletteError(404, "RegistryNotFound", "It is gone"));
        assertThat(sync(SAMPLE).problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("Starting the sync of registry 'my-ecr' in Palette failed: " + palette.host()
                                + " answered 404 RegistryNotFound to POST: It is gone. Palette does not list"));
    }

    @Test
    void silenceHasALimit() throws Exception {
        Limits hasty = new Limits(
                Duration.ofSeconds(1),
                LIMITS.answer(),
                LIMITS.stall(),
                1,
                LIMITS.firstPause(),
                LIMITS.longestPause(),
                LIMITS.total(),
                LIMITS.poll());
        for (Fault fault : List.of(Fault.stall(), Fault.stallAnswerBody())) {
            palette.clearFaults();
            palette.fault(PaletteSandbox.listsRegistries(), fault);

            PaletteResult result = new Palette(target().build(), http, hasty)
                    .run(Work.SYNC, Optional.empty(), List.of(SAMPLE), log::add);

            assertThat(result.problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("no whole answer within 1 s"));
        }
    }

    @Test
    void hostThatIsNotThereIsToldWithWhatToCheck() throws Exception {
        assertThat(run(Work.SYNC, target().url("https://palette.invalid"), SAMPLE)
                        .problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("the host palette.invalid is not known (GET). Check Palette's URL ("
                                + Setting.PALETTE_URL.words() + "), and whether a proxy"
                                + " is needed from this machine."));
        String url = palette.uri().toString();
        palette.close();
        assertThat(run(Work.SYNC, target().url(url), SAMPLE).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("no connection to " + palette.host()));
    }

    @Test
    void certificateThatIsNotTrustedIsToldAndGetsNoKey(@TempDir Path folder) throws Exception {
        try (PaletteSandbox secure =
                PaletteSandbox.start(TestCertificate.create(folder).serverContext())) {
            PaletteResult result = run(Work.SYNC, target().url(secure.uri().toString()), SAMPLE);

            assertThat(result.problem())
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .contains("no secure connection to " + secure.host())
                            .contains(
                                    "Check that the certificate is one that this machine's Java trusts, or give that of its CA as "
                                            + Setting.PALETTE_CA_CERTIFICATE.words() + "."));
            assertThat(secure.requests().all()).isEmpty();
        }
    }
}
