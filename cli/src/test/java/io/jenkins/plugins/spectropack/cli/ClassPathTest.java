package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built command carries is enough, and not much more. */
class ClassPathTest {

    /** Of the ORAS Java SDK, which is used for its model only. */
    private static final List<String> WEIGHT =
            List.of("bcprov", "caffeine", "HdrHistogram", "jackson-dataformat", "micrometer", "zstd-jni");

    private static final Path CLASS_PATH = Project.CLI.resolve("target/class-path.txt");
    private static final long MAXIMUM_BYTES = 16_000_000;

    private static List<Path> libraries() throws IOException {
        return List.of(Files.readString(CLASS_PATH).split(File.pathSeparator)).stream()
                .map(Path::of)
                .toList();
    }

    @Test
    void librariesThatNothingNeedsAreLeftOut() throws IOException {
        assertThat(libraries())
                .extracting(path -> path.getFileName().toString())
                .noneMatch(name -> WEIGHT.stream().anyMatch(name::startsWith));
        long bytes = 0;
        for (Path library : libraries()) {
            bytes += Files.size(library);
        }
        assertThat(bytes).isLessThan(MAXIMUM_BYTES);
    }

    /** Publishes new and known packs, syncs, pulls: all that loads classes of libraries. */
    @Test
    void demoRunsWithTheLibrariesOfTheBuiltCommand(@TempDir Path folder) throws Exception {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        String classes = Project.CLI.resolve("target/classes").toString();

        CommandRun run = CommandRun.in(folder)
                .classPath(classes + File.pathSeparator + Files.readString(CLASS_PATH))
                .runApart("demo", "my-pack")
                .succeeds();

        assertThat(run.out()).contains("PUBLISHED as ", "UNCHANGED; ", ", as reported");
        assertThat(run.err()).isEmpty();
    }
}
