package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packs whose archives are too large to stay in memory, so that they are made once for the digest and once for the upload. */
class LargePackTest {

    private static final int MORE_THAN_IS_KEPT = 6 * 1024 * 1024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @WorkingFolder
    private Path folder;

    @Started
    private EcrSandbox sandbox;

    private Path big;

    @BeforeEach
    void writePack() throws Exception {
        Path pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        byte[] content = new byte[MORE_THAN_IS_KEPT];
        new Random(1).nextBytes(content);
        big = Files.write(pack.resolve("big.bin"), content);
    }

    private CommandRun publish() throws InterruptedException {
        return CommandRun.in(folder).with(sandbox.environment()).run("publish", "--repository-name", "acme", "my-pack");
    }

    @Test
    void archiveIsTheOneThatIsWrittenToAFileAlsoWhenAnUploadIsTriedAgain() throws Exception {
        String digest = CommandRun.in(folder)
                .run("archive", "my-pack")
                .succeeds()
                .out()
                .strip()
                .replaceFirst("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
        sandbox.fault(1, Match.uploadContent(), Fault.cutRequestBody());

        CommandRun run = CommandRun.in(folder)
                .with(sandbox.environment())
                .run("publish", "--repository-name", "acme", "--json", "my-pack")
                .succeeds();

        assertThat(run.out()).contains("PUBLISHED", digest);
        assertThat(run.err()).contains("Trying again");
        RegistryState.assertWhole(sandbox);
        assertThat(publish().succeeds().out()).startsWith("UNCHANGED ");
    }

    @Test
    void fileThatChangesBeforeTheUploadIsNamed() throws Exception {
        PlannedFault stall = sandbox.fault(Match.uploadStart(), Fault.stall());
        CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> {
            try {
                return publish();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        sandbox.requests().await(Match.uploadStart(), LIMIT);
        Files.write(big, new byte[1], StandardOpenOption.APPEND);
        stall.release();

        CommandRun ended = run.get().fails(ExitCode.FAILED);

        assertThat(ended.err())
                .contains("sample:1.0.0: FAILED. my-pack/big.bin: The file changed while it was archived."
                        + " Publish when nothing writes to the pack's folder any more.")
                .doesNotContain("Trying again");
        assertThat(sandbox.requests().count(Match.manifestPut())).isZero();
    }
}
