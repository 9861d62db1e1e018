package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** What holds for the archive of every tree. */
class ArchivePropertiesTest {

    private static final PackArchiver ARCHIVER = new PackArchiver(PackArchiver.DEFAULT_TIME);

    private Path temp;

    /**
     * One entry of a tree.
     *
     * @param path its folders and its name
     * @param kind {@code file}, {@code executable}, {@code folder} or {@code link}
     */
    record Node(List<String> path, String kind, byte[] content) {}

    @BeforeTry
    void makeFolder() throws IOException {
        temp = Files.createTempDirectory("archive-properties");
    }

    @AfterTry
    void deleteFolder() {
        Shell.run(Path.of("/"), List.of("rm", "-rf", temp.toString()));
    }

    @Provide
    Arbitrary<List<Node>> trees() {
        Arbitrary<String> plain = Arbitraries.strings()
                .withChars("ab.- \u00e4\u4e16\n\\\"'*?")
                .ofMinLength(1)
                .ofMaxLength(6);
        Arbitrary<String> longName =
                Arbitraries.strings().withChars("xy").ofMinLength(90).ofMaxLength(200);
        Arbitrary<String> name = Arbitraries.frequencyOf(Tuple.of(6, plain), Tuple.of(1, longName))
                .filter(text -> !text.equals(".") && !text.equals(".."));
        return Combinators.combine(
                        name.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of("file", "file", "executable", "folder", "link"),
                        contents())
                .as(Node::new)
                .list()
                .ofMaxSize(12);
    }

    /** Small ones, and large ones with stretches that compress and stretches that do not. */
    private static Arbitrary<byte[]> contents() {
        Arbitrary<byte[]> large = Combinators.combine(
                        Arbitraries.randomValue(random -> random),
                        Arbitraries.of(1, 8 * 1024, 100_000, 256 * 1024),
                        Arbitraries.integers().between(1, 4))
                .as((random, unit, stretches) -> {
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    for (int i = 0; i < stretches; i++) {
                        byte[] stretch = new byte[unit + random.nextInt(3) * random.nextInt(unit)];
                        if (random.nextBoolean()) {
                            random.nextBytes(stretch);
                        }
                        content.writeBytes(stretch);
                    }
                    return content.toByteArray();
                });
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.bytes().array(byte[].class).ofMaxSize(2000)), Tuple.of(1, large));
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

    @Property(tries = 60, seed = "20260101")
    void unpacksToTheSameTreeAndIsTheSameEveryTime(@ForAll("trees") List<Node> tree) throws Exception {
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
            assertThat(SamplePacks.check(copy).hasSameFilesAs(stream)).isTrue();
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
        return (executable ? "program " : "file ") + HexFormat.of().formatHex(content);
    }

    /** What Commons Compress reads. */
    private static Map<String, String> read(Path archive) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceFirst("^my-pack/", "").replaceFirst("/$", "");
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
