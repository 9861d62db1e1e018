package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.DockerRegistry;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Match;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Several versions of a pack at once, which share a repository and blobs; and tags that hold something else than a pack. */
class ManyVersionsTest {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @WorkingFolder
    private Path folder;

    private void write(int packs, int versions, long seed) throws IOException {
        Random random = new Random(seed);
        for (int pack = 0; pack < packs; pack++) {
            for (int version = 0; version < versions; version++) {
                Path made = folder.resolve("packs/p" + pack + "-" + version);
                SamplePacks.write(made, "pack-" + pack, "1.0." + version);
                byte[] content = new byte[20_000 + random.nextInt(60_000)];
                random.nextBytes(content);
                Files.write(made.resolve("content.bin"), content);
            }
        }
    }

    private CommandRun publish(URI registry, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("publish", "--registry-url", registry.toString(), "--repository-name", "acme", "packs/*"));
        arguments.addAll(List.of(more));
        return CommandRun.in(folder).run(arguments.toArray(String[]::new));
    }

    @Test
    void allVersionsOfManyNewPacksArePublishedAtOnce() throws Exception {
        assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
        write(40, 6, 1);
        try (DockerRegistry registry = DockerRegistry.startOpen()) {
            CommandRun run = publish(registry.uri(), "--parallel", "8").succeeds();

            assertThat(run.out().lines().filter(line -> line.startsWith("PUBLISHED ")))
                    .hasSize(240);
            assertThat(run.err()).doesNotContain("Trying again");
        }
    }

    @Test
    void eachBlobGoesToARepositoryOnce() throws Exception {
        write(2, 5, 2);
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            CommandRun.in(folder)
                    .with(sandbox.environment())
                    .run("publish", "--repository-name", "acme", "--parallel", "8", "packs/*")
                    .succeeds();

            assertThat(sandbox.requests().matching(Match.uploadContent()))
                    .extracting(request -> request.path().replaceFirst("/blobs/uploads/.*", "") + request.query())
                    .doesNotHaveDuplicates()
                    // Ten archives, and the config blob of two packs.
                    .hasSize(12);
        }
    }

    @Test
    void tagThatHoldsAnIndexIsOtherContent() throws Exception {
        assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
        write(1, 1, 3);
        try (DockerRegistry registry = DockerRegistry.startOpen()) {
            publish(registry.uri()).succeeds();
            URI tag = registry.uri().resolve("/v2/acme/spectro-packs/archive/pack-0/manifests/1.0.0");
            String index = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[]}";
            HttpRequest put = HttpRequest.newBuilder(tag)
                    .header("Content-Type", INDEX)
                    .PUT(HttpRequest.BodyPublishers.ofString(index))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(put, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);

            assertThat(publish(registry.uri()).fails(ExitCode.FAILED).err()).contains("exists with other content");
            assertThat(publish(registry.uri(), "--if-exists", "skip").succeeds().out())
                    .startsWith("SKIPPED ");
            HttpRequest get =
                    HttpRequest.newBuilder(tag).header("Accept", INDEX).build();
            assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo(index);
            assertThat(publish(registry.uri(), "--if-exists", "overwrite")
                            .succeeds()
                            .out())
                    .startsWith("OVERWRITTEN ");
        }
    }
}
