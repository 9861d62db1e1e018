package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs on a file system as Windows has it: backslashes, names in any case, no modes. A pack has one archive on both. */
class WindowsFileSystemTest {

    private static final PackArchiver ARCHIVER = new PackArchiver(PackArchiver.DEFAULT_TIME);

    @TempDir
    private Path temp;

    private FileSystem windows;
    private Path here;
    private Path there;

    @BeforeEach
    void writePack() throws IOException {
        windows = Jimfs.newFileSystem(Configuration.windows());
        here = SamplePacks.write(temp.resolve("my-pack"), "sample", "1.0.0");
        Files.createDirectories(here.resolve("charts/deep/er"));
        Files.writeString(here.resolve("charts/deep/er/" + "x".repeat(200)), "a long name");
        there = copy(here, windows.getPath("C:\\work\\my-pack"));
    }

    @AfterEach
    void close() throws IOException {
        windows.close();
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString().replace('/', '\\'));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }

    private byte[] archive(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolveSibling("archive.tar.gz");
        ARCHIVER.write(SamplePacks.check(folder), file);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return bytes;
    }

    @Test
    void archiveIsTheSameAsOnUnix() throws Exception {
        assertThat(archive(there)).isEqualTo(archive(here));
    }

    @Test
    void whatDiffersInModesOnlyIsTheSameContent() throws Exception {
        assertThat(here.resolve("README.md").toFile().setExecutable(true)).isTrue();

        assertThat(SamplePacks.check(there)
                        .differenceTo(new ByteArrayInputStream(archive(here)))
                        .isNone())
                .isTrue();
    }

    @Test
    void lineEndsThatGitChangedAreToldAsSuch() throws Exception {
        Path values = there.resolve("values.yaml");
        Files.writeString(values, Files.readString(values).replace("\n", "\r\n"));

        assertThat(SamplePacks.check(there).differenceTo(new ByteArrayInputStream(archive(here))))
                .hasToString("Only line ends differ, in values.yaml.");
    }

    @Test
    void linkOutOfThePackIsRefusedThereToo() throws Exception {
        Files.writeString(there.resolveSibling("secret"), "of somebody else");
        Files.createSymbolicLink(there.resolve("link"), windows.getPath("..\\secret"));

        assertThatThrownBy(() -> SamplePacks.check(there)).hasMessageContaining("link");
    }

    @Test
    void nameInAnotherCaseIsNotTakenForTheFile() throws Exception {
        Files.move(there.resolve("pack.json"), there.resolve("other"));
        Files.move(there.resolve("other"), there.resolve("Pack.json"));

        PackChecker.Result result = PackChecker.check(there, Validation.STANDARD);

        assertThat(result.pack()).isEmpty();
        assertThat(result.findings()).extracting(Finding::message).anyMatch(text -> text.contains("Pack.json"));

        Files.move(there.resolve("Pack.json"), there.resolve("other"));
        Files.move(there.resolve("other"), there.resolve("pack.json"));
        Files.move(there.resolve("values.yaml"), there.resolve("other"));
        Files.move(there.resolve("other"), there.resolve("Values.yaml"));
        assertThat(PackChecker.check(there, Validation.STANDARD).findings())
                .extracting(Finding::message)
                .anyMatch(text -> text.startsWith("The file is missing."));
    }

    @Test
    void packComesOutOfItsArchiveAsItWas() throws Exception {
        Path unpacked = Files.createDirectory(windows.getPath("C:\\unpacked"));
        byte[] archive = archive(here);

        PackUnpacker.unpack(new ByteArrayInputStream(archive), unpacked, 1024 * 1024);

        try (Stream<Path> files = Files.walk(unpacked)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(6);
        }
    }
}
