package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that other tools made, unpacked. */
class PackUnpackerTest {

    private static final long LIMIT = 1_000_000;

    @TempDir
    private Path temp;

    private Path pack;
    private Path unpacked;

    @BeforeEach
    void writePack() throws IOException {
        pack = SamplePacks.write(temp.resolve("pack"), "sample", "1.0.0");
        unpacked = Files.createDirectory(temp.resolve("unpacked"));
    }

    private void unpack(String script) throws IOException, InterruptedException {
        Shell.run(temp, List.of("sh", "-ec", script));
        try (InputStream archive = Files.newInputStream(temp.resolve("a.tar.gz"))) {
            PackUnpacker.unpack(archive, unpacked, LIMIT);
        }
    }

    @Test
    void secondNamesLabelsAndWhatMacOsAddsAreUnderstood() throws Exception {
        Files.createLink(pack.resolve("second.yaml"), pack.resolve("values.yaml"));

        unpack("echo x > ._pack && echo x > pack/._values.yaml && tar -V label -czf a.tar.gz ._pack pack"
                + " && rm pack/._values.yaml");

        assertThat(Shell.run(temp, List.of("diff", "-r", "pack", "unpacked"))).isEmpty();
    }

    @Test
    void aSecondNameHasToComeAfterTheFirst() {
        assertThatThrownBy(() -> unpack("ln pack/values.yaml outside && tar -czf a.tar.gz outside pack"))
                .isInstanceOf(PackException.class)
                .hasMessage("The archive was not unpacked, because its entry 'outside' lies beside the pack's folder.");
        assertThatThrownBy(() -> unpack("ln pack/values.yaml pack/b && tar -czf a.tar.gz pack/values.yaml pack/b"
                        + " --transform='flags=h;s,pack/values.yaml,pack/gone,'"))
                .isInstanceOf(PackException.class)
                .hasMessage(
                        "The archive was not unpacked, because its entry 'pack/b' is a second name of something that"
                                + " does not come before it.");
    }

    @Test
    void whatUnpacksToMoreThanAPackHasIsRefused() {
        assertThatThrownBy(
                        () -> unpack("truncate -s 900K pack/big && ln pack/big pack/bigger && tar -czf a.tar.gz pack"))
                .isInstanceOf(PackException.class)
                .hasMessage("The archive holds more than 1000000 bytes, which no pack has. It was not unpacked.");
    }
}
