package io.jenkins.plugins.spectropack.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    @TempDir
    private Path temporary;

    private List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.sorted().toList();
        }
    }

    private Path dead(String name) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name));
        Files.writeString(folder.resolve("sample-1.0.0.tar.gz"), "archive");
        Files.writeString(folder.resolve(".sample-1.0.0.tar.gz.1.part"), "part");
        Files.createFile(folder.resolve("run.lock"));
        return folder;
    }

    @Test
    void nothingStays() throws Exception {
        try (RunFolder folder = RunFolder.in(temporary, line -> {})) {
            Files.writeString(folder.path().resolve("archive"), "x");
            assertThat(folders()).hasSize(1);
        }
        assertThat(folders()).isEmpty();
    }

    @Test
    void foldersOfDeadRunsAreRemoved() throws Exception {
        dead("spectro-pack-1");
        dead("spectro-pack-2");
        try (RunFolder folder = RunFolder.in(temporary, line -> {})) {
            assertThat(folders())
                    .singleElement()
                    .asString()
                    .endsWith(folder.path().getFileName().toString());
        }
    }

    @Test
    void whatIsNotCertainlyOursStays() throws Exception {
        Path withoutLock = Files.createDirectory(temporary.resolve("spectro-pack-unlocked"));
        Files.writeString(withoutLock.resolve("precious"), "x");
        Path otherName = dead("someone-else");
        Path file = Files.writeString(temporary.resolve("spectro-pack-file"), "x");
        Path link = Files.createSymbolicLink(temporary.resolve("spectro-pack-link"), otherName);

        RunFolder.in(temporary, line -> {}).close();

        assertThat(folders()).containsExactlyInAnyOrder(withoutLock, otherName, file, link);
        assertThat(withoutLock.resolve("precious")).exists();
        assertThat(otherName.resolve("sample-1.0.0.tar.gz")).exists();
    }

    @Test
    void folderOfAnotherUserStays() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give folders away");
        Path bait = dead("spectro-pack-bait");
        Files.setOwner(
                bait, temporary.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        RunFolder.in(temporary, line -> {}).close();

        assertThat(bait.resolve("sample-1.0.0.tar.gz")).exists();
    }

    @Test
    void parallelRunsLeaveEachOtherAlone() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> runs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            runs.add(threads.submit(() -> {
                for (int run = 0; run < 50; run++) {
                    try (RunFolder folder = RunFolder.in(temporary, line -> {})) {
                        Path archive = Files.writeString(folder.path().resolve("archive"), "x");
                        Thread.yield();
                        if (!Files.exists(archive)) {
                            return false;
                        }
                    }
                }
                return true;
            }));
        }
        for (Future<Boolean> run : runs) {
            assertThat(run.get()).isTrue();
        }
        threads.shutdown();
        assertThat(folders()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsTold() {
        Path missing = temporary.resolve("missing");

        assertThatThrownBy(() -> RunFolder.in(missing, line -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("The folder for archives cannot be made in " + missing
                        + ": it is gone. Make it writable, or choose another temporary folder.");
    }
}
