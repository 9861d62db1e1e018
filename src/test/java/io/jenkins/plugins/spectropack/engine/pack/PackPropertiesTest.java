package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.registry.RepositoryNames;
import io.jenkins.plugins.spectropack.engine.util.Tries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every name, every version and every file that claims to be a {@code pack.json}. */
class PackPropertiesTest {

    private static final String[] TOKENS = {
        "",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "NaN",
        "1e999999999",
        "\\u0000",
        "\\ud800",
        "\uFEFF",
        "\u0000",
        "true",
        "-",
        "\"name\": \"x\",",
        "/*",
        "\u00ff"
    };

    @TempDir
    private Path folder;

    private static String name(RandomGenerator random) {
        return Tries.text(random, Tries.oneOf(random, "ab9._-", "ab9._-A/+ \u00e4\n"), 0, 12);
    }

    private static String version(RandomGenerator random) {
        return random.nextBoolean()
                ? Tries.text(random, "v1.0-_+/ \u00e4\n", 0, 10)
                : Tries.text(random, "1.", 126, 130);
    }

    /** Words of lower-case letters and digits, with one separator between two of them. */
    private static boolean isName(String name) {
        return Arrays.stream(name.split("[._-]", -1))
                .allMatch(word -> !word.isEmpty()
                        && word.chars()
                                .allMatch(letter -> letter >= 'a' && letter <= 'z' || letter >= '0' && letter <= '9'));
    }

    private static boolean isTag(String version) {
        String letters = "abcdefghijklmnopqrstuvwxyz";
        String first = letters + letters.toUpperCase(java.util.Locale.ROOT) + "0123456789_";
        return !version.isEmpty()
                && version.length() <= 128
                && first.indexOf(version.charAt(0)) >= 0
                && version.chars().allMatch(letter -> (first + ".-").indexOf(letter) >= 0);
    }

    @Test
    void nameIsTakenIfAndOnlyIfEcrTakesIt() {
        Tries.of(
                2000,
                PackPropertiesTest::name,
                name -> assertThat(PackMetadata.nameProblem(name).isEmpty()).isEqualTo(isName(name)));
    }

    @Test
    void versionIsTakenIfAndOnlyIfItIsATag() {
        Tries.of(
                2000,
                PackPropertiesTest::version,
                version -> assertThat(PackMetadata.versionProblem(version).isEmpty())
                        .isEqualTo(isTag(version)));
    }

    /** A base as a user types it, and a pack's name; ECR takes both. */
    record Place(String base, String name) {}

    private static Place place(RandomGenerator random) {
        String base = String.join(
                Tries.oneOf(random, "/", "-", ".", "_"), Tries.list(random, 1, 3, PackPropertiesTest::word));
        return new Place(
                base + Tries.oneOf(random, "", "/spectro-packs/archive", "/spectro-packs/archive/"), word(random));
    }

    private static String word(RandomGenerator random) {
        return String.join(
                Tries.oneOf(random, "-", ".", "_"), Tries.list(random, 1, 3, word -> Tries.text(word, "ab9", 2, 5)));
    }

    @Test
    void repositoryOfAPackIsOneThatEcrTakes() {
        Tries.of(2000, PackPropertiesTest::place, place -> {
            assertThat(PackMetadata.nameProblem(place.name())).isEmpty();
            assertThat(RepositoryNames.Rules.ECR.problem(place.base())).isEmpty();
            RepositoryNames names = RepositoryNames.of(place.base(), RepositoryNames.Rules.ECR);

            assertThat(names.archive()).endsWith("/spectro-packs/archive");
            assertThat(names.archive().split("/spectro-packs/archive", -1)).hasSize(2);
            assertThat(names.pack(place.name())).isEqualTo(names.archive() + "/" + place.name());
            assertThat(names.pack(place.name()).split("/")).allMatch(PackPropertiesTest::isName);
        });
    }

    private static byte[] almostPackJson(RandomGenerator random) {
        String text = SamplePacks.packJson("sample", "1.0.0");
        int length = text.length();
        for (int i = 0; i < 3; i++) {
            int at = Math.min(random.nextInt(length), text.length());
            text = text.substring(0, at)
                    + Tries.oneOf(random, TOKENS)
                    + text.substring(Math.min(text.length(), at + i));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void brokenPackJsonIsExplainedOrReadAsItStands() {
        Tries.of(1500, PackPropertiesTest::almostPackJson, this::assertExplainedOrRead);
    }

    @Test
    void anyBytesAreExplained() {
        Tries.of(1500, random -> Tries.bytes(random, 255), this::assertExplainedOrRead);
    }

    private void assertExplainedOrRead(byte[] content) throws IOException, InterruptedException {
        Files.write(folder.resolve("pack.json"), content);

        PackChecker.Result needed = PackChecker.check(folder, Validation.OFF);
        PackChecker.Result all = PackChecker.check(folder, Validation.STRICT);

        assertThat(all.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.message()).matches("[^\\p{Cntrl}]{10,}[.…]"));
        if (needed.pack().isPresent()) {
            assertThat(isName(needed.pack().get().metadata().name())).isTrue();
            assertThat(isTag(needed.pack().get().metadata().version())).isTrue();
        } else {
            assertThat(needed.findings()).isNotEmpty();
        }
    }
}
