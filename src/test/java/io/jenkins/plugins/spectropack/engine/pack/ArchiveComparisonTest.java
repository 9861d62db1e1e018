package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pack against archives that GNU tar made, as people do by hand. */
class ArchiveComparisonTest {

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        folder = SamplePacks.write(temp.resolve("pack"), "sample", "1.0.0");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("values.yaml"));
        Files.writeString(folder.resolve("x".repeat(120)), "long name");
    }

    private byte[] tar(String... arguments) throws IOException {
        Path archive = temp.resolve("by-hand.tar.gz");
        Shell.run(temp, List.of("sh", "-c", "tar -czf " + archive + " " + String.join(" ", arguments)));
        return Files.readAllBytes(archive);
    }

    private boolean isSame(byte[] archive) throws IOException, InterruptedException {
        return SamplePacks.check(folder).hasSameFilesAs(new ByteArrayInputStream(archive));
    }

    @Test
    void archivesMadeByHandOfTheSameFilesAreTheSame() throws Exception {
        assertThat(isSame(tar("pack"))).isTrue();
        assertThat(isSame(tar("./pack"))).isTrue();
        assertThat(isSame(tar("--format=posix", "--mtime=2020-01-01", "--owner=me:1000", "pack")))
                .isTrue();
    }

    @Test
    void theFoldersNameMeansNothing() throws Exception {
        byte[] archive = tar("pack");
        Files.move(folder, temp.resolve("renamed"));
        folder = temp.resolve("renamed");

        assertThat(isSame(archive)).isTrue();
    }

    @Test
    void anyDifferenceCounts() throws Exception {
        byte[] archive = tar("pack");

        Path values = folder.resolve("values.yaml");
        String text = Files.readString(values);
        Files.writeString(values, text.replace("sample", "simple"));
        assertThat(isSame(archive)).as("other bytes, same size").isFalse();
        Files.writeString(values, text);
        assertThat(isSame(archive)).isTrue();

        Files.writeString(folder.resolve("more"), "");
        assertThat(isSame(archive)).as("one more here").isFalse();
        Files.delete(folder.resolve("more"));

        Files.setPosixFilePermissions(values, PosixFilePermissions.fromString("rwxr--r--"));
        assertThat(isSame(archive)).as("executable here").isFalse();
        Files.setPosixFilePermissions(values, PosixFilePermissions.fromString("rw-r--r--"));

        Files.delete(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("README.md"));
        assertThat(isSame(archive)).as("another link").isFalse();
        Files.delete(folder.resolve("link"));
        assertThat(isSame(archive)).as("one more there").isFalse();
    }

    @Test
    void whatIsNoArchiveIsDifferent() throws Exception {
        assertThat(isSame("no archive".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(isSame(new byte[0])).isFalse();
        byte[] archive = tar("pack");
        assertThat(isSame(Arrays.copyOf(archive, archive.length / 2))).isFalse();
    }

    @Test
    void aStreamThatFailsIsAFailureAndNotADifference() throws Exception {
        byte[] archive = tar("pack");
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(archive, 0, archive.length / 2), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }
                });

        Pack pack = SamplePacks.check(folder);
        assertThatThrownBy(() -> pack.hasSameFilesAs(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }
}
