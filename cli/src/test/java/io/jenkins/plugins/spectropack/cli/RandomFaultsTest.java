package io.jenkins.plugins.spectropack.cli;

import static io.jenkins.plugins.spectropack.cli.RegistryState.ARCHIVE;
import static io.jenkins.plugins.spectropack.cli.RegistryState.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 runs with faults at random, the same ones in each test run: each ends published or refused with a reason, never half. */
class RandomFaultsTest {

    private static final int RUNS = 200;
    private static final String STALE =
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"Your authorization token has expired."
                    + " Reauthenticate and try again.\"}]}";

    private static final List<Predicate<Request>> WHERE = List.of(
            Match.any(),
            Match.service(Request.ECR),
            Match.service(Request.REGISTRY),
            Match.api("GetAuthorizationToken"),
            Match.api("CreateRepository"),
            Match.registry("GET", "/manifests/"),
            Match.registry("HEAD", "/blobs/"),
            Match.uploadStart(),
            Match.uploadContent(),
            Match.manifestPut());

    private static final List<Fault> WHAT = List.of(
            Fault.cut(),
            Fault.loseAnswer(),
            Fault.cutRequestBody(),
            Fault.cutAnswerBody(),
            Fault.tooManyRequests(Duration.ZERO),
            Fault.throttled(),
            Fault.answer(500, Map.of(), ""),
            Fault.answer(503, Map.of(), "<html>busy</html>"),
            Fault.answer(403, Map.of(), STALE),
            Fault.answer(401, Map.of(), ""),
            Fault.answer(404, Map.of(), ""),
            Fault.answer(200, Map.of(), "not what anybody asked for"),
            Fault.registryError(400, "BLOB_UPLOAD_INVALID", "None of the provided layer digests match"),
            Fault.answerEarly(503, Map.of(), ""),
            Fault.redirect(307, "http://127.0.0.1:1/"),
            Fault.withoutLocation(),
            Fault.wrongContentDigest());

    @TempDir
    private Path folder;

    @Test
    void everyRunEndsPublishedOrRefusedWithAReason() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        int published = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            Files.writeString(pack.resolve("values.yaml"), "pack:\n  namespace: n" + seed + "\n");
            try (EcrSandbox sandbox = EcrSandbox.builder().start();
                    InProcess process = InProcess.of(sandbox, temporary, InProcess.PATIENT)) {
                Optional<String> before = prepare(sandbox, random);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    sandbox.fault(
                            1 + random.nextInt(5),
                            WHERE.get(random.nextInt(WHERE.size())),
                            WHAT.get(random.nextInt(WHAT.size())));
                }

                CommandRun run = process.publish("--if-exists", "overwrite", pack.toString());

                assertThat(run.code()).as("seed %s: %s", seed, run.output()).isIn(ExitCode.OK, ExitCode.FAILED);
                RegistryState.assertWhole(sandbox);
                assertThat(temporary).isEmptyDirectory();
                if (run.code() == ExitCode.OK) {
                    published++;
                    assertThat(run.out().strip())
                            .as("seed %s", seed)
                            .endsWith(" " + RegistryState.tag(sandbox).orElseThrow());
                } else {
                    assertThat(run.err())
                            .as("seed %s", seed)
                            .containsPattern("(?m)^(Error:|sample:1.0.0: FAILED\\.) .{20,}\\.$");
                    assertThat(run.out()).startsWith("FAILED sample:1.0.0 ");
                    assertUntouchedOrWhole(sandbox, before);
                }

                sandbox.clearFaults();
                process.publish("--if-exists", "overwrite", pack.toString()).succeeds();
                RegistryState.assertWhole(sandbox);
            }
        }
        int refused = RUNS - published;
        assertThat(published).isGreaterThan(RUNS / 5);
        assertThat(refused).isGreaterThan(RUNS / 20);
        ReliabilityTable table = new ReliabilityTable("random", "Runs", "Published", "Refused with a reason", "Half");
        table.row(Integer.toString(RUNS), Integer.toString(published), Integer.toString(refused), "0");
        table.check();
    }

    private static Optional<String> prepare(EcrSandbox sandbox, Random random) throws IOException {
        if (random.nextBoolean()) {
            return Optional.empty();
        }
        sandbox.createRepository(ARCHIVE, false);
        sandbox.createRepository(REPOSITORY, false);
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(sandbox.pushArchive(REPOSITORY, "1.0.0", new byte[] {1, 2, 3}));
    }

    /** A run that ends with a failure after the registry took its manifest has published, whole, but was not told so. */
    private static void assertUntouchedOrWhole(EcrSandbox sandbox, Optional<String> before) {
        Optional<String> after = RegistryState.tag(sandbox);
        if (!after.equals(before)) {
            assertThat(sandbox.requests().matching(Match.manifestPut().and(request -> request.bodyBytes() > 0)))
                    .isNotEmpty();
        }
    }
}
