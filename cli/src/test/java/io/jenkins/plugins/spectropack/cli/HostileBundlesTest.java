package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that somebody made to be waited for or to fill the memory: a run ends with a sentence. */
class HostileBundlesTest {

    @WorkingFolder
    private Path folder;

    private Path bundle;

    @BeforeEach
    void make() throws Exception {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        byte[] content = new byte[4096];
        new Random(1).nextBytes(content);
        Files.write(folder.resolve("my-pack").resolve("content.bin"), content);
        CommandRun.in(folder)
                .run("publish", "--registry", "bundle:b", "my-pack")
                .succeeds();
        bundle = folder.resolve("b");
    }

    private void put(String instead, Path file) throws Exception {
        Files.delete(file);
        Shell.run(folder, List.of("sh", "-c", instead + " " + file));
    }

    /** The largest blob. */
    private Path layer() throws Exception {
        try (Stream<Path> blobs = Files.list(bundle.resolve("blobs/sha256"))) {
            return blobs.max(Comparator.comparing(blob -> blob.toFile().length()))
                    .orElseThrow();
        }
    }

    private CommandRun failing(String... arguments) throws InterruptedException {
        CommandRun run = CommandRun.in(folder).run(arguments).fails(ExitCode.FAILED);
        assertThat(run.output()).doesNotContain("not foreseen", "\tat ", "null");
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mkfifo", "ln -s /dev/zero", "mkdir"})
    void whatIsNoFileIsNotRead(String instead) throws Exception {
        Path layer = layer();
        put(instead, layer);
        assertThat(failing("pull", "--registry", "bundle:b", "sample:1.0.0").err())
                .contains("Error: Reading the blob sha256:" + layer.getFileName() + " of the bundle bundle:b failed: '"
                        + layer.getFileName() + "' is no file.");
        assertThat(folder.resolve("sample-1.0.0")).doesNotExist();
        assertThat(failing("copy", "--from", "bundle:b", "--to", "bundle:c", "sample:1.0.0")
                        .err())
                .contains("'" + layer.getFileName() + "' is no file.");

        put(instead, bundle.resolve("index.json"));
        assertThat(failing("list", "--registry", "bundle:b").err())
                .contains("Error: Reading the bundle bundle:b failed: 'index.json' is no file.");
        Shell.run(folder, List.of("sh", "-c", instead + " t.tar"));
        assertThat(failing("list", "--registry", "bundle:t.tar").err())
                .contains("Error: Reading the bundle bundle:t.tar failed: 't.tar' is no file.");
        assertThat(failing("publish", "--registry", "bundle:t.tar", "my-pack").err())
                .contains("Error: Reading the bundle bundle:t.tar failed: 't.tar' is no file.");
    }

    private CommandRun small() throws InterruptedException {
        return CommandRun.in(folder)
                .java("-Xmx64m")
                .run("list", "--registry", "bundle:" + (Files.exists(folder.resolve("t.tar")) ? "t.tar" : "b"))
                .fails(ExitCode.FAILED);
    }

    @Test
    void indexThatHoldsTooMuchIsNone() throws Exception {
        Path index = bundle.resolve("index.json");
        Files.writeString(index, "{\"manifests\":[" + "{},".repeat(5_000_000) + "{}]}");
        assertThat(small().err())
                .contains(
                        "Error: Reading the bundle bundle:b failed: its index.json is no JSON, or holds more than that"
                                + " of any image layout.");
        Files.writeString(index, " ".repeat(17 * 1024 * 1024), StandardOpenOption.APPEND);
        assertThat(small().err())
                .contains("Error: Reading the bundle bundle:b failed: its index.json is longer than that of any image"
                        + " layout.");
    }

    /** Puts a manifest into the bundle, and says its digest. */
    private String manifest(String text) throws Exception {
        byte[] manifest = text.getBytes(StandardCharsets.UTF_8);
        String digest = Digests.sha256(manifest);
        Files.write(bundle.resolve("blobs/sha256").resolve(digest.substring("sha256:".length())), manifest);
        Files.writeString(
                bundle.resolve("index.json"),
                "{\"manifests\":[{\"digest\":\"" + digest + "\",\"annotations\":"
                        + "{\"org.opencontainers.image.ref.name\":\"spectro-packs/archive/sample:1.0.0\"}}]}");
        return digest;
    }

    @Test
    void archiveThatSaysToBeLargerThanAnyIsNotPulled() throws Exception {
        String layer = layer().getFileName().toString();
        String right = Files.readString(bundle.resolve("blobs/sha256")
                .resolve(Files.readString(bundle.resolve("index.json")).replaceAll("(?s).*?sha256:(\\w{64}).*", "$1")));
        assertThat(right).contains(layer);
        manifest(right.replaceFirst("(" + layer + "\",\"size\":)\\d+", "$14611686018427387904"));

        assertThat(failing("pull", "--registry", "bundle:b", "sample:1.0.0").err())
                .contains(
                        "Error: bundle:b says that the archive of sample:1.0.0 has 4611686018427387904 bytes, which no"
                                + " pack has. It was not pulled.");
    }

    @Test
    void manifestThatHoldsTooMuchIsNoPack() throws Exception {
        String digest = manifest("{\"layers\":[" + "{},".repeat(1_300_000) + "{}]}");

        assertThat(failing("pull", "--registry", "bundle:b", "sample:1.0.0").err())
                .contains("Error: sample:1.0.0 at bundle:b is no pack: its manifest (" + digest + ") is not that of one"
                        + " archive.");
    }

    @ParameterizedTest
    @ValueSource(chars = {'L', 'K', 'x'})
    void headersOfATarThatAreEndlessAreNotKept(char type) throws Exception {
        byte[] bomb = type == 'x' ? Bombs.paxPath('x', 64) : Bombs.gnuLongName(type, 64);
        try (GZIPInputStream tar = new GZIPInputStream(new ByteArrayInputStream(bomb))) {
            Files.copy(tar, folder.resolve("t.tar"));
        }

        assertThat(small().err())
                .contains("Error: Reading the bundle bundle:t.tar failed: what describes its entries has more than 16"
                        + " MiB.");
    }
}
