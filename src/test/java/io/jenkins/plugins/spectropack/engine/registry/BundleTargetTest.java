package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bundle of a build lies in its workspace, whatever the path to it leads over. */
class BundleTargetTest {

    @TempDir
    private Path folder;

    private Path workspace;

    @BeforeEach
    void makeLinks() throws Exception {
        workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.createDirectories(workspace.resolve("inside/deep"));
        Files.createDirectories(folder.resolve("outside/deep"));
        Files.createSymbolicLink(workspace.resolve("out"), Path.of("../outside"));
        Files.createSymbolicLink(workspace.resolve("deep"), Path.of("../outside/deep"));
        Files.createSymbolicLink(workspace.resolve("nowhere"), Path.of("../missing"));
        Files.createSymbolicLink(workspace.resolve("in"), Path.of("inside/deep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../b.tar", "/tmp/b.tar", "out/b.tar", "out", "x/../../b", "deep/new/b.tar"})
    void pathOutOfTheWorkspaceIsRefused(String path) {
        assertThatThrownBy(() -> BundleTarget.of(path).in(workspace, true))
                .isInstanceOf(RegistryException.class)
                .hasMessage("The bundle " + path + " lies outside the workspace. Only bundles inside it are used.");
    }

    @Test
    void linkToNowhereIsRefused() {
        assertThatThrownBy(() -> BundleTarget.of("nowhere/b").in(workspace, true))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("cannot be looked at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "in/b", "deep/../b"})
    void whatWasCheckedIsWhatIsUsed(String path) throws Exception {
        BundleTarget target = BundleTarget.of(path).in(workspace, true);
        try (RegistrySession session = target.open(null, Limits.ofEntryPoint(), line -> {})) {
            session.complete();
        }

        assertThat(folder.resolve("outside")).isDirectoryNotContaining("glob:**/b");
    }
}
