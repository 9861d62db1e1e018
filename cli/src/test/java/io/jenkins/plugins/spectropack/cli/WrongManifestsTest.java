package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Versions whose archive is right, but which somebody pushed otherwise than Palette expects: they are told, and can be mended. */
class WrongManifestsTest {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.unknown.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String TITLE = ",\"annotations\":{\"org.opencontainers.image.title\":\"sample-1.0.0.tar.gz\"}";

    @WorkingFolder
    private Path folder;

    private EcrSandbox sandbox;

    private CommandRun publish(String... more) throws InterruptedException {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"publish", "--repository-name", "acme", "my-pack"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.in(folder).with(sandbox.environment()).run(arguments);
    }

    private void mended(String mediaType, String manifest, String said) throws Exception {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        String digest = sandbox.putManifest(RegistryState.REPOSITORY, "1.0.0", mediaType, bytes);

        assertThat(publish().fails(ExitCode.FAILED).err())
                .contains(":1.0.0 exists with other content (" + digest + "). " + said + " Raise the version");
        assertThat(publish("--if-exists", "skip").succeeds().out()).startsWith("SKIPPED ");
        assertThat(sandbox.tags(RegistryState.REPOSITORY)).containsEntry("1.0.0", digest);
        CommandRun run = publish("--if-exists", "overwrite").succeeds();
        assertThat(run.out()).startsWith("OVERWRITTEN ");
        assertThat(run.err()).contains("(" + digest + "). " + said);
    }

    @Test
    void whatWasPushedOtherwiseIsOtherContent() throws Exception {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        try (EcrSandbox ecr = EcrSandbox.builder().start()) {
            sandbox = ecr;
            publish().succeeds();
            String digest = ecr.tags(RegistryState.REPOSITORY).get("1.0.0");
            String right =
                    new String(ecr.manifest(RegistryState.REPOSITORY, "1.0.0").orElseThrow(), StandardCharsets.UTF_8);
            assertThat(right).contains(CONFIG, LAYER, TITLE);

            String later = "It was pushed by a later ORAS than v1.0.0, as an artifact that Palette does not expect.";
            mended(
                    MANIFEST,
                    right.replace(
                            "\"config\":", "\"artifactType\":\"application/vnd.unknown.artifact.v1\",\"config\":"),
                    later);
            mended(MANIFEST, right.replace(CONFIG, "application/vnd.oci.empty.v1+json"), later);
            mended(
                    MANIFEST,
                    right.replace(CONFIG, "application/vnd.oci.image.config.v1+json"),
                    "It has the type of config 'application/vnd.oci.image.config.v1+json' instead of '" + CONFIG
                            + "'.");
            mended(
                    MANIFEST,
                    right.replace(LAYER, "application/gzip"),
                    "It has the type of layer 'application/gzip' instead of '" + LAYER + "'.");
            mended(
                    MANIFEST,
                    right.replace("sample-1.0.0.tar.gz", "dist/sample-1.0.0.tar.gz"),
                    "It has the file name 'dist/sample-1.0.0.tar.gz' instead of 'sample-1.0.0.tar.gz'.");
            mended(MANIFEST, right.replace(TITLE, ""), "It has no file name instead of 'sample-1.0.0.tar.gz'.");
            mended(
                    MANIFEST,
                    right.replaceFirst("\"layers\":\\[.*?}}]", "\"layers\":[]"),
                    "What is there has 0 layers, or none that can be read, instead of one archive.");
            mended(
                    "application/vnd.oci.image.index.v1+json",
                    "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}",
                    "What is there is no image manifest.");

            assertThat(ecr.tags(RegistryState.REPOSITORY)).containsEntry("1.0.0", digest);
            assertThat(publish().succeeds().out()).startsWith("UNCHANGED ");
        }
    }
}
