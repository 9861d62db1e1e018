package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackFinderTest {

    @TempDir
    private Path base;

    @BeforeEach
    void writeFolders() throws IOException {
        for (String folder : new String[] {
            "packs/b",
            "packs/a",
            "packs/.hidden",
            "packs/.git/x",
            "packs/a/charts",
            "team/x/packs/c",
            "packs/a@tmp",
            "packs/b@script/x",
            "packs/b@libs"
        }) {
            Files.createDirectories(base.resolve(folder));
        }
        Files.writeString(base.resolve("packs/.hidden/pack.json"), "{}");
        Files.writeString(base.resolve("team/x/packs/c/pack.json"), "{}");
        Files.writeString(base.resolve("packs/a@tmp/pack.json"), "{}");
        Files.writeString(base.resolve("packs/README.md"), "not a folder");
    }

    @Test
    void aPathIsTakenAsItIs() throws Exception {
        assertThat(PackFinder.find(base, "packs/a/")).containsExactly(base.resolve("packs/a"));
        assertThat(PackFinder.find(base, " ./packs/../packs/missing ")).containsExactly(base.resolve("packs/missing"));
        assertThat(PackFinder.find(
                        Path.of("/elsewhere"), base.resolve("packs/a").toString()))
                .containsExactly(base.resolve("packs/a"));
    }

    @Test
    void aPatternMatchesFoldersSortedHiddenOnesIfTheyArePacks() throws Exception {
        assertThat(PackFinder.find(base, "packs/*"))
                .containsExactly(base.resolve("packs/.hidden"), base.resolve("packs/a"), base.resolve("packs/b"));
        assertThat(PackFinder.find(base, "**/packs/?"))
                .containsExactly(base.resolve("packs/a"), base.resolve("packs/b"), base.resolve("team/x/packs/c"));
        assertThat(PackFinder.find(Path.of("/elsewhere"), base + "/packs/*")).hasSize(3);
    }

    @Test
    void whatJenkinsKeepsIsMeantOnlyIfItIsNamed() throws Exception {
        assertThat(PackFinder.find(base, "packs/b*")).containsExactly(base.resolve("packs/b"));
        assertThat(PackFinder.find(base, "packs/a@tmp")).containsExactly(base.resolve("packs/a@tmp"));
        assertThat(PackFinder.find(base, "packs/.git")).containsExactly(base.resolve("packs/.git"));
    }

    @Test
    void aPatternForAllDepthsFindsPacks() throws Exception {
        assertThat(PackFinder.find(base, "**"))
                .containsExactly(base.resolve("packs/.hidden"), base.resolve("team/x/packs/c"));
        assertThat(PackFinder.find(base, "team/x/packs/c/**")).containsExactly(base.resolve("team/x/packs/c"));
        assertThatThrownBy(() -> PackFinder.find(base, "packs/a/**"))
                .isInstanceOf(PackException.class)
                .hasMessage("The pattern 'packs/a/**' matches no folder that holds a pack.json below " + base + ".");
    }

    @Test
    void aListIsNoPath() throws Exception {
        assertThatThrownBy(() -> PackFinder.find(base, "packs/a,packs/b"))
                .isInstanceOf(PackException.class)
                .hasMessage(
                        "There is no folder 'packs/a,packs/b'. A comma separates nothing here: name one folder, or a"
                                + " pattern that matches several, such as packs/*.");
        Files.createDirectory(base.resolve("x,y"));
        assertThat(PackFinder.find(base, "x,y")).containsExactly(base.resolve("x,y"));
    }

    @Test
    void aPatternThatMatchesNothingIsAnError() {
        assertThatThrownBy(() -> PackFinder.find(base, "nothing/*"))
                .isInstanceOf(PackException.class)
                .hasMessage("The pattern 'nothing/*' matches no folder below " + base + ".");
        assertThatThrownBy(() -> PackFinder.find(base, " "))
                .isInstanceOf(PackException.class)
                .hasMessageStartingWith("The folder of the pack is not given.");
    }

    @Test
    void linksAreFollowedBeforeAFolderCountsAsInside() throws Exception {
        Path outside = Files.createTempDirectory("outside");
        try {
            Path link = Files.createSymbolicLink(base.resolve("link"), outside);

            assertThatThrownBy(() -> PackFinder.requireInside(base, link))
                    .isInstanceOf(PackException.class)
                    .hasMessage(
                            "The folder " + link + " lies outside the workspace. Only packs inside it are published.");
            assertThatThrownBy(() -> PackFinder.requireInside(base, base.resolve("..")))
                    .isInstanceOf(PackException.class);
            assertThatCode(() -> PackFinder.requireInside(base, base.resolve("packs/a")))
                    .doesNotThrowAnyException();
        } finally {
            Files.delete(outside);
        }
    }
}
