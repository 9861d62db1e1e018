package io.jenkins.plugins.spectropack.cli.author;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Helm's documentation of {@code .helmignore} says, case by case. */
class HelmIgnoreTest {

    /** A path that ends with a slash is a folder. */
    private static boolean ignores(String rules, String path) throws PackException {
        boolean isFolder = path.endsWith("/");
        return HelmIgnore.of(rules).ignores(isFolder ? path.substring(0, path.length() - 1) : path, isFolder);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                // A pattern without a slash is held against the last part of a path.
                "notes.txt, notes.txt, true",
                "notes.txt, docs/notes.txt, true",
                "*.txt, docs/deep/notes.txt, true",
                "*.txt, notes.md, false",
                "note?.txt, notes.txt, true",
                "note?.txt, note.txt, false",
                "no*s*.t?t, notes.txt, true",
                "*, anything, true",
                // One with a slash is held against the whole path, and no star crosses a slash.
                "docs/*.txt, docs/notes.txt, true",
                "docs/*.txt, docs/deep/notes.txt, false",
                "docs/*.txt, more/docs/notes.txt, false",
                "docs/*, docs/deep, true",
                "*/notes.txt, docs/notes.txt, true",
                "*a*/b, xa/ab, false",
                // A slash at the beginning means the chart's own folder.
                "/notes.txt, notes.txt, true",
                "/notes.txt, docs/notes.txt, false",
                "/docs/notes.txt, docs/notes.txt, true",
                // A slash at the end means folders only.
                "docs/, docs/, true",
                "docs/, more/docs/, true",
                "docs/, docs, false",
                "/docs/, more/docs/, false",
                // Choices.
                "[m-o]otes.txt, notes.txt, true",
                "[^n]otes.txt, notes.txt, false",
                "[^x]otes.txt, notes.txt, true",
                "[\\]]x, ]x, true",
                "[a\\-c]x, -x, true",
                "[a\\-c]x, bx, false",
                "\\*x, *x, true",
                "\\*x, ax, false",
                // Dot files right below templates never belong to a chart.
                "none, templates/.hidden, true",
                "none, templates/deep/.hidden, false",
                "none, templates/., false",
                "none, .hidden, false",
                ".*, .hidden, true",
                // What a negated pattern does not match is left out.
                "!notes.txt, notes.txt, false",
                "!notes.txt, other.txt, true",
                "!docs/, docs/, false",
                "!docs/, docs, true",
            })
    void patterns(String rules, String path, boolean ignored) throws PackException {
        assertThat(ignores(rules, path)).isEqualTo(ignored);
    }

    @Test
    void theFirstPatternThatSpeaksDecides() throws PackException {
        assertThat(ignores("*.txt\n!notes.txt\n", "notes.txt")).isTrue();
        assertThat(ignores("!notes.*\n*.txt\n", "notes.txt")).isTrue();
        assertThat(ignores("!notes.*\n*.txt\n", "notes.md")).isFalse();
    }

    @Test
    void commentsBlankLinesSpacesLineEndsAndAByteOrderMarkDoNotCount() throws PackException {
        String rules = "\uFEFF# comment\r\n\r\n   \n  notes.txt  \r\n#other.txt\n";
        assertThat(ignores(rules, "notes.txt")).isTrue();
        assertThat(ignores(rules, "other.txt")).isFalse();
        assertThat(ignores(rules, "# comment")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/**", "[a", "[", "[]", "[]a]", "[-a]", "[a-]", "x\\", "[a-\\"})
    void whatHelmDoesNotTakeIsToldWithTheLine(String pattern) {
        assertThatThrownBy(() -> HelmIgnore.of(pattern))
                .isInstanceOf(PackException.class)
                .hasMessageContaining("'" + pattern + "'");
    }

    @Test
    void manyStarsTakeNoTime() throws PackException {
        String stars = "*a".repeat(2000) + "b";
        assertThat(ignores(stars, "a".repeat(4000))).isFalse();
        assertThat(List.of(ignores("*".repeat(1) + "a*".repeat(2000), "a".repeat(4000))))
                .containsExactly(true);
    }
}
