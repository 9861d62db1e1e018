package io.jenkins.plugins.spectropack.engine.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that cannot be right are told before anything is sent, and the key is shown by nothing. */
class PaletteTargetTest {

    private static final String KEY = "a-key-of-palette";

    private static PaletteTarget.Builder target() {
        return PaletteTarget.builder(KEY).registryName("my-ecr");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://api.spectrocloud.com",
        "https://palette.example.com, https://palette.example.com",
        "' https://palette.example.com/ ', https://palette.example.com",
        "https://palette.example.com:8443, https://palette.example.com:8443",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://localhost, http://localhost",
    })
    void goodUrls(String typed, URI origin) {
        assertThat(target().url(typed).build().origin()).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "http://palette.example.com, is plain HTTP. The API key would travel unencrypted",
        "https://user:secret@palette.example.com, must not hold a user name or password",
        "https://palette.example.com/v1, has more than a host",
        "https://palette.example.com?x=y, has more than a host",
        "https://palette.example.com#x, has more than a host",
        "palette.example.com, must be one such as https://api.spectrocloud.com",
        "ftp://palette.example.com, must be one such as https://api.spectrocloud.com",
        "https:///v1, must be one such as https://api.spectrocloud.com",
        "https://a b, is not a URL",
    })
    void badUrls(String typed, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target().url(typed).build())
                .withMessageContaining(problem)
                .satisfies(told -> assertThat(told.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nbreak", "ümlaut", "tab\tinside"})
    void keyThatNoKeyLooksLikeIsRefusedWithoutBeingShown(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PaletteTarget.builder(key).registryName("my-ecr").build())
                .withMessageContaining("Palette's API key holds")
                .satisfies(told -> assertThat(told.getMessage()).doesNotContain(key));
    }

    @Test
    void whatIsMissingIsTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> PaletteTarget.builder(" ").registryName("my-ecr").build())
                .withMessage(
                        "Palette's API key is missing or empty. Give it as " + Setting.PALETTE_API_KEY.words() + ".");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaletteTarget.builder(KEY).registryName(null).build())
                .withMessageContaining("The name of the registry in Palette is missing.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target().projectUid("Default project").build())
                .withMessageContaining("'Default project' is not the uid of a Palette project.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target().timeoutMinutes(0).build())
                .withMessageContaining("must be from 1 to 1440.");
        assertThat(PaletteTarget.timeoutProblem(1440)).isEmpty();
        assertThat(PaletteTarget.timeoutProblem(1441)).isPresent();
    }

    @Test
    void keyLosesWhatWasCopiedAroundItAndIsShownByNothing() {
        PaletteTarget target =
                PaletteTarget.builder(" " + KEY + "\n").registryName("my-ecr").build();

        assertThat(target.apiKey()).isEqualTo(KEY);
        assertThat(target.toString()).isEqualTo("PaletteTarget[https://api.spectrocloud.com, my-ecr]");
    }

    @Test
    void targetTravelsToAnAgent() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(target().projectUid("abc123").waits(false).build());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            PaletteTarget target = (PaletteTarget) in.readObject();
            assertThat(target.apiKey()).isEqualTo(KEY);
            assertThat(target.projectUid()).isEqualTo("abc123");
            assertThat(target.waits()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Registry.Example, acme, registry.example/acme",
        "https://registry.example/, /acme/, registry.example/acme",
        "https://registry.example:443/v2/, acme/spectro-packs/archive, registry.example/acme",
        "registry.example:5000, spectro-packs/archive, registry.example:5000",
        "127.0.0.1:5000, '', 127.0.0.1:5000",
        "oci://registry.example, a/b, registry.example/a/b",
        "https://art.example/artifactory/api/docker/packs, '', art.example/packs",
        "https://art.example/artifactory/api/docker/packs/, acme, art.example/packs/acme",
        "art.example, artifactory/api/docker/packs/acme/spectro-packs/archive, art.example/packs/acme",
        "art.example, packs/acme, art.example/packs/acme",
        "art.example, my/artifactory/api/docker/packs, art.example/my/artifactory/api/docker/packs",
    })
    void placesAreComparedInOneForm(String host, String path, String place) {
        assertThat(new RegistryPlace(host, path)).hasToString(place);
    }

    @Test
    void packsAreNamedWithTheirVersion() {
        assertThat(PackVersion.parse("my-pack:1.0.0")).isEqualTo(new PackVersion("my-pack", "1.0.0"));
        for (String wrong : new String[] {"my-pack", ":1.0.0", "my-pack:", "a:b:c", "a/b:1", "a b:1", ""}) {
            assertThatIllegalArgumentException()
                    .as(wrong)
                    .isThrownBy(() -> PackVersion.parse(wrong))
                    .withMessageContaining("Give NAME:VERSION");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ECR, registry.example, ecr",
        "Basic, registry.example, basic",
        "'', 123456789012.dkr.ecr.us-east-1.amazonaws.com, ecr",
        "'', harbor.example.com, basic",
    })
    void kindOfRegistryIsWhatPaletteSaysOrTheHostTells(String type, String endpoint, String kind) {
        assertThat(new PaletteRegistry("uid", "name", type, endpoint, "pack").kind())
                .isEqualTo(kind);
    }
}
