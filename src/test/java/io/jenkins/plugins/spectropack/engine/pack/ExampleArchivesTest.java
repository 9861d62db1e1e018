package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples have the same archive in both builds, on every machine and every day: in it, since what compresses it may be another
 * zlib.
 */
class ExampleArchivesTest {

    @ParameterizedTest
    @CsvSource({
        "hello-both, 29162bcc99e2b0009eddf29f547195e8cf8c850b2cf3fedce3e39d7de6064317",
        "hello-chart, 891fb8c8fbfc7d9fe0bbc9137590b6b0e21eb1208be7366ccdb6185061ebeeab",
        "hello-manifests, 57e063363550cb2127639f347665855cd489cbf6a5f4a571f6670ee6ec327446"
    })
    void contentIsTheSameEverywhere(String name, String digest, @TempDir Path folder) throws Exception {
        Path base = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path examples = (base.endsWith("cli") ? base.getParent() : base).resolve("examples");
        PackChecker.Result checked = PackChecker.check(examples.resolve(name), Validation.STANDARD);
        Path file = folder.resolve("archive");

        new PackArchiver(PackArchiver.DEFAULT_TIME).write(checked.pack().orElseThrow(), file);

        try (InputStream tar = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(Digests.sha256(tar.readAllBytes())).isEqualTo("sha256:" + digest);
        }
    }
}
