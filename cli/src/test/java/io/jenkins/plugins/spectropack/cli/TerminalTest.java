package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees on a terminal, through the launcher. */
class TerminalTest {

    /** A line that is drawn, and drawn over. */
    private static final Pattern DRAWN = Pattern.compile("\r\033\\[K\033\\[\\?7l([^\033]*)\033\\[\\?7h");

    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void makeTree() throws IOException {
        Path cli = Files.createDirectories(folder.resolve("tree/cli"));
        Files.createDirectories(cli.resolve("src"));
        Files.createDirectories(folder.resolve("tree/src/main/java"));
        Files.createDirectories(cli.resolve("target/lib"));
        launcher = Files.copy(Project.CLI.resolve("spectro-pack"), cli.resolve("spectro-pack"));
        Files.writeString(cli.resolve("pom.xml"), "");
        Files.writeString(cli.resolve("target/lib/spectro-pack.jar"), "");
        Files.writeString(cli.resolve("target/built"), "");
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                while [ "$1" != -jar ]; do
                  case $1 in -Dspectropack.*) properties="$properties $1" ;; esac
                  shift
                done
                shift 2
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC $properties -cp '%s' %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SpectroPack.class.getName()));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        byte[] noise = new byte[24 * 1024 * 1024];
        new Random(1).nextBytes(noise);
        Files.write(
                SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0").resolve("noise.bin"), noise);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 40})
    void oneLineShowsWhatIsUnderWayAndEachResultIsThereOnce(int columns) throws Exception {
        Limits limits = new Limits(
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                5,
                // The upload rests for so long where it was cut off, which is long enough to be drawn.
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                Duration.ofMillis(400));
        try (EcrSandbox ecr = EcrSandbox.builder().start();
                PaletteSandbox palette = PaletteSandbox.start()) {
            ecr.fault(1, Match.uploadContent(), Fault.cutRequestBody());
            palette.addRegistry("my-ecr", ecr, "acme").nextSync("Pending", "InProgress", "InProgress", "Success");
            Map<String, String> variables = new HashMap<>(ecr.environment());
            variables.put("PALETTE_API_KEY", palette.apiKey());
            variables.put("JAVA_HOME", folder.resolve("jdk").toString());
            variables.put("JAVA_OPTS", "-D" + Limits.PROPERTY + "=" + limits.toProperty());

            String shown = Terminal.of(folder, columns)
                    .with(variables)
                    .run(List.of(
                            launcher.toString(),
                            "publish",
                            "--repository-name",
                            "acme",
                            "--palette-registry",
                            "my-ecr",
                            "--palette-url",
                            palette.uri().toString(),
                            "my-pack"));

            List<String> drawn = DRAWN.matcher(shown)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
            assertThat(drawn)
                    .allMatch(line -> line.length() < columns)
                    .anyMatch(line -> line.matches("Uploading sample:1\\.0\\.0: \\d+%.*"))
                    .anyMatch(line -> line.startsWith("Waiting for registry"));
            String left = DRAWN.matcher(shown).replaceAll("").replace("\r\033[K", "");
            assertThat(left).doesNotContain("Uploading sample:").doesNotContain("Waiting for ");
            assertThat(left.lines().filter(line -> line.contains("PUBLISHED"))).hasSize(1);
            assertThat(left.lines().map(String::strip)).contains("sample:1.0.0: LISTED in Palette, registry 'my-ecr'.");
        }
    }
}
