package io.jenkins.plugins.spectropack.cli;

import static io.jenkins.plugins.spectropack.cli.RegistryState.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two runs in the same moment, each held until the other has come as far. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoPublishersTest {

    private static final ReliabilityTable TABLE =
            new ReliabilityTable("two", "Two runs publish", "They end", "The tag");

    @TempDir
    private Path folder;

    private Path temporary;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(temporary).isEmptyDirectory();
        RegistryState.assertWhole(sandbox);
    }

    @AfterAll
    static void compareWithTheDocument() throws IOException {
        TABLE.check();
    }

    private Path pack(String name, String content) throws IOException {
        Path pack = SamplePacks.write(folder.resolve(name + content), name, "1.0.0");
        Files.writeString(pack.resolve("values.yaml"), "pack:\n  namespace: " + content + "\n");
        return pack;
    }

    /** Runs both, and lets them go on when both have come to a request. */
    private List<CommandRun> both(Predicate<Request> meeting, Path first, Path second, String... options)
            throws Exception {
        PlannedFault gate = sandbox.fault(meeting, Fault.stall());
        try (InProcess process = InProcess.of(sandbox, temporary, InProcess.PATIENT)) {
            List<CompletableFuture<CommandRun>> runs = new ArrayList<>();
            for (Path pack : List.of(first, second)) {
                String[] arguments = Stream.concat(Stream.of(options), Stream.of(pack.toString()))
                        .toArray(String[]::new);
                runs.add(CompletableFuture.supplyAsync(() -> process.publish(arguments)));
                await(gate, runs.size());
            }
            gate.release();
            return runs.stream()
                    .map(CompletableFuture::join)
                    .sorted((a, b) -> RegistryState.end(a).compareTo(RegistryState.end(b)))
                    .toList();
        }
    }

    private static void await(PlannedFault gate, int arrivals) throws InterruptedException {
        long end = System.nanoTime() + InProcess.PATIENT.answer().toNanos();
        while (gate.hits() < arrivals && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(gate.hits()).isEqualTo(arrivals);
    }

    private void row(String what, List<CommandRun> runs, String tag) {
        TABLE.row(what, RegistryState.end(runs.get(0)) + "; " + RegistryState.end(runs.get(1)), tag);
    }

    private static String digest(CommandRun run) {
        return run.out().strip().replaceAll(".* ", "");
    }

    @Test
    @Order(1)
    void samePack() throws Exception {
        Path pack = pack("sample", "a");
        List<CommandRun> runs = both(Match.manifestPut(), pack, pack);

        assertThat(runs).allMatch(run -> run.code() == ExitCode.OK && run.out().startsWith("PUBLISHED "));
        assertThat(runs.stream().map(TwoPublishersTest::digest).distinct())
                .containsExactly(sandbox.tags(REPOSITORY).get("1.0.0"));
        row("the same pack", runs, "points to this content");
    }

    @Test
    @Order(2)
    void samePackWithImmutableTags() throws Exception {
        Path pack = pack("sample", "a");
        List<CommandRun> runs = both(Match.manifestPut(), pack, pack, "--immutable-tags");

        assertThat(runs.stream().map(RegistryState::end)).containsExactly("exit 0, PUBLISHED", "exit 0, PUBLISHED");
        assertThat(runs.stream().map(TwoPublishersTest::digest).distinct())
                .containsExactly(sandbox.tags(REPOSITORY).get("1.0.0"));
        row("the same pack, immutable tags", runs, "points to this content");
    }

    @Test
    @Order(3)
    void otherContentWithImmutableTags() throws Exception {
        List<CommandRun> runs = both(Match.manifestPut(), pack("sample", "a"), pack("sample", "b"), "--immutable-tags");

        assertThat(runs.stream().map(RegistryState::end)).containsExactly("exit 0, PUBLISHED", "exit 1");
        assertThat(digest(runs.get(0))).isEqualTo(sandbox.tags(REPOSITORY).get("1.0.0"));
        assertThat(runs.get(1).err()).contains("TAG_INVALID").contains("raise the version in pack.json");
        row("other content under the same version, immutable tags", runs, "points to what was published");
    }

    @Test
    @Order(4)
    void otherContent() throws Exception {
        List<CommandRun> runs = both(Match.manifestPut(), pack("sample", "a"), pack("sample", "b"));

        assertThat(runs).allMatch(run -> run.code() == ExitCode.OK && run.out().startsWith("PUBLISHED "));
        List<String> digests = runs.stream().map(TwoPublishersTest::digest).toList();
        assertThat(digests)
                .doesNotHaveDuplicates()
                .contains(sandbox.tags(REPOSITORY).get("1.0.0"))
                .allMatch(digest -> sandbox.manifest(REPOSITORY, digest).isPresent());
        row("other content under the same version", runs, "points to the later one; both can be pulled by digest");
    }

    @Test
    @Order(5)
    void differentPacksInOneBase() throws Exception {
        List<CommandRun> runs = both(Match.api("CreateRepository"), pack("sample", "a"), pack("other", "a"));

        assertThat(runs).allMatch(run -> run.code() == ExitCode.OK && run.out().startsWith("PUBLISHED "));
        assertThat(sandbox.repositories()).hasSize(3);
        assertThat(sandbox.tags(REPOSITORY)).hasSize(1);
        assertThat(sandbox.tags("acme/spectro-packs/archive/other")).hasSize(1);
        row("two packs, nothing of the base is there yet", runs, "one each");
    }
}
