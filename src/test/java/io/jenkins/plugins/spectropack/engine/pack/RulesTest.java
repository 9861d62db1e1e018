package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule, by a pack that breaks it and nothing else. */
class RulesTest {

    @TempDir
    private Path temp;

    static List<BrokenPacks.Case> brokenPacks() {
        return BrokenPacks.all();
    }

    @ParameterizedTest
    @MethodSource("brokenPacks")
    void brokenPackIsExplained(BrokenPacks.Case broken) throws Exception {
        TestPack pack = new TestPack();
        broken.change().accept(pack);
        Path folder = pack.write(temp.resolve("pack"));

        PackChecker.Result result = PackChecker.check(folder, Validation.STANDARD);

        assertThat(result.findings()).containsExactly(broken.finding());
        boolean isError = broken.finding().severity() == Finding.Severity.ERROR;
        assertThat(result.pack().isEmpty()).isEqualTo(isError);
        assertThat(PackChecker.check(folder, Validation.STRICT).pack()).isEmpty();
        PackChecker.Result off = PackChecker.check(folder, Validation.OFF);
        assertThat(off.pack().isEmpty()).isEqualTo(broken.finding().rule().isNeeded());
        assertThat(off.findings()).allMatch(finding -> finding.rule().isNeeded());
    }

    @Test
    void everyRuleIsBroken() {
        Set<Rule> tested = EnumSet.noneOf(Rule.class);
        BrokenPacks.all().forEach(broken -> tested.add(broken.finding().rule()));

        // The folder's and the archive's rules are broken in the tests of PackChecker and PackArchiver, those on
        // several
        // packs and on what was asked for in the command line's.
        assertThat(EnumSet.complementOf(EnumSet.copyOf(tested)))
                .containsExactlyInAnyOrder(Rule.PACK_FOLDER, Rule.ARCHIVABLE, Rule.UNIQUE_VERSION, Rule.AS_REQUESTED);
    }

    @Test
    void linksAreFollowedWithinThePackOnly() throws Exception {
        Files.writeString(temp.resolve("secret.yaml"), "a: [\n");
        Path folder = new TestPack().without("values.yaml").write(temp.resolve("pack"));
        Path values = folder.resolve("values.yaml");

        Files.createSymbolicLink(values, Path.of("manifests/config.yaml"));
        assertThat(PackChecker.check(folder, Validation.STRICT).findings()).isEmpty();

        Files.delete(values);
        Files.createSymbolicLink(values, Path.of("../secret.yaml"));
        assertThat(PackChecker.check(folder, Validation.STANDARD).findings())
                .extracting(Finding::rule)
                .containsExactly(Rule.ARCHIVABLE, Rule.VALUES_MISSING);
    }

    @Test
    void everyFindingOfAPackIsToldAtOnce() throws Exception {
        Path folder = new TestPack()
                .json("{'name': 'Bad', 'version': '1', 'layer': 'addon', 'charts': ['a.tgz', '/b.tgz'], 'eol': 1}")
                .file("values.yaml", "a: [\n")
                .without("logo.png")
                .write(temp.resolve("pack"));

        assertThat(PackChecker.check(folder, Validation.STANDARD).findings())
                .extracting(Finding::rule)
                .containsExactly(
                        Rule.NAME,
                        Rule.REQUIRED_KEY,
                        Rule.VALUE_TYPE,
                        Rule.VERSION_FORM,
                        Rule.ADDON_TYPE_MISSING,
                        Rule.FILE_MISSING,
                        Rule.PATH,
                        Rule.VALUES,
                        Rule.UNNAMED_FILE,
                        Rule.LOGO_MISSING);
    }
}
