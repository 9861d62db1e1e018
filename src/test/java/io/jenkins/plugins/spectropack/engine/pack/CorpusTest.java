package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Palette takes is not refused, and not doubted without a reason. */
class CorpusTest {

    @TempDir
    private Path temp;

    static List<CorpusPacks.Shape> shapes() {
        return CorpusPacks.all();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void packIsValid(CorpusPacks.Shape shape) throws Exception {
        PackChecker.Result result =
                PackChecker.check(shape.pack().write(temp.resolve("any-name")), Validation.STANDARD);

        assertThat(result.findings())
                .as(result.findings().toString())
                .extracting(Finding::rule)
                .containsExactlyElementsOf(shape.warnings());
        assertThat(result.pack()).isPresent();
    }
}
