package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive to install, as the build made it: what is in it, and that it runs with Java and a shell alone. */
class InstallArchiveIT {

    private static final long LARGEST = 20_000_000;
    private static final int BIG = 48 * 1024 * 1024;
    private static final int FEW = 50;
    private static final String COMPILED = "-Xlog:jit+compilation=debug:file=";
    private static final Path TARGET = Project.CLI.resolve("target");

    @TempDir
    private static Path folder;

    private static Path home;
    private static Path tools;

    @BeforeAll
    static void unpack() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Shell.run(folder, List.of("tar", "-xzf", archive(".tar.gz").toString()));
        try (Stream<Path> files = Files.list(folder)) {
            home = files.findFirst().orElseThrow().toRealPath();
        }
        Shell.run(folder, List.of("chmod", "-R", "a-w", home.toString()));
        // A path with what a small machine has, and no Maven.
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of(
                "sh",
                "readlink",
                "dirname",
                "ls",
                "cksum",
                "tr",
                "sed",
                "head",
                "find",
                "mkdir",
                "rmdir",
                "rm",
                "mv")) {
            Files.createSymbolicLink(
                    tools.resolve(tool),
                    Path.of(Shell.run(folder, List.of("sh", "-c", "command -v " + tool))
                            .strip()));
        }
    }

    private static Path archive(String ending) throws IOException {
        Path named = TARGET.resolve("spectro-pack-" + BuiltVersion.read().number() + ending);
        // Without Git the file has the POM's version, which nobody is told.
        return Files.exists(named) ? named : TARGET.resolve("spectro-pack-999999-SNAPSHOT" + ending);
    }

    /** As another user where that is possible, in the root folder, where nobody but root writes. */
    private static CommandRun start(Map<String, String> variables, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (Shell.has("setpriv") && System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of("env", "-i", "PATH=" + tools, "JAVA_HOME=" + System.getProperty("java.home")));
        variables.forEach((name, value) -> command.add(name + "=" + value));
        command.add(home.resolve("bin/spectro-pack").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandRun(process.waitFor(), out, Files.readString(folder.resolve("err")));
    }

    @Test
    void itIsSmallAndHoldsWhatIsSaid() throws Exception {
        assertThat(Files.size(archive(".tar.gz"))).isLessThan(LARGEST);
        assertThat(Files.size(archive(".zip"))).isLessThan(LARGEST);
        assertThat(home.resolve("bin/spectro-pack")).hasSameBinaryContentAs(Project.CLI.resolve("spectro-pack"));
        assertThat(home.resolve("bin/spectro-pack.bat"))
                .content()
                .contains("SpectroPack %CMD_LINE_ARGS%")
                .contains(LauncherOptions.of(Project.CLI.resolve("spectro-pack")));
        assertThat(home.resolve("completion"))
                .isDirectoryContaining("glob:**/spectro-pack.bash")
                .isDirectoryContaining("glob:**/_spectro-pack")
                .isDirectoryContaining("glob:**/spectro-pack.fish");
        String licences = Files.readString(home.resolve("licenses/THIRD-PARTY.txt"));
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            assertThat(libraries
                            .map(library -> library.getFileName().toString().replaceFirst("-[0-9.]+\\.jar$", ""))
                            .filter(name -> !name.equals("spectro-pack.jar")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(licences).contains(":" + name + ":"));
        }
    }

    /** The bits of modes are part of an archive's digest. */
    @Test
    void examplesAreThePacksOfTheTree() throws Exception {
        for (Path examples : List.of(Project.CLI.resolve("../examples"), home.resolve("examples"))) {
            try (Stream<Path> scripts =
                    Files.find(examples, 9, (file, is) -> file.toString().endsWith(".sh"))) {
                assertThat(scripts).isNotEmpty().allMatch(Files::isExecutable);
            }
        }
    }

    @Test
    void bothFormsHoldTheSameAndNothingOfTheMachineOrTheDay() throws Exception {
        List<String> lines = Shell.run(
                        folder,
                        List.of("tar", "--utc", "-tvzf", archive(".tar.gz").toString()))
                .lines()
                .toList();
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line).contains(" 1980-02-01 00:00 ").containsPattern("^.rw.r-.r-. root/root "));
        try (ZipFile zip = new ZipFile(archive(".zip").toFile())) {
            assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName()))
                    .containsExactlyInAnyOrderElementsOf(lines.stream()
                            .map(line -> line.replaceFirst("^.*? 00:00 ", ""))
                            .filter(name -> !name.endsWith("/"))
                            .toList());
        }
    }

    @Test
    void itRunsFromAnotherFolderAndKeepsClassesForItsUser() throws Exception {
        Path cache = forEverybody("cache");
        Map<String, String> variables = Map.of("XDG_CACHE_HOME", cache.toString());

        CommandRun demo = start(variables, "demo").succeeds();
        assertThat(demo.out()).contains("Published ");
        assertThat(start(variables, "--version").succeeds().out())
                .startsWith("spectro-pack " + home.getFileName().toString().replaceFirst("spectro-pack-", ""));

        awaitClasses(cache);
        Path log = cache.resolve("classes.log");
        start(
                        Map.of("XDG_CACHE_HOME", cache.toString(), "JAVA_OPTS", "-Xlog:class+load:file=" + log),
                        "validate",
                        home.resolve("examples/hello-both").toString())
                .succeeds();
        assertThat(log)
                .content()
                .contains("io.jenkins.plugins.spectropack.cli.SpectroPack source: shared objects file");
    }

    private static Path forEverybody(String name) throws IOException {
        return Files.setPosixFilePermissions(
                Files.createDirectory(folder.resolve(name)), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static void awaitClasses(Path cache) throws IOException, InterruptedException {
        for (int looks = 0; looks < 1200; looks++) {
            if (Files.isDirectory(cache.resolve("spectro-pack"))) {
                try (Stream<Path> files = Files.list(cache.resolve("spectro-pack"))) {
                    if (files.anyMatch(file -> file.toString().endsWith(".jsa"))) {
                        return;
                    }
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no shared classes in " + cache);
    }

    /** With the processor's instructions a digest takes a tenth of the time; little else would pay. */
    @Test
    void digestsAreWhatTheOptimisingCompilerCompiles() throws Exception {
        Path work = forEverybody("work");
        Path pack = SamplePacks.write(work.resolve("my-pack"), "sample", "1.0.0");
        byte[] content = new byte[BIG];
        new Random(1).nextBytes(content);
        Files.write(pack.resolve("big.bin"), content);
        Path log = work.resolve("compiled.log");

        CommandRun run = start(
                        Map.of("XDG_CACHE_HOME", work.toString(), "JAVA_OPTS", COMPILED + log),
                        "archive",
                        "-o",
                        work.resolve("sample.tar.gz").toString(),
                        pack.toString())
                .succeeds();

        // HotSpot calls the optimising compiler's code level 4.
        List<String> optimised = Files.readAllLines(log).stream()
                .filter(line -> line.matches(".* 4 +[\\w.$]+::.*"))
                .toList();
        assertThat(optimised).anyMatch(line -> line.contains(" sun.security.provider.DigestBase::"));
        assertThat(optimised).hasSizeLessThan(FEW);
        assertThat(run.output()).contains("sha256:").doesNotContain("CompileCommand");
    }

    @Test
    void whatJavaSaysOfItsOptionsIsShown() throws Exception {
        CommandRun run = start(
                        Map.of("XDG_CACHE_HOME", "/proc/nowhere", "JAVA_OPTS", "-XX:+UseParallelGC"), "--version")
                .fails(1);

        assertThat(run.output()).contains("Multiple garbage collectors selected");
    }

    @Test
    void itRunsWhereNothingCanBeKept() throws Exception {
        CommandRun run = start(Map.of("XDG_CACHE_HOME", "/proc/nowhere"), "validate", home + "/examples/*")
                .succeeds();

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("valid, hello-both:");
    }
}
