package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pack against archives that other tools made, as people do by hand. */
class ArchiveComparisonTest {

    private static final String SAME = "No file differs.";

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        folder = SamplePacks.write(temp.resolve("pack"), "sample", "1.0.0");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("values.yaml"));
        Files.writeString(folder.resolve("x".repeat(120)), "long name");
        Files.writeString(folder.resolve("grüße.txt"), "hello");
        Files.createDirectory(folder.resolve("empty"));
    }

    private byte[] shell(String script) throws IOException {
        Shell.run(temp, Map.of("LC_ALL", "C.UTF-8"), List.of("sh", "-ec", script));
        return Files.readAllBytes(temp.resolve("by-hand.tar.gz"));
    }

    private byte[] tar(String arguments) throws IOException {
        return shell("tar -czf by-hand.tar.gz " + arguments);
    }

    private String difference(byte[] archive) throws IOException, InterruptedException {
        return SamplePacks.check(folder)
                .differenceTo(new ByteArrayInputStream(archive))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tar -czf by-hand.tar.gz pack",
                "tar -czf by-hand.tar.gz ./pack",
                "tar --format=gnu -czf by-hand.tar.gz pack",
                "tar --format=oldgnu -czf by-hand.tar.gz pack",
                "tar --format=posix --mtime=2020-01-01 --owner=me:1000 -czf by-hand.tar.gz pack",
                "tar --format=posix --xattrs --acls -czf by-hand.tar.gz pack",
                "tar --format=gnu -V label -czf by-hand.tar.gz pack",
                "tar --format=posix -V label -czf by-hand.tar.gz pack",
                "find pack -type f -o -type l | tar --no-recursion -T - -czf by-hand.tar.gz",
                "find pack -type f -o -type l | sort -r | tar --no-recursion -T - -czf by-hand.tar.gz",
                "tar -cf by-hand.tar pack/README.md && tar -rf by-hand.tar pack && gzip by-hand.tar",
                "tar -cf - pack | split -b 3000 - part. && for p in part.*; do gzip -c $p; done > by-hand.tar.gz"
            })
    void whateverGnuTarWritesIsTheSame(String script) throws Exception {
        assertThat(difference(shell(script))).isEqualTo(SAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnutar", "ustar", "pax", "v7"})
    void whateverBsdtarWritesIsTheSame(String format) throws Exception {
        assumeTrue(Shell.has("bsdtar"), "bsdtar is not installed");
        if (!format.equals("gnutar") && !format.equals("pax")) {
            Files.delete(folder.resolve("x".repeat(120)));
        }
        assertThat(difference(shell("bsdtar --format=" + format + " -czf by-hand.tar.gz pack")))
                .isEqualTo(SAME);
    }

    @Test
    void whateverBusyboxWritesIsTheSame() throws Exception {
        assumeTrue(Shell.has("busybox"), "busybox is not installed");
        assertThat(difference(shell("busybox tar -czf by-hand.tar.gz pack"))).isEqualTo(SAME);
        assertThat(difference(shell("busybox tar -czf by-hand.tar.gz ./pack"))).isEqualTo(SAME);
    }

    @Test
    void secondNamesOfOneFileAreTheSame() throws Exception {
        Files.createLink(folder.resolve("second.yaml"), folder.resolve("values.yaml"));
        Files.createLink(folder.resolve("a-second.md"), folder.resolve("README.md"));
        List<byte[]> archives = List.of(tar("pack"), tar("./pack"), tar("--hard-dereference pack"));

        for (byte[] archive : archives) {
            assertThat(difference(archive)).isEqualTo(SAME);
        }
        for (String one : List.of("second.yaml", "a-second.md")) {
            Files.delete(folder.resolve(one));
            Files.writeString(folder.resolve(one), "other");
        }
        String changed = "What differs: a-second.md (changed), second.yaml (changed).";
        assertThat(difference(archives.get(0))).isEqualTo(changed);
        assertThat(difference(archives.get(2))).isEqualTo(changed);
        Files.delete(folder.resolve("a-second.md"));
        assertThat(difference(archives.get(0))).isEqualTo("What differs: a-second.md (gone), second.yaml (changed).");
    }

    @Test
    void bsdtarsSecondNamesAreTheSame() throws Exception {
        assumeTrue(Shell.has("bsdtar"), "bsdtar is not installed");
        Files.delete(folder.resolve("x".repeat(120)));
        Files.createLink(folder.resolve("second.yaml"), folder.resolve("values.yaml"));

        for (String format : List.of("gnutar", "ustar", "pax")) {
            assertThat(difference(shell("bsdtar --format=" + format + " -czf by-hand.tar.gz pack")))
                    .as(format)
                    .isEqualTo(SAME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=gnu", "--format=posix", "--format=posix --sparse-version=0.1"})
    void filesWithHolesAreTheSame(String format) throws Exception {
        Shell.run(folder, List.of("sh", "-c", "truncate -s 3M holes && echo end >> holes && echo small > plain"));

        assertThat(difference(tar("-S " + format + " pack"))).isEqualTo(SAME);
    }

    @Test
    void whatMacOsAddsDoesNotCount() throws Exception {
        byte[] archive = shell("cp -r pack mac && mkdir -p mac/manifests && echo x > mac/._values.yaml"
                + " && echo x > mac/manifests/._config.yaml && echo x > mac/.DS_Store && echo x > ._mac"
                + " && tar -czf by-hand.tar.gz ._mac mac");

        assertThat(difference(archive)).isEqualTo(SAME);
    }

    @Test
    void namesAsMacOsTakesThemApartAreTheSame() throws Exception {
        Path apart = temp.resolve("apart/pack");
        Files.createDirectories(apart.getParent());
        Shell.run(temp, List.of("cp", "-r", "--no-dereference", "pack", "apart/pack"));
        Files.move(apart.resolve("grüße.txt"), apart.resolve(Normalizer.normalize("grüße.txt", Normalizer.Form.NFD)));

        assertThat(difference(tar("-C apart pack"))).isEqualTo(SAME);
    }

    @Test
    void theFoldersNameMeansNothingButThereHasToBeOne() throws Exception {
        byte[] archive = tar("pack");
        byte[] flat = tar("-C pack pack.json values.yaml");
        Files.move(folder, temp.resolve("renamed"));
        folder = temp.resolve("renamed");

        assertThat(difference(archive)).isEqualTo(SAME);
        assertThat(difference(flat))
                .contains("pack.json (new), pack.json outside the top-level folder (gone)")
                .contains("values.yaml outside the top-level folder (gone)");
    }

    @Test
    void modesDoNotCount() throws Exception {
        byte[] archive = tar("pack");
        Files.setPosixFilePermissions(folder.resolve("values.yaml"), PosixFilePermissions.fromString("rwxr--r--"));

        assertThat(difference(archive)).isEqualTo(SAME);
    }

    @Test
    void everyDifferenceIsNamed() throws Exception {
        byte[] archive = tar("pack");
        Path values = folder.resolve("values.yaml");
        Files.writeString(values, Files.readString(values).replace("sample", "simple"));
        Files.writeString(folder.resolve("more\nlines"), "");
        Files.delete(folder.resolve("grüße.txt"));
        Files.delete(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("README.md"));
        Files.writeString(folder.resolve("README.md"), "# Sample\r\n");

        assertThat(difference(archive))
                .isEqualTo("What differs: README.md (only line ends differ), grüße.txt (gone), link (changed),"
                        + " more\\u000Alines (new), values.yaml (changed).");
    }

    @Test
    void theFirstTwentyAreNamed() throws Exception {
        byte[] archive = tar("pack");
        for (int i = 10; i < 60; i++) {
            Files.writeString(folder.resolve("file-" + i), "");
        }

        assertThat(difference(archive))
                .startsWith("What differs: file-10 (new), file-11 (new), ")
                .endsWith(", file-29 (new) and 30 more.");
    }

    @Test
    void lineEndsAloneAreTold() throws Exception {
        Files.writeString(folder.resolve("manifests/config.yaml"), "apiVersion: v1\r\nkind: ConfigMap\r\n");
        Files.writeString(folder.resolve("values.yaml"), "a: 1\n");
        byte[] archive = tar("pack");
        Files.writeString(folder.resolve("manifests/config.yaml"), "apiVersion: v1\nkind: ConfigMap\n");
        Files.writeString(folder.resolve("values.yaml"), "a: 1\r\n");

        assertThat(difference(archive)).isEqualTo("Only line ends differ, in manifests/config.yaml, values.yaml.");
    }

    @Test
    void largeFilesAreComparedToTheirEnd() throws Exception {
        byte[] large = new byte[3 << 20];
        Files.write(folder.resolve("large"), large);
        byte[] archive = tar("pack");
        assertThat(difference(archive)).isEqualTo(SAME);

        large[large.length - 1] = 1;
        Files.write(folder.resolve("large"), large);
        assertThat(difference(archive)).isEqualTo("What differs: large (changed).");
    }

    @Test
    void whatIsNoArchiveIsDifferent() throws Exception {
        assertThat(difference("no archive".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        "The archive there is no gzip-compressed tar archive, or it is damaged (Not in GZIP format).");
        assertThat(difference(new byte[0]))
                .isEqualTo("The archive there is no gzip-compressed tar archive, or it is damaged (it ends early).");
        byte[] archive = tar("pack");
        assertThat(difference(Arrays.copyOf(archive, archive.length / 2)))
                .contains("The archive there is no gzip-compressed tar archive, or it is damaged (");
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
        assertThatThrownBy(() -> pack.differenceTo(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }
}
