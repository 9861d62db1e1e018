package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** YAML that is meant to do harm ends in a sentence. */
class YamlSafetyTest {

    @TempDir
    private Path temp;

    private List<String> check(String values) throws Exception {
        return check(values.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> check(byte[] values) throws Exception {
        Path folder = new TestPack().file("values.yaml", values).write(temp.resolve("pack"));
        return PackChecker.check(folder, Validation.STANDARD).findings().stream()
                .map(Finding::toString)
                .toList();
    }

    @Test
    void aliasesThatMultiplyAreNotExpanded() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
        }

        assertThat(check(bomb.toString()))
                .containsExactly(
                        "ERROR values.yaml:6: The aliases stand for more than 1000000 values. Use fewer of them.");
    }

    @Test
    void aliasOfWhatItStandsInIsRefused() throws Exception {
        assertThat(check("a: &a\n  b: *a\n"))
                .containsExactly("ERROR values.yaml:2: The alias '*a' refers to what it stands in. Remove it.");
    }

    @Test
    void anchorsEndWithTheirDocument() throws Exception {
        assertThat(check("a: &a 1\nb: *a\n---\nc: *a\n"))
                .containsExactly(
                        "ERROR values.yaml:4: The alias '*a' refers to nothing. Put the value in quotes if it is no"
                                + " alias.");
    }

    @Test
    void deepNestingIsRefusedInEveryStyle() throws Exception {
        String sentence = "ERROR values.yaml:1: The file nests more than 200 levels deep. Flatten it.";
        assertThat(check("[".repeat(200_000))).containsExactly(sentence);
        assertThat(check("{a: ".repeat(200_000))).containsExactly(sentence);
        assertThat(check("- ".repeat(200_000))).containsExactly(sentence);
        assertThat(check("? ".repeat(200_000))).containsExactly(sentence);
    }

    @Test
    void longLinesAreReadUpToALimit() throws Exception {
        assertThat(check("pack:\n  a: '" + "x".repeat(500_000) + "'\n")).isEmpty();
        assertThat(check("pack:\n  a: '" + "x".repeat(8_000_000) + "'\n"))
                .containsExactly(
                        "WARNING values.yaml: The file has more than 8 MiB, or a line of more than 1 MiB, so it"
                                + " was not checked. Split it.");
    }

    @Test
    void tagsConstructNothing() throws Exception {
        assertThat(check("a: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://127.0.0.1:1/']]\n"))
                .isEmpty();
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        assertThat(check(new byte[] {'a', ':', ' ', 0, '\n'}))
                .containsExactly("ERROR values.yaml: The file is not YAML: special characters are not allowed.");
        assertThat(check("a: é".getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("ERROR values.yaml: The file is not YAML: it is not UTF-8. Save it as plain UTF-8.");
    }
}
