package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleFilesTest {

    private static final byte[] CONTENT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int TIMES = 500;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"b", "b.tar"})
    void blobThatIsAddedOnceMoreIsNeverMissing(String bundle) throws Exception {
        Path place = folder.resolve(bundle);
        BundleLock lock = new BundleLock(bundle, Duration.ZERO, line -> {});
        String digest = Digests.sha256(CONTENT);
        try (BundleFiles files = bundle.endsWith(".tar") ? new BundleTar(place, lock) : new BundleFolder(place, lock)) {
            files.lock();
            files.add(digest, new ByteArrayInputStream(CONTENT));
            CompletableFuture<Void> again = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < TIMES; i++) {
                        files.add(digest, new ByteArrayInputStream(CONTENT));
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            while (!again.isDone()) {
                assertThat(files.has(digest)).isTrue();
                try (InputStream stream = files.open(digest)) {
                    assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
                }
            }
            again.join();
        }
    }
}
