package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackCheckerTest {

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        folder = SamplePacks.write(temp.resolve("pack"), "sample", "1.0.0");
    }

    @Test
    void aWholePackHasNoFindings() throws Exception {
        PackChecker.Result result = PackChecker.check(folder, Validation.STRICT);

        assertThat(result.findings()).isEmpty();
        assertThat(result.pack()).hasValueSatisfying(pack -> {
            assertThat(pack.metadata()).hasToString("sample:1.0.0");
            assertThat(pack.files()).isEqualTo(5);
            assertThat(pack.bytes()).isPositive();
        });
    }

    @Test
    void missingValuesAreAnErrorUnlessOff() throws Exception {
        Files.delete(folder.resolve("values.yaml"));

        PackChecker.Result standard = PackChecker.check(folder, Validation.STANDARD);
        assertThat(standard.pack()).isEmpty();
        assertThat(standard.findings())
                .containsExactly(Finding.of(
                        Rule.VALUES_MISSING,
                        "values.yaml",
                        "The file is missing. Palette needs it, even if it is empty: add one."));
        assertThat(PackChecker.check(folder, Validation.OFF).pack()).isPresent();
    }

    @Test
    void warningsFailOnlyWhenStrict() throws Exception {
        Files.delete(folder.resolve("README.md"));
        Files.delete(folder.resolve("logo.png"));

        PackChecker.Result standard = PackChecker.check(folder, Validation.STANDARD);
        assertThat(standard.pack()).isPresent();
        assertThat(standard.findings())
                .containsExactly(
                        Finding.of(
                                Rule.LOGO_MISSING,
                                "logo.png",
                                "The file is missing. Palette shows it: add a PNG image."),
                        Finding.of(
                                Rule.README_MISSING,
                                "README.md",
                                "The file is missing. Palette shows it: say what the pack does."));
        assertThat(PackChecker.check(folder, Validation.STRICT).pack()).isEmpty();
    }

    @Test
    void offAsksOnlyForWhatPublishingNeeds() throws Exception {
        Files.writeString(folder.resolve("pack.json"), "{\"name\":\"a\",\"version\":\"1\",\"charts\":7}");

        PackChecker.Result off = PackChecker.check(folder, Validation.OFF);
        assertThat(off.findings()).isEmpty();
        assertThat(off.pack()).isPresent();
        assertThat(PackChecker.check(folder, Validation.STANDARD).findings())
                .extracting(Finding::rule)
                .containsExactly(
                        Rule.REQUIRED_KEY, Rule.REQUIRED_KEY, Rule.VERSION_FORM, Rule.VALUE_TYPE, Rule.UNNAMED_FILE);
    }

    @Test
    void whatIsNoFolderIsTold() throws Exception {
        assertThat(PackChecker.check(temp.resolve("missing"), Validation.OFF).findings())
                .containsExactly(Finding.of(Rule.PACK_FOLDER, ".", "There is no such folder."));
        assertThat(PackChecker.check(folder.resolve("pack.json"), Validation.OFF)
                        .findings())
                .containsExactly(Finding.of(
                        Rule.PACK_FOLDER, ".", "It is not a folder. A pack is a folder that holds a pack.json."));
    }
}
