package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArtifactManifestTest {

    private static final String LAYER = "sha256:f1bdaa6378e3d0474873c4b691f3428d9576097716902db2565f4949c1a4d298";

    /** What ORAS v1.0.0 uploaded for a file of this digest and size, seen by running it. */
    @Test
    void isByteForByteWhatOrasUploads() {
        ArtifactFile file = new ArtifactFile(InputStream::nullInputStream, "mypack-1.0.0.tar.gz", LAYER, 204);

        byte[] manifest = ArtifactManifest.of(file, Instant.parse("2026-11-23T21:30:10.987Z"));

        assertThat(manifest).hasSize(537);
        assertThat(Digests.sha256(manifest))
                .isEqualTo("sha256:8b1ca6e0359badef102caae8bf7158f1ce9c04352b132bd49ea1c9eae12f3ae6");
    }

    @Test
    void readsTheLayerOfAnyManifestWithOne() {
        ArtifactFile file = new ArtifactFile(InputStream::nullInputStream, "mypack-1.0.0.tar.gz", LAYER, 204);

        RemoteManifest pushed = RemoteManifest.of(ArtifactManifest.of(file, Instant.EPOCH));

        assertThat(pushed.layer()).hasValueSatisfying(layer -> {
            assertThat(layer.getDigest()).isEqualTo(LAYER);
            assertThat(layer.getSize()).isEqualTo(204);
        });
        for (String other : new String[] {
            "{}",
            "[]",
            "null",
            "{\"layers\":null}",
            "{\"layers\":[null]}",
            "{\"layers\":[{\"digest\":\"sha256:../../x\",\"size\":2}]}",
            "{\"layers\":[{\"digest\":\"" + LAYER + "\",\"size\":-1}]}",
            "{\"layers\":[{\"digest\":\"" + LAYER + "\"}]}",
            "{\"annotations\":{\"a\":null},\"layers\":{}}",
            "no json",
            "",
            "{\"layers\":[]}",
            "{\"layers\":[{\"digest\":1,\"size\":2}]}",
            "{\"layers\":[{},{}]}"
        }) {
            assertThat(RemoteManifest.of(other.getBytes(StandardCharsets.UTF_8)).layer())
                    .as(other)
                    .isEmpty();
        }
    }

    @Test
    void aTitleThatJsonWouldHaveToEscapeIsRefused() {
        assertThatThrownBy(() -> new ArtifactFile(InputStream::nullInputStream, "a\"b", LAYER, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
