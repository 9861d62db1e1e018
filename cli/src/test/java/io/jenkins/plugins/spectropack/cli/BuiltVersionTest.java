package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --version} says of a clone, of an archive of a commit, and of a tree of which nothing is known. */
class BuiltVersionTest {

    private static Properties properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text == null ? "" : text.replace('|', '\n')));
        return properties;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            version=1.2|commit=0123456789ab|date=2026-01-02; commit=$Format:%H$|date=$Format:%cs$; spectro-pack 1.2, commit 0123456789ab of 2026-01-02
            version=999999-SNAPSHOT|commit=|date=; commit=0123456789abcdef0123|date=2026-01-02; spectro-pack 0123456789ab, commit 0123456789ab of 2026-01-02
            version=999999-SNAPSHOT|commit=|date=; commit=$Format:%H$|date=$Format:%cs$; spectro-pack unknown, built outside Git
            version=1.2|commit=|date=; commit=0123456789abcdef0123|date=2026-01-02; spectro-pack 1.2, commit 0123456789ab of 2026-01-02
            """)
    void versionIsWhatIsKnown(String built, String archived, String told) throws IOException {
        assertThat(BuiltVersion.of(properties(built), properties(archived))).hasToString(told);
    }

    @Test
    void thisBuildHasOne() throws IOException {
        assertThat(BuiltVersion.read().toString()).startsWith("spectro-pack ").doesNotContain("999999", "$");
    }
}
