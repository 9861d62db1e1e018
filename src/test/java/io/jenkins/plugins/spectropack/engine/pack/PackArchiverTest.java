package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackArchiverTest {

    private static final PackArchiver ARCHIVER = new PackArchiver(PackArchiver.DEFAULT_TIME);

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        folder = SamplePacks.write(temp.resolve("my-pack"), "sample", "1.0.0");
    }

    private PackArchive archive(String name) throws IOException, InterruptedException {
        return ARCHIVER.write(SamplePacks.check(folder), temp.resolve(name));
    }

    @Test
    void describesWhatItWrote() throws Exception {
        PackArchive archive = archive("out.tar.gz");

        byte[] bytes = Files.readAllBytes(archive.file());
        assertThat(archive.name()).isEqualTo("sample-1.0.0.tar.gz");
        assertThat(archive.size()).isEqualTo(bytes.length);
        assertThat(archive.digest()).isEqualTo("sha256:" + sha256(bytes));
    }

    @Test
    void withoutAFileItIsTheSameFromMemoryAndMadeAnew() throws Exception {
        PackArchive file = archive("out.tar.gz");
        byte[] bytes = Files.readAllBytes(file.file());
        Files.delete(file.file());

        for (int kept : new int[] {0, bytes.length - 1, bytes.length}) {
            StreamedArchive archive = ARCHIVER.stream(SamplePacks.check(folder), kept, read -> {});

            assertThat(archive.name()).isEqualTo(file.name());
            assertThat(archive.digest()).isEqualTo(file.digest());
            assertThat(archive.size()).isEqualTo(bytes.length);
            for (int time = 0; time < 2; time++) {
                try (InputStream stream = archive.open()) {
                    assertThat(stream.readAllBytes()).isEqualTo(bytes);
                }
            }
        }
    }

    /** The tar inside the gzip does not depend on the zlib that compressed it, so its digest holds on every machine. */
    @Test
    void tarIsTheSameOnEveryMachine() throws Exception {
        PackArchive archive = archive("out.tar.gz");

        try (InputStream tar = new GZIPInputStream(Files.newInputStream(archive.file()))) {
            assertThat(sha256(tar.readAllBytes()))
                    .isEqualTo("eacd22fda5462b2a85f2290f634d4471d1051c77d32d57d03f86dfa4f7adcb0f");
        }
    }

    @Test
    void sameBytesWhateverTimesModesAndOrderOfCreation() throws Exception {
        Files.writeString(folder.resolve("b"), "b");
        Files.writeString(folder.resolve("a"), "a");
        PackArchive first = archive("first.tar.gz");

        Files.delete(folder.resolve("b"));
        Files.delete(folder.resolve("a"));
        Files.writeString(folder.resolve("a"), "a");
        Files.writeString(folder.resolve("b"), "b");
        Files.setPosixFilePermissions(folder.resolve("a"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(folder.resolve("manifests"), PosixFilePermissions.fromString("rwx------"));
        Files.setLastModifiedTime(folder.resolve("pack.json"), FileTime.from(Instant.EPOCH));

        assertThat(archive("second.tar.gz").digest()).isEqualTo(first.digest());
    }

    @Test
    void contentNameAndExecutableBitCount() throws Exception {
        Path script = Files.writeString(folder.resolve("test.sh"), "true\n");
        String digest = archive("a.tar.gz").digest();

        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        String executable = archive("b.tar.gz").digest();
        Files.move(script, folder.resolve("other.sh"));
        String renamed = archive("c.tar.gz").digest();

        assertThat(List.of(digest, executable, renamed)).doesNotHaveDuplicates();
    }

    /** Charts are compressed already, and trying again would cost more than all else. */
    @Test
    void storesWhatCompressionDoesNotMakeSmaller() throws Exception {
        byte[] noise = new byte[700_000];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("a.bin"), noise);
        Files.write(folder.resolve("b.txt"), "repeated ".repeat(100_000).getBytes(StandardCharsets.UTF_8));

        PackArchive archive = archive("out.tar.gz");

        assertThat(archive.size()).isBetween(700_000L, 710_000L);
        String bytes = Files.readString(archive.file(), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(new String(noise, 100_000, 10_000, StandardCharsets.ISO_8859_1));
        Path unpacked = Files.createDirectory(temp.resolve("unpacked"));
        Shell.run(unpacked, List.of("tar", "-xzf", archive.file().toString()));
        assertThat(tree(unpacked.resolve("my-pack"))).isEqualTo(tree(folder));
    }

    @Test
    void timeOfEntriesCanBeChosen() throws Exception {
        PackArchive archive = new PackArchiver(Instant.parse("2024-02-03T04:05:06Z"))
                .write(SamplePacks.check(folder), temp.resolve("out.tar.gz"));

        assertThat(gnuTar("tvzf", archive)).contains("2024-02-03 04:05").doesNotContain("1980");
    }

    @Test
    void gnuTarUnpacksTheSameTree() throws Exception {
        Files.writeString(folder.resolve(".helmignore"), "*.md\n");
        Files.createDirectories(folder.resolve("empty/below"));
        Path longest = folder.resolve("x".repeat(90)).resolve("y".repeat(90));
        Files.createDirectories(longest);
        Files.writeString(longest.resolve("z".repeat(90)), "deep");
        Files.writeString(folder.resolve("grüße-世界.txt"), "hello");
        Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(folder.resolve("manifests/again.yaml"), Path.of("config.yaml"));
        Files.createSymbolicLink(folder.resolve("up"), Path.of("manifests/../values.yaml"));
        Files.createSymbolicLink(folder.resolve("z-folder"), Path.of("manifests"));

        PackArchive archive = archive("out.tar.gz");
        Path unpacked = Files.createDirectory(temp.resolve("unpacked"));
        Shell.run(
                unpacked,
                Map.of("LC_ALL", "C.UTF-8"),
                List.of("tar", "-xzf", archive.file().toString()));

        try (Stream<Path> top = Files.list(unpacked)) {
            assertThat(top.map(path -> path.getFileName().toString())).containsExactly("my-pack");
        }
        assertThat(tree(unpacked.resolve("my-pack"))).isEqualTo(tree(folder));
    }

    @Test
    void archiveIsNeverInItself() throws Exception {
        String digest = archive("outside.tar.gz").digest();

        assertThat(archive("my-pack/inside.tar.gz").digest()).isEqualTo(digest);
        assertThat(archive("my-pack/inside.tar.gz").digest()).isEqualTo(digest);
    }

    @Test
    void failureLeavesWhatWasThereBefore() throws Exception {
        Path output = Files.writeString(temp.resolve("out.tar.gz"), "precious");
        Pack pack = SamplePacks.check(folder);
        Files.createSymbolicLink(folder.resolve("leak"), Path.of("../secret"));
        Files.writeString(temp.resolve("secret"), "secret");

        assertThatThrownBy(() -> ARCHIVER.write(pack, output)).isInstanceOf(PackException.class);
        assertThat(output).hasContent("precious");
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).containsExactlyInAnyOrder(output, folder, temp.resolve("secret"));
        }
    }

    @Test
    void stopsWhenInterrupted() throws Exception {
        Pack pack = SamplePacks.check(folder);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> ARCHIVER.write(pack, temp.resolve("out.tar.gz")))
                .isInstanceOf(InterruptedException.class);
        assertThat(temp.resolve("out.tar.gz")).doesNotExist();
    }

    /** The header comes first, so nobody has to wait for the zeros behind it. */
    @Test
    void fileOfMoreThanEightGibibytesHasItsSizeInTheHeader() throws Exception {
        long size = (8L << 30) + 1;
        try (SeekableByteChannel file = Files.newByteChannel(
                folder.resolve("big.bin"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.position(size - 1);
            file.write(ByteBuffer.wrap(new byte[1]));
        }
        Pack pack = SamplePacks.check(folder);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread archiver = new Thread(() -> {
            try {
                ARCHIVER.write(pack, temp.resolve("out.tar.gz"));
            } catch (IOException | InterruptedException e) {
                ended.set(e);
            }
        });
        archiver.start();

        TarArchiveEntry entry = null;
        while (entry == null && archiver.isAlive()) {
            Thread.sleep(20);
            entry = entryInPartOf("my-pack/big.bin");
        }
        archiver.interrupt();
        archiver.join();

        assertThat(entry).isNotNull();
        assertThat(entry.getSize()).isEqualTo(size);
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).containsExactly(folder);
        }
    }

    private TarArchiveEntry entryInPartOf(String name) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(temp, ".*.part")) {
            for (Path part : parts) {
                try (TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(part)))) {
                    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                        if (entry.getName().equals(name)) {
                            return entry;
                        }
                    }
                } catch (EOFException e) {
                    // Not written so far yet.
                }
            }
        }
        return null;
    }

    @Test
    void linkOutOfThePackIsRefused() throws Exception {
        Files.createSymbolicLink(folder.resolve("manifests/leak"), Path.of("../../other"));
        Files.writeString(temp.resolve("other"), "secret");

        assertRefused("manifests/leak: The link leads out of the pack, to ../../other."
                + " Replace it by the file, or by a relative link within the pack.");
    }

    @Test
    void absoluteLinkIsRefusedEvenIfItLeadsInside() throws Exception {
        Files.createSymbolicLink(folder.resolve("leak"), folder.resolve("values.yaml"));

        assertRefused("leak: The link leads out of the pack, to " + folder.resolve("values.yaml")
                + ". Replace it by the file, or by a relative link within the pack.");
    }

    @Test
    void linkToNowhereAndLinkLoopAreRefused() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("missing"));
        assertRefused("link: The link leads nowhere. Remove it, or mend what it points to.");

        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("link"));
        assertRefused(
                "link: The link cannot be followed: it leads back to itself, or its target cannot be read. Remove it.");
    }

    @Test
    void pipeIsRefused() throws Exception {
        assumeTrue(Shell.has("mkfifo"), "mkfifo is not installed");
        Shell.run(folder, List.of("mkfifo", "pipe"));

        assertRefused("pipe: It is neither a file nor a folder nor a link (a device, a pipe or a socket). Remove it.");
    }

    @Test
    void unreadableFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assumeTrue(!Files.isReadable(file), "this user may read everything");

        assertRefused("secret: The file cannot be read: permission denied.");
    }

    private void assertRefused(String message) throws IOException, InterruptedException {
        PackChecker.Result result = PackChecker.check(folder, Validation.OFF);
        assertThat(result.pack()).isEmpty();
        assertThat(result.findings()).extracting(Finding::toString).containsExactly("ERROR " + message);
    }

    private String gnuTar(String mode, PackArchive archive) {
        return Shell.run(
                temp, Map.of("TZ", "UTC"), List.of("tar", mode, archive.file().toString()));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** What there is by path: a folder, a link's target, or a file's content and executable bit. */
    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String what;
                if (Files.isSymbolicLink(path)) {
                    what = "link to " + Files.readSymbolicLink(path);
                } else if (Files.isDirectory(path)) {
                    what = "folder";
                } else {
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    Files.copy(path, content);
                    what = (Files.isExecutable(path) ? "executable " : "")
                            + HexFormat.of().formatHex(content.toByteArray());
                }
                tree.put(root.relativize(path).toString(), what);
            }
        }
        return tree;
    }
}
