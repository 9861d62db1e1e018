package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/** Packs that are broken, or made to do harm: refused before anything is sent, or published as they are. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostilePacksTest {

    private static final ReliabilityTable TABLE = new ReliabilityTable("packs", "The pack", "Ends", "What is said");
    private static final int MEBI = 1024 * 1024;

    @WorkingFolder
    private Path folder;

    private Path pack;
    private Path temporary;

    @Started
    private EcrSandbox sandbox;

    /** Does something to a pack. */
    @FunctionalInterface
    private interface Change {
        void to(Path pack) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        fresh();
    }

    @AfterAll
    static void compareWithTheDocument() throws IOException {
        TABLE.check();
    }

    private void fresh() throws IOException {
        if (pack != null) {
            delete(pack);
        }
        pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private static void delete(Path tree) {
        // Java cannot delete names that it cannot say.
        Shell.run(tree.getParent(), List.of("rm", "-rf", tree.toString()));
    }

    private CommandRun publish() throws IOException {
        try (InProcess process = InProcess.of(sandbox, temporary, InProcess.PATIENT)) {
            CommandRun run = process.publish("--validation", "off", pack.toString());
            assertThat(temporary).isEmptyDirectory();
            return run;
        }
    }

    private void refused(String name, String file, String said, Change change) throws IOException {
        change.to(pack);
        CommandRun run = publish();
        String text = RegistryState.said(run, sandbox, folder);
        TABLE.row(name, RegistryState.end(run), text.length() > 400 ? text.substring(0, 400) + "…" : text);
        run.fails(ExitCode.INVALID_PACK);
        assertThat(run.err().lines().filter(line -> line.startsWith("ERROR")))
                .as(run.err())
                .isNotEmpty()
                .allMatch(line -> line.replaceFirst(":[0-9]+: ", ": ")
                        .startsWith("ERROR " + pack.resolve(file).normalize() + ": "))
                .first()
                .asString()
                .contains(said);
        assertThat(sandbox.requests().all()).as(name).isEmpty();
        fresh();
    }

    private CommandRun published(String name, Change change) throws IOException {
        change.to(pack);
        CommandRun run = publish();
        TABLE.row(name, RegistryState.end(run), RegistryState.said(run, sandbox, folder));
        run.succeeds();
        RegistryState.assertWhole(sandbox);
        return run;
    }

    private static Change packJson(String text) {
        return pack -> Files.writeString(pack.resolve("pack.json"), text);
    }

    private static Change link(String name, String target) {
        return pack -> Files.createSymbolicLink(pack.resolve(name), Path.of(target));
    }

    private static Change shell(String script) {
        return pack -> Shell.run(pack, Map.of("LC_ALL", "C"), List.of("sh", "-c", script));
    }

    @Test
    @Order(1)
    void linksThatLeadAstrayAreRefused() throws Exception {
        String out = "The link leads out of the pack, to ";
        refused("a link out of the pack", "leak", out + "../secret.", pack -> {
            Files.writeString(folder.resolve("secret"), "secret");
            link("leak", "../secret").to(pack);
        });
        refused(
                "a link out of the pack and back in",
                "leak",
                out + "/",
                pack -> link("leak", pack.resolve("values.yaml").toString()).to(pack));
        refused("a link to a file of the machine", "charts", out + "/etc.", link("charts", "/etc"));
        refused("a link by way of a folder that is a link out of the pack", "folder", out, pack -> {
            link("folder", "../tmp").to(pack);
            link("leak", "folder/../../secret").to(pack);
        });
        refused("a link that leads back to itself", "loop", "it leads back to itself", link("loop", "loop"));
        refused("two links that lead to each other", "a", "it leads back to itself", pack -> {
            link("a", "b").to(pack);
            link("b", "a").to(pack);
        });
        refused("a link to nowhere", "gone", "The link leads nowhere.", link("gone", "missing"));
        refused("pack.json is a link", "pack.json", "It must be a file, not a link or a folder.", pack -> {
            Files.move(pack.resolve("pack.json"), pack.resolve("other.json"));
            link("pack.json", "other.json").to(pack);
        });
    }

    @Test
    @Order(2)
    void whatIsNoFileIsRefused() throws Exception {
        String special = "It is neither a file nor a folder nor a link (a device, a pipe or a socket). Remove it.";
        refused("a pipe", "pipe", special, shell("mkfifo pipe"));
        refused("pack.json is a pipe", "pack.json", "It must be a file", shell("rm pack.json && mkfifo pack.json"));
        Path socket = Path.of("/tmp")
                .resolve("spectro-socket-" + ProcessHandle.current().pid());
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            refused("a socket", "socket", special, pack -> Files.move(socket, pack.resolve("socket")));
        }
    }

    @Test
    void packCannotWriteLinesOfItsOwnIntoTheLog() throws Exception {
        link("a\nPUBLISHED \u202E\u001B[2J", "missing\nb").to(pack);
        Files.writeString(
                pack.resolve("pack.json"), json("").replace("sample", "x\\n1 pack: 1 published." + "y".repeat(200)));

        CommandRun run = publish().fails(ExitCode.INVALID_PACK);

        assertThat(run.err().lines())
                .hasSizeBetween(4, 8)
                .allMatch(line ->
                        line.matches("(ERROR|WARNING|Error:|1 pack found;|1 pack checked:) .*") && line.length() < 700);
        assertThat(run.err())
                .contains("/a\\u000APUBLISHED \\u202E\\u001B[2J: The link leads nowhere.")
                .contains("The name 'x\\u000A1 pack: 1 published.y");
    }

    @Test
    void deviceIsRefused() throws Exception {
        try {
            shell("mknod device c 1 3").to(pack);
        } catch (AssertionError e) {
            assumeTrue(false, "only root can make a device");
        }
        assertThat(publish().fails(ExitCode.INVALID_PACK).err())
                .contains("ERROR " + pack.resolve("device") + ": It is neither a file nor a folder nor a link");
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRefused() throws Exception {
        assumeTrue(Shell.has("setpriv") && "root".equals(System.getProperty("user.name")), "root can give up reading");
        Path secret = Files.writeString(pack.resolve("secret.yaml"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assertThat(withoutReadingEverything().err())
                .contains("ERROR my-pack/secret.yaml: The file cannot be read: permission denied.");
        Files.delete(secret);

        Path closed = Files.createDirectory(pack.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assertThat(withoutReadingEverything().err())
                .contains("ERROR my-pack/closed: The folder cannot be read: permission denied.");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Files.delete(closed);

        Files.setPosixFilePermissions(pack.resolve("pack.json"), PosixFilePermissions.fromString("---------"));
        assertThat(withoutReadingEverything().err())
                .contains("ERROR my-pack/pack.json: The file cannot be read: permission denied.");
        assertThat(sandbox.requests().all()).isEmpty();
    }

    private CommandRun withoutReadingEverything() throws InterruptedException {
        return CommandRun.in(folder)
                .with(sandbox.environment())
                .through("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
                .run("publish", "--repository-name", "acme", "my-pack")
                .fails(ExitCode.INVALID_PACK);
    }

    @Test
    @Order(3)
    void namesThatNoTarCanSayAreRefused() throws Exception {
        refused(
                "a file name that is not UTF-8",
                ".",
                "",
                shell("touch \"$(printf 'bad-\\377\\376.yaml')\""),
                "The name is not UTF-8, or this machine's locale is not. Rename the file, or set LC_ALL=C.UTF-8.");
        refused(
                "a folder name that is not UTF-8",
                ".",
                "",
                shell("mkdir \"$(printf 'bad-\\377')\" && touch \"$(printf 'bad-\\377')/x\""),
                "The name is not UTF-8");
    }

    /** The file's name comes out as replacement characters. */
    private void refused(String name, String file, String ignored, Change change, String said) throws IOException {
        change.to(pack);
        CommandRun run = publish().fails(ExitCode.INVALID_PACK);
        TABLE.row(name, RegistryState.end(run), RegistryState.said(run, sandbox, folder));
        assertThat(run.err()).contains("ERROR " + pack + "/bad-\uFFFD").contains(said);
        assertThat(sandbox.requests().all()).isEmpty();
        fresh();
    }

    private static String json(String more) {
        return "{\"name\": \"sample\", \"version\": \"1.0.0\", \"displayName\": \"S\", \"layer\": \"addon\"" + more
                + "}";
    }

    @Test
    @Order(4)
    void brokenPackJsonIsRefused() throws Exception {
        refused(
                "pack.json with a key twice",
                "pack.json",
                "The file is not JSON (line 1, column",
                packJson(json(", \"name\": \"other\"")));
        refused("pack.json with a byte order mark", "pack.json", "byte order mark", packJson("\uFEFF" + json("")));
        refused("pack.json with NaN", "pack.json", "The file is not JSON", packJson(json(", \"x\": NaN")));
        refused("pack.json with a comment", "pack.json", "The file is not JSON", packJson("// c\n" + json("")));
        refused("pack.json that ends early", "pack.json", "The file is not JSON", packJson("{\"name\": \"sam"));
        refused("pack.json with more after its end", "pack.json", "The file is not JSON", packJson(json("") + "{}"));
        refused(
                "pack.json of 50 MB",
                "pack.json",
                "The file has more than 1 MiB.",
                packJson(json(", \"x\": \"" + "x".repeat(50 * MEBI) + "\"")));
        refused(
                "pack.json nested 100,000 deep",
                "pack.json",
                "The file is not JSON",
                packJson(json(", \"x\": " + "[".repeat(100_000) + "]".repeat(100_000))));
        refused(
                "pack.json with a number of 10,000 digits",
                "pack.json",
                "The file is not JSON",
                packJson(json(", \"x\": " + "9".repeat(10_000))));
        refused(
                "pack.json that is not UTF-8",
                "pack.json",
                "The file is not UTF-8.",
                pack -> Files.write(pack.resolve("pack.json"), new byte[] {'{', (byte) 0xC3, '}'}));
        refused("an empty pack.json", "pack.json", "The file is empty.", packJson(""));
        refused("no pack.json", "pack.json", "The file is missing", pack -> Files.delete(pack.resolve("pack.json")));
        refused("pack.json is a folder", "pack.json", "It must be a file", pack -> {
            Files.delete(pack.resolve("pack.json"));
            Files.createDirectory(pack.resolve("pack.json"));
        });
        String name = "cannot be part of a repository's name in ECR.";
        for (String bad :
                List.of("../x", "/x", "a/b", "Upper", "a+b", "a--b", ".a", "a b", "\\u0000", "ä", "\\u001b[2J")) {
            refused("the name " + bad, "pack.json", name, packJson(json("").replace("sample", bad)));
        }
        refused(
                "a name of 400,001 characters",
                "pack.json",
                "The name has 400001 characters, but",
                packJson(json("").replace("sample", "a" + ".a".repeat(200_000))));
        refused("the version 1.0.0+7", "pack.json", "holds a '+'", packJson(json("").replace("1.0.0", "1.0.0+7")));
        for (String bad : List.of("../1", "1/2", "-1", "v".repeat(129), "1\\n2")) {
            refused(
                    "the version " + (bad.length() > 100 ? "of 129 characters" : bad),
                    "pack.json",
                    "cannot be an OCI tag.",
                    packJson(json("").replace("1.0.0", bad)));
        }
        refused(
                "a name that makes the repository's longer than 256",
                "pack.json",
                "256",
                packJson(json("").replace("sample", "a".repeat(250))));
    }

    @Test
    @Order(5)
    void oddPacksArePublishedAsTheyAre() throws Exception {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
                + Stream.of("b", "c", "d", "e", "f", "g", "h", "i")
                        .map(key -> key + ": &" + key + " ["
                                + Stream.generate(() -> "*" + (char) (key.charAt(0) - 1))
                                        .limit(9)
                                        .collect(Collectors.joining(","))
                                + "]\n")
                        .collect(Collectors.joining());
        published(
                "values.yaml with an alias bomb, which is refused unless validation is off",
                pack -> Files.writeString(pack.resolve("values.yaml"), bomb));
        published("links that stay in the pack, long and non-ASCII names, spaces, line breaks", pack -> {
            Files.writeString(pack.resolve("pack.json"), json("").replace("1.0.0", "1.0.2"));
            link("manifests/again.yaml", "config.yaml").to(pack);
            link("all", "manifests").to(pack);
            Files.writeString(pack.resolve("grüße 世界 😀.yaml"), "x");
            Files.writeString(pack.resolve("line\nbreak"), "x");
            Files.writeString(pack.resolve("-rf"), "x");
            Files.writeString(pack.resolve("x".repeat(255)), "x");
            Path deep = pack;
            for (int i = 0; i < 12; i++) {
                deep = deep.resolve("d".repeat(200));
            }
            Files.createDirectories(deep);
            Files.writeString(deep.resolve("end"), "deep");
        });
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Shell.run(
                unpacked,
                Map.of("LC_ALL", "C.UTF-8"),
                List.of("tar", "-xzf", layer("1.0.2").toString()));
        Shell.run(
                folder,
                List.of(
                        "diff",
                        "--no-dereference",
                        "-r",
                        pack.toString(),
                        unpacked.resolve("my-pack").toString()));
        delete(unpacked);
    }

    private Path layer(String tag) throws IOException {
        byte[] manifest = sandbox.manifest(RegistryState.REPOSITORY, tag).orElseThrow();
        return sandbox.blob(
                RegistryState.REPOSITORY,
                JsonMapper.shared()
                        .readTree(manifest)
                        .path("layers")
                        .path(0)
                        .path("digest")
                        .stringValue());
    }

    @Test
    @Order(6)
    void hundredThousandFilesArePublished() throws Exception {
        published("100,000 files", shell("mkdir many && cd many && seq 1 100000 | xargs touch"));
        String listed =
                Shell.run(folder, List.of("sh", "-c", "tar -tzf " + layer("1.0.0") + " | grep -c '/many/[0-9]'"));
        assertThat(listed.strip()).isEqualTo("100000");
        fresh();
    }

    /** Does something again and again while a pack is published, until it was. */
    private CommandRun publishWhile(Runnable change) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            while (!done.get()) {
                change.run();
            }
        });
        thread.start();
        try {
            return publish();
        } finally {
            done.set(true);
            thread.join();
        }
    }

    private void changing(String name, Path file, Runnable change, String said) throws Exception {
        CommandRun run = publishWhile(change).fails(ExitCode.FAILED);
        TABLE.row(name, RegistryState.end(run), RegistryState.said(run, sandbox, folder));
        assertThat(run.err()).contains("sample:1.0.0: FAILED. " + file + ": " + said);
        assertThat(sandbox.requests().matching(Match.service("registry"))).isEmpty();
        assertThat(sandbox.repositories()).isEmpty();
    }

    /** Archiving waits for its turn at this file long enough that a change always comes in between. */
    private Path slowFile() throws IOException {
        Path file = pack.resolve("a-big.bin");
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(256L * MEBI);
            channel.write(java.nio.ByteBuffer.wrap(new byte[1]));
        }
        return file;
    }

    @Test
    @Order(7)
    void fileThatChangesWhileItIsArchivedIsTold() throws Exception {
        Path big = slowFile();
        changing(
                "a file that grows while it is archived",
                big,
                () -> append(big),
                "The file changed while it was archived. Publish when nothing writes to the pack's folder any more.");
        Files.delete(big);

        slowFile();
        Path victim = Files.writeString(pack.resolve("z-last.yaml"), "x");
        List<CommandRun> runs = new ArrayList<>();
        Thread publisher = new Thread(() -> {
            try {
                runs.add(publish());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        sandbox.requests().clear();
        publisher.start();
        sandbox.requests().await(Match.api("GetAuthorizationToken"), Duration.ofSeconds(60));
        OpenFiles.await(ProcessHandle.current().pid(), big);
        Files.delete(victim);
        publisher.join();
        CommandRun run = runs.get(0).fails(ExitCode.FAILED);
        TABLE.row(
                "a file that vanishes while the pack is archived",
                RegistryState.end(run),
                RegistryState.said(run, sandbox, folder));
        assertThat(run.err()).contains("sample:1.0.0: FAILED. " + victim + ": The file cannot be read: it is gone.");
        assertThat(sandbox.requests().matching(Match.service("registry"))).isEmpty();
    }

    private static void append(Path file) {
        try {
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
            Thread.sleep(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
