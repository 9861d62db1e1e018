package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disks that are really full, or that nothing can be written to: file systems of their own, which only the command sees. */
class FullDiskTest {

    private static final int PACK_BYTES = 6 * 1024 * 1024;
    private static final String LOCATION = "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme";

    @WorkingFolder
    private Path folder;

    @Started
    private EcrSandbox sandbox;

    private Path temporary;

    @BeforeEach
    void writePack() throws Exception {
        assumeTrue(mayMount(), "This machine lets nobody mount a file system");
        Path pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        byte[] big = new byte[PACK_BYTES];
        new Random(1).nextBytes(big);
        Files.write(pack.resolve("big.bin"), big);
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    private static boolean mayMount() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-rm", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private CommandRun publish(String mount, Path where) throws InterruptedException {
        return run(mount, where, "publish", "--repository-name", "acme", "my-pack");
    }

    private CommandRun run(String mount, Path where, String... arguments) throws InterruptedException {
        return CommandRun.in(folder)
                .with(sandbox.environment())
                .java("-Djava.io.tmpdir=" + temporary)
                .through("unshare", "-rm", "sh", "-c", mount + " '" + where + "' && exec \"$@\"", "sh")
                .run(arguments);
    }

    @Test
    void temporaryFolderWithoutRoomIsNoObstacle() throws Exception {
        publish("mount -t tmpfs -o size=64k none", temporary).succeeds();

        assertThat(sandbox.requests().count(Match.manifestPut())).isEqualTo(1);
    }

    @Test
    void temporaryFolderThatCannotBeWrittenIsNoObstacleToPublishingAndNamedByAPull() throws Exception {
        String mount = "mount -t tmpfs -o ro none";
        publish(mount, temporary).succeeds();

        CommandRun run = run(mount, temporary, "pull", "--registry", LOCATION, "sample:1.0.0")
                .fails(ExitCode.USAGE);

        assertThat(run.err())
                .contains("The folder for temporary files, " + temporary
                        + ", does not exist or cannot be written to. Name another one with TMPDIR.");
    }

    @Test
    void workspaceThatCannotBeWrittenIsNoObstacle() throws Exception {
        Path packs = folder.resolve("my-pack");

        publish("mount --bind -o ro '" + packs + "'", packs).succeeds();

        assertThat(sandbox.requests().count(Match.manifestPut())).isEqualTo(1);
    }
}
