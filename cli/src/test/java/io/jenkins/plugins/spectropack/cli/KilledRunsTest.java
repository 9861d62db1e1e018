package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The command, ended by SIGKILL at each stage: nothing half is ever seen, nothing is left on the machine, and the next run completes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledRunsTest {

    private static final ReliabilityTable TABLE =
            new ReliabilityTable("killed", "Killed", "Left in the registry", "Left on the machine", "The next run");
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private Path pack;
    private Path temporary;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterAll
    static void compareWithTheDocument() throws IOException {
        TABLE.check();
    }

    private Process command() {
        return CommandRun.in(folder)
                .with(sandbox.environment())
                .java("-Djava.io.tmpdir=" + temporary)
                .start("publish", "--repository-name", "acme", "my-pack");
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    private void kill(String stage, Process process) throws Exception {
        process.destroyForcibly().waitFor();
        assertThat(leftovers()).isEmpty();
        RegistryState.assertWhole(sandbox);
        boolean tagged = RegistryState.tag(sandbox).isPresent();

        try (InProcess next = InProcess.of(sandbox, temporary, InProcess.PATIENT)) {
            CommandRun run = next.publish(pack.toString()).succeeds();
            TABLE.row(stage, tagged ? "the tag, whole" : "no tag", "nothing", RegistryState.end(run));
        }
        assertThat(RegistryState.tag(sandbox)).isPresent();
        RegistryState.assertWhole(sandbox);
        assertThat(leftovers()).isEmpty();
    }

    private void killAt(String stage, Predicate<Request> where, int which) throws Exception {
        PlannedFault passed = sandbox.fault(which - 1, where, Fault.delay(Duration.ZERO));
        PlannedFault stall = sandbox.fault(where, Fault.stall());
        Process process = command();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (stall.hits() == 0 && System.nanoTime() < end) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(10);
        }
        assertThat(passed.hits()).isEqualTo(which - 1);
        // Those that are held stay so: released, the registry would still find what the dead process has sent.
        stall.cancel();
        passed.cancel();
        kill(stage, process);
        sandbox.close();
        sandbox = EcrSandbox.builder().start();
    }

    @Test
    @Order(1)
    void whileItArchives() throws Exception {
        Path big = pack.resolve("big.bin");
        try (SeekableByteChannel channel =
                Files.newByteChannel(big, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(16L * 1024 * 1024 * 1024);
            channel.write(ByteBuffer.wrap(new byte[1]));
        }
        Process process = command();
        sandbox.requests().await(Match.api("GetAuthorizationToken"), LIMIT);
        OpenFiles.await(process.pid(), big);
        process.destroyForcibly().waitFor();
        Files.delete(big);
        kill("while it archives", process);
    }

    @Test
    @Order(2)
    void atEachRequest() throws Exception {
        killAt("while it logs in", Match.api("GetAuthorizationToken"), 1);
        killAt("before the pack's repository is made", Match.api("CreateRepository"), 1);
        killAt("before the repository above is made", Match.api("CreateRepository"), 2);
        killAt("before the archive's upload starts", Match.uploadStart(), 1);
        killAt("while the archive is uploaded", Match.uploadContent(), 1);
        killAt("after the archive, before the config blob", Match.uploadStart(), 2);
        killAt("while the config blob is uploaded", Match.uploadContent(), 2);
        killAt("before the manifest", Match.manifestPut(), 1);
        sandbox.fault(1, Match.manifestPut(), Fault.loseAnswer());
        killAt("after the manifest, before its answer", Match.manifestPut(), 1);
    }
}
