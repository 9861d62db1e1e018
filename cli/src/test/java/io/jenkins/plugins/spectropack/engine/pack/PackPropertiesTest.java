package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.registry.RepositoryNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What holds for every name, every version and every file that claims to be a {@code pack.json}. */
class PackPropertiesTest {

    private static final String SEED = "20260101";

    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("pack-properties");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("pack.json"));
        Files.delete(folder);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("ab9._-")
                .withChars("A/+ \u00e4\n")
                .ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> versions() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("v1.0-_")
                        .withChars("+/ \u00e4\n")
                        .ofMaxLength(10),
                Arbitraries.strings().withChars("1.").ofMinLength(126).ofMaxLength(130));
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

    @Property(tries = 2000, seed = SEED)
    void nameIsTakenIfAndOnlyIfEcrTakesIt(@ForAll("names") String name) {
        assertThat(PackMetadata.nameProblem(name).isEmpty()).isEqualTo(isName(name));
    }

    @Property(tries = 2000, seed = SEED)
    void versionIsTakenIfAndOnlyIfItIsATag(@ForAll("versions") String version) {
        assertThat(PackMetadata.versionProblem(version).isEmpty()).isEqualTo(isTag(version));
    }

    @Property(tries = 2000, seed = SEED)
    void repositoryOfAPackIsOneThatEcrTakes(
            @ForAll("names") String base, @ForAll("names") String name, @ForAll @IntRange(max = 2) int suffixes) {
        String typed = base + "/spectro-packs/archive".repeat(suffixes > 0 ? 1 : 0);
        if (RepositoryNames.Rules.ECR.problem(typed).isPresent()
                || PackMetadata.nameProblem(name).isPresent()) {
            return;
        }
        RepositoryNames names = RepositoryNames.of(typed, RepositoryNames.Rules.ECR);

        assertThat(names.archive()).endsWith("/spectro-packs/archive");
        assertThat(names.archive().split("/spectro-packs/archive", -1)).hasSize(2);
        assertThat(names.pack(name)).isEqualTo(names.archive() + "/" + name);
        assertThat(names.pack(name).split("/")).allMatch(PackPropertiesTest::isName);
    }

    @Provide
    Arbitrary<byte[]> almostPackJson() {
        byte[] good = SamplePacks.packJson("sample", "1.0.0").getBytes(StandardCharsets.UTF_8);
        Arbitrary<Integer> place = Arbitraries.integers().between(0, good.length - 1);
        Arbitrary<String> token = Arbitraries.of(
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
                "\u00ff");
        return place.tuple3()
                .flatMap(places -> token.tuple3().map(tokens -> {
                    String text = new String(good, StandardCharsets.UTF_8);
                    for (int i = 0; i < 3; i++) {
                        int at = Math.min(
                                i == 0 ? places.get1() : i == 1 ? places.get2() : places.get3(), text.length());
                        String with = i == 0 ? tokens.get1() : i == 1 ? tokens.get2() : tokens.get3();
                        text = text.substring(0, at) + with + text.substring(Math.min(text.length(), at + i));
                    }
                    return text.getBytes(StandardCharsets.UTF_8);
                }));
    }

    @Property(tries = 1500, seed = SEED)
    void brokenPackJsonIsExplainedOrReadAsItStands(@ForAll("almostPackJson") byte[] content) throws Exception {
        assertExplainedOrRead(content);
    }

    @Property(tries = 1500, seed = SEED)
    void anyBytesAreExplained(@ForAll byte[] content) throws Exception {
        assertExplainedOrRead(content);
    }

    private static void assertExplainedOrRead(byte[] content) throws IOException, InterruptedException {
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
