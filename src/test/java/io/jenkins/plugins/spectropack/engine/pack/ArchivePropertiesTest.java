package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.util.Tries;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the archive of every tree. */
class ArchivePropertiesTest {

    private static final PackArchiver ARCHIVER = new PackArchiver(PackArchiver.DEFAULT_TIME);

    @TempDir
    private Path all;

    /**
     * One entry of a tree.
     *
     * @param path its folders and its name
     * @param kind {@code file}, {@code executable}, {@code folder} or {@code link}
     */
    record Node(List<String> path, String kind, byte[] content) {
        @Override
        public String toString() {
            return kind + " " + path + " of " + content.length + " bytes";
        }
    }

    private static List<Node> tree(RandomGenerator random) {
        return Tries.list(
                random,
                0,
                12,
                entry -> new Node(
                        Tries.list(entry, 1, 4, ArchivePropertiesTest::name),
                        Tries.oneOf(entry, "file", "file", "executable", "folder", "link"),
                        content(entry)));
    }

    private static String name(RandomGenerator random) {
        String name = random.nextInt(7) == 0
                ? Tries.text(random, "xy", 90, 200)
                : Tries.text(random, "ab.- \u00e4\u4e16\n\\\"'*?", 1, 6);
        return name.equals(".") || name.equals("..") ? name + "a" : name;
    }

    /** Small ones, and large ones with stretches that compress and stretches that do not. */
    private static byte[] content(RandomGenerator random) {
        if (random.nextInt(6) > 0) {
            return Tries.bytes(random, 2000);
        }
        int unit = Tries.oneOf(random, 1, 8 * 1024, 100_000, 256 * 1024);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int stretches = random.nextInt(1, 5); stretches > 0; stretches--) {
            byte[] stretch = new byte[unit + random.nextInt(3) * random.nextInt(unit)];
            if (random.nextBoolean()) {
                random.nextBytes(stretch);
            }
            content.writeBytes(stretch);
        }
        return content.toByteArray();
    }

    /** Writes what the file system takes of a tree: a path is not a file and a folder at once. */
    private static Pack write(Path folder, List<Node> tree) throws IOException, InterruptedException {
        SamplePacks.write(folder, "sample", "1.0.0");
        for (Node node : tree) {
            Path path = folder;
            for (String name : node.path()) {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    break;
                }
                Files.createDirectories(path);
                path = path.resolve(name);
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            switch (node.kind()) {
                case "folder" -> Files.createDirectories(path);
                case "link" ->
                    Files.createSymbolicLink(path, path.getParent().relativize(folder.resolve("values.yaml")));
                default -> {
                    Files.write(path, node.content());
                    Files.setPosixFilePermissions(
                            path,
                            PosixFilePermissions.fromString(
                                    node.kind().equals("executable") ? "rwxr-x---" : "rw-r-----"));
                }
            }
        }
        return SamplePacks.check(folder);
    }

    @Test
    void unpacksToTheSameTreeAndIsTheSameEveryTime() {
        Tries.of(60, ArchivePropertiesTest::tree, this::unpacksToTheSameTreeAndIsTheSameEveryTime);
    }

    private void unpacksToTheSameTreeAndIsTheSameEveryTime(List<Node> tree) throws Exception {
        Path temp = Files.createTempDirectory(all, "try");
        Path folder = temp.resolve("one/my-pack");
        PackArchive archive = ARCHIVER.write(write(folder, tree), temp.resolve("one.tar.gz"));

        Path unpacked = Files.createDirectory(temp.resolve("unpacked"));
        Shell.run(
                unpacked,
                Map.of("LC_ALL", "C.UTF-8"),
                List.of("tar", "-xzf", archive.file().toString()));
        assertThat(tree(unpacked.resolve("my-pack"))).isEqualTo(tree(folder));
        assertThat(read(archive.file())).isEqualTo(tree(folder));

        Path copy = Files.createDirectory(temp.resolve("two")).resolve("my-pack");
        Shell.run(temp, List.of("cp", "-r", "--no-dereference", folder.toString(), copy.toString()));
        touch(copy);
        assertThat(ARCHIVER.write(SamplePacks.check(copy), temp.resolve("two.tar.gz")))
                .extracting(PackArchive::digest)
                .isEqualTo(archive.digest());
        try (InputStream stream = Files.newInputStream(archive.file())) {
            assertThat(SamplePacks.check(copy).differenceTo(stream)).hasToString("No file differs.");
        }
    }

    private static void touch(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = new ArrayList<>(all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList());
        }
        Collections.shuffle(files, new Random(1));
        for (Path file : files) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(files.indexOf(file))));
        }
    }

    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(path -> !path.equals(root)).toList()) {
                String name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    tree.put(name, "link to " + Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    tree.put(name, "folder");
                } else {
                    tree.put(name, file(Files.isExecutable(path) && isOwnersProgram(path), Files.readAllBytes(path)));
                }
            }
        }
        return tree;
    }

    private static boolean isOwnersProgram(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                        .charAt(2)
                == 'x';
    }

    private static String file(boolean executable, byte[] content) {
        return (executable ? "program" : "file") + " of " + content.length + " bytes, hash " + Arrays.hashCode(content);
    }

    /** What Commons Compress reads. */
    private static Map<String, String> read(Path archive) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().substring("my-pack/".length());
                if (name.endsWith("/")) {
                    name = name.substring(0, name.length() - 1);
                }
                if (name.isEmpty()) {
                    continue;
                }
                if (entry.isSymbolicLink()) {
                    tree.put(name, "link to " + entry.getLinkName());
                } else if (entry.isDirectory()) {
                    tree.put(name, "folder");
                } else {
                    tree.put(name, file((entry.getMode() & 0100) != 0, tar.readAllBytes()));
                }
            }
        }
        return tree;
    }
}
