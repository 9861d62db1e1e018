package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a pack's folder without belonging to the pack. */
class PackIgnoreTest {

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        folder = SamplePacks.write(temp.resolve("my-pack"), "sample", "1.0.0");
    }

    private void file(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }

    private PackArchive archive() throws IOException, InterruptedException {
        return new PackArchiver(PackArchiver.DEFAULT_TIME).write(SamplePacks.check(folder), temp.resolve("out.tar.gz"));
    }

    private List<String> errors() throws IOException, InterruptedException {
        return PackChecker.check(folder, Validation.STANDARD).findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .map(Finding::toString)
                .toList();
    }

    @Test
    void versionControlAndMacOsDoNotChangeTheArchive() throws Exception {
        String digest = archive().digest();
        assertThat(SamplePacks.check(folder).leftOut()).isEmpty();

        file(".git/config", "token");
        file("manifests/.git", "gitdir: ../x");
        file(".gitignore", "x");
        file(".hg/store", "x");
        file(".svn/entries", "x");
        file("manifests/CVS/Root", "x");
        file("_darcs/format", "x");
        file(".DS_Store", "x");
        file("manifests/._config.yaml", "x");

        assertThat(archive().digest()).isEqualTo(digest);
        assertThat(SamplePacks.check(folder).leftOut())
                .isEqualTo("Left out: .git, .gitignore, .hg, .svn, _darcs, manifests/.git, manifests/CVS"
                        + " (version control).");
        assertThat(SamplePacks.check(folder).files()).isEqualTo(5);
        try (InputStream archive = Files.newInputStream(temp.resolve("out.tar.gz"))) {
            assertThat(SamplePacks.check(folder).differenceTo(archive).isNone()).isTrue();
        }
    }

    @Test
    void whatThePackNamesIsLeftOutWithTheFileItself() throws Exception {
        String digest = archive().digest();
        file("drafts/deep/a.yaml", "x");
        file("notes/b.txt", "x");
        file("c.tar.gz", "x");
        file("manifests/d.orig", "x");
        file(
                ".packignore",
                "# what is only for us\r\n\r\n./drafts/\r\n  notes/**  \r\n*.tar.gz\r\n**/*.orig\r\nnothing\r\n");

        assertThat(archive().digest()).isEqualTo(digest);
        assertThat(Shell.run(temp, List.of("tar", "-tzf", "out.tar.gz")).lines())
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*(drafts|notes|c\\.tar|orig|packignore).*"));
        assertThat(SamplePacks.check(folder).leftOut())
                .isEqualTo("Left out: c.tar.gz, drafts, manifests/d.orig, notes (.packignore).");
    }

    @Test
    void whatIsLeftOutIsNotThere() throws Exception {
        file(".packignore", "manifests/config.yaml\n");
        assertThat(errors())
                .singleElement()
                .asString()
                .startsWith(
                        "ERROR pack.json:8: 'kubeManifests' names the file 'manifests/config.yaml', but it is left out of the pack,");

        file(".packignore", "drafts\n");
        file("drafts/a.yaml", "x");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("drafts/a.yaml"));
        assertThat(errors())
                .containsExactly(
                        "ERROR link: The link leads to drafts/a.yaml, which is left out of the pack. Remove the link.");
    }

    @Test
    void whatIsNoListOfPatternsIsTold() throws Exception {
        file(".packignore", "*.json\n");
        assertThat(errors())
                .containsExactly(
                        "ERROR .packignore: The pattern '*.json' leaves out pack.json, so this would be no pack.");

        file(".packignore", "!keep\n");
        assertThat(errors())
                .containsExactly("ERROR .packignore: The line '!keep' begins with '!', which Ant patterns do not have."
                        + " Remove it.");

        file(".packignore", "x\n".repeat(201));
        assertThat(errors())
                .containsExactly(
                        "ERROR .packignore: The file has more than 64 KiB or 200 patterns. Write fewer, such as"
                                + " drafts/** for a whole folder.");

        Files.delete(folder.resolve(".packignore"));
        Files.createDirectory(folder.resolve(".packignore"));
        assertThat(errors()).containsExactly("ERROR .packignore: It must be a file, not a link or a folder.");
    }
}
