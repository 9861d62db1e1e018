package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes from outside, every run ends in time, in little memory, with a sentence that shows nothing it must not. */
class MangledAnswersTest {

    /** Each spoils more than one answer. */
    private static final int SEEDS = 750;

    @TempDir
    private Path folder;

    @Test
    void everyRunEndsWithASentence() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MangledAnswers.class.getName(),
                Integer.toString(SEEDS));
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("SPECTRO_PACK_"));
        builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
        builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        Process process =
                builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        List<String> lines = output.lines().toList();
        assertThat(lines.get(lines.size() - 1))
                .matches(SEEDS + " runs, [3-7][0-9]{2} failed, [0-9]{4,} answers spoilt, 0 wrong");
    }
}
