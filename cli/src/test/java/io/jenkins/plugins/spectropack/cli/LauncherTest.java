package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code cli/spectro-pack} in a tree that looks built, with a {@code java} that tells what it was started with. */
class LauncherTest {

    private static final String NOBODY = "65534";

    @TempDir
    private Path folder;

    private Path jar;
    private Path javaHome;

    @BeforeEach
    void makeTree() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("cli/src"));
        Files.createDirectories(folder.resolve("src/main/java"));
        Files.copy(Project.CLI.resolve("spectro-pack"), folder.resolve("cli/spectro-pack"));
        Files.createDirectories(folder.resolve("cli/target"));
        Files.writeString(folder.resolve("cli/pom.xml"), "");
        jar = Files.writeString(
                Files.createDirectories(folder.resolve("cli/target/lib")).resolve("spectro-pack.jar"), "");
        Files.writeString(folder.resolve("cli/target/built"), "");
        javaHome = folder.resolve("jdk");
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for word; do
                  case $word in
                    -XX:SharedArchiveFile=*.part) echo classes >"${word#*=}" ;;
                    -XX:DumpLoadedClassList=*) echo names >"${word#*=}" ;;
                    -version) echo "openjdk version \\"$JAVA_VERSION\\" 2021-09-14" >&2 ;;
                  esac
                done
                printf '%s\\n' "$@"
                """);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Lays the launcher and the jar where the archive has them. */
    private Path install() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("installed/bin"));
        Path lib = Files.createDirectories(folder.resolve("installed/lib"));
        jar = Files.writeString(lib.resolve("spectro-pack.jar"), "");
        return Files.copy(Project.CLI.resolve("spectro-pack"), bin.resolve("spectro-pack"));
    }

    private CommandRun launch(List<String> before, Map<String, String> variables) throws Exception {
        return launch(folder.resolve("cli/spectro-pack"), before, variables);
    }

    private CommandRun launch(Path launcher, List<String> before, Map<String, String> variables) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(launcher.toString(), "validate", "my pack"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("TMPDIR");
        builder.environment().putAll(variables);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandRun(process.waitFor(), out, err);
    }

    @Test
    void whatIsBuiltIsStarted() throws Exception {
        CommandRun run = launch(List.of(), Map.of("JAVA_HOME", javaHome.toString(), "TMPDIR", "/var/tmp"))
                .succeeds();

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .contains(
                        "-Djava.io.tmpdir=/var/tmp", "-Dspectropack.terminal=false", "-Dspectropack.terminal.out=false")
                .endsWith("-jar", jar.toRealPath().toString(), "validate", "my pack");
    }

    @Test
    void javaHomeWithoutJavaIsTold() throws Exception {
        CommandRun run = launch(List.of(), Map.of("JAVA_HOME", "/nowhere")).fails(1);

        assertThat(run.err())
                .isEqualTo("Error: JAVA_HOME is /nowhere, but there is no bin/java in it."
                        + " Correct it, or unset it to use the java on the path.\n");
    }

    @ParameterizedTest
    @CsvSource({"11.0.2, false", "1.8.0_382, false", "17, true", "21.0.1, true"})
    void javaThatIsTooOldIsTold(String version, boolean runs) throws Exception {
        Files.writeString(
                javaHome.resolve("release"), "IMPLEMENTOR=\"Any\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"x\"\n");
        CommandRun run = launch(List.of(), Map.of("JAVA_HOME", javaHome.toString()));

        assertThat(run.code()).isEqualTo(runs ? 0 : 1);
        assertThat(run.err())
                .isEqualTo(
                        runs
                                ? ""
                                : "Error: " + javaHome.resolve("bin/java")
                                        + " is older than Java 17. Install Java 17 or later, and set JAVA_HOME to it.\n");
    }

    @Test
    void buildOfAnotherUserIsUsedAndThatIsSaid() throws Exception {
        assumeTrue(Shell.has("setpriv") && System.getProperty("user.name").equals("root"), "not root, or no setpriv");
        Files.delete(folder.resolve("cli/target/built"));
        List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

        CommandRun run =
                launch(nobody, Map.of("JAVA_HOME", javaHome.toString())).succeeds();

        assertThat(run.err())
                .isEqualTo("Warning: the sources are newer than what is built, but "
                        + folder.toRealPath().resolve("cli/target")
                        + " cannot be written to. What is built is used.\n");
        assertThat(run.out()).contains("-jar\n");

        Files.delete(jar);
        assertThat(launch(nobody, Map.of("JAVA_HOME", javaHome.toString()))
                        .fails(1)
                        .err())
                .startsWith("Error: spectro-pack is not built yet, and ")
                .endsWith(" cannot be written to. Let its owner run it once.\n");
    }

    @Test
    void installedOneKeepsSharedClassesForTheUser() throws Exception {
        Path launcher = install();
        Path cache = folder.resolve("cache/spectro-pack");
        Map<String, String> variables = Map.of(
                "JAVA_HOME", javaHome.toString(),
                "JAVA_VERSION", "17.0.1",
                "XDG_CACHE_HOME", folder.resolve("cache").toString());

        CommandRun first = launch(launcher, List.of(), variables).succeeds();
        assertThat(first.err()).isEmpty();
        assertThat(first.out().lines())
                .noneMatch(word -> word.contains("SharedArchiveFile"))
                .endsWith("-jar", jar.toRealPath().toString(), "validate", "my pack");
        // They are made beside the first start.
        Path classes = awaited(cache);

        assertThat(launch(launcher, List.of(), variables).succeeds().out().lines())
                .contains("-XX:SharedArchiveFile=" + classes);
        assertThat(launch(launcher, List.of(), Map.of("JAVA_HOME", javaHome.toString(), "XDG_CACHE_HOME", "/proc/no"))
                        .succeeds()
                        .err())
                .isEmpty();
    }

    private static Path awaited(Path cache) throws IOException, InterruptedException {
        for (int looks = 0; looks < 600; looks++) {
            if (Files.isDirectory(cache)) {
                try (Stream<Path> files = Files.list(cache)) {
                    Optional<Path> whole = files.filter(file -> file.toString().endsWith(".jsa"))
                            .findFirst();
                    if (whole.isPresent()) {
                        return whole.get();
                    }
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no shared classes in " + cache);
    }

    @Test
    void olderJavaIsToldInASentence() throws Exception {
        CommandRun run = launch(
                        install(),
                        List.of(),
                        Map.of(
                                "JAVA_HOME", javaHome.toString(),
                                "JAVA_VERSION", "11.0.2",
                                "XDG_CACHE_HOME", folder.resolve("cache").toString()))
                .fails(1);

        assertThat(run.err())
                .isEqualTo("Error: " + javaHome.resolve("bin/java")
                        + " is older than Java 17. Install Java 17 or later, and set JAVA_HOME to it.\n");
    }
}
