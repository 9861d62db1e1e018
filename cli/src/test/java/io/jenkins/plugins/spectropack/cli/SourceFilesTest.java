package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the sources of both builds. */
class SourceFilesTest {

    private static final int LINES = 300;

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "cli/src/main/java", "cli/src/sandbox/java"})
    void noFileIsTooLongToBeReadInOneGo(String sources) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(Project.ROOT.resolve(sources))) {
            files = tree.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(LINES));
    }
}
