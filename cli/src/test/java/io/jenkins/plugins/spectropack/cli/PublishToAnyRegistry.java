package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code publish} does with every kind of registry; one class a kind runs it. */
abstract class PublishToAnyRegistry {

    private static final String REPOSITORY = "acme/spectro-packs/archive/sample";

    @WorkingFolder
    private Path folder;

    private final TestedRegistry.Kind kind;
    private TestedRegistry registry;
    private Path temporary;

    PublishToAnyRegistry(TestedRegistry.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws IOException {
        registry = kind.start();
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterEach
    void stopAndLookForWhatMustNotStay() throws IOException {
        registry.close();
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).as("temporary files").isEmpty();
        }
    }

    private CommandRun.Setup command() {
        return registry.command(CommandRun.in(folder)).java("-Djava.io.tmpdir=" + temporary);
    }

    private String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of("publish"));
        arguments.addAll(registry.options());
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private CommandRun publish(String... more) throws InterruptedException {
        return withoutSecrets(command().run(arguments(more)));
    }

    private CommandRun withoutSecrets(CommandRun run) {
        registry.secrets().forEach(secret -> assertThat(run.output()).doesNotContain(secret));
        assertThat(registry.requests().all())
                .noneMatch(request -> registry.secrets().stream()
                        .anyMatch(secret -> (request.path() + request.query()).contains(secret)));
        return run;
    }

    private String digest() {
        return registry.tags(REPOSITORY).get("1.0.0");
    }

    private void change() throws IOException {
        Files.writeString(folder.resolve("my-pack/values.yaml"), "pack:\n  namespace: changed\n");
    }

    @Test
    void firstRunPublishesAndTheSecondSendsNothing() throws Exception {
        CommandRun first = publish("my-pack").succeeds();
        String reference = registry.host() + "/" + REPOSITORY + ":1.0.0";
        assertThat(first.out()).isEqualTo("PUBLISHED " + reference + " " + digest() + "\n");
        assertThat(first.err())
                .contains("Logged in to " + registry.host() + ".")
                .contains("Created repository acme/spectro-packs/archive.")
                .contains("1 pack: 1 published.");
        String before = digest();
        registry.requests().clear();

        assertThat(publish("my-pack").succeeds().out()).isEqualTo("UNCHANGED " + reference + " " + before + "\n");
        assertThat(registry.requests().matching(Match.service(Request.REGISTRY)))
                .allMatch(request -> request.method().equals("GET"));
    }

    /** Two runs a day apart, to two registries, of files with other times; AWS lets clocks differ by minutes only. */
    @Test
    void digestsDependOnThePackAlone() throws Exception {
        assumeTrue(Shell.has("faketime"), "faketime is not installed");
        publish("my-pack").succeeds();
        Files.setLastModifiedTime(folder.resolve("my-pack/pack.json"), FileTime.from(Instant.EPOCH));
        try (TestedRegistry other = kind.start()) {
            List<String> arguments = new ArrayList<>(List.of("publish"));
            arguments.addAll(other.options());
            arguments.add("my-pack");
            other.command(CommandRun.in(folder))
                    .java("-Djava.io.tmpdir=" + temporary)
                    .through("faketime", kind == TestedRegistry.Kind.ECR ? "+10 minutes" : "+1 day")
                    .run(arguments.toArray(String[]::new))
                    .succeeds();

            assertThat(other.tags(REPOSITORY))
                    .isEqualTo(registry.tags(REPOSITORY))
                    .hasSize(1);
        }
    }

    @Test
    void checkoutsOfAPackAreTheSameAndSayWhatTheyLeaveOut() throws Exception {
        publish("my-pack").succeeds();
        Files.createDirectory(folder.resolve("my-pack/.git"));
        Files.writeString(folder.resolve("my-pack/.git/config"), "token");
        Files.writeString(folder.resolve("my-pack/.packignore"), "*.orig\n");
        Files.writeString(folder.resolve("my-pack/values.orig"), "x");

        CommandRun run = publish("my-pack").succeeds();

        assertThat(run.out()).startsWith("UNCHANGED ");
        assertThat(run.err()).contains("sample:1.0.0: Left out: .git (version control); values.orig (.packignore).");
    }

    @Test
    void archiveMadeByHandOfTheSameFilesIsUnchanged() throws Exception {
        Shell.run(folder, List.of("tar", "-czf", "by-hand.tar.gz", "my-pack"));
        registry.createRepository(REPOSITORY);
        String before = registry.pushArchive(REPOSITORY, "1.0.0", folder.resolve("by-hand.tar.gz"));
        registry.redirectBlobs();

        assertThat(publish("my-pack").succeeds().out()).startsWith("UNCHANGED ").contains(before);
        assertThat(registry.requests().matching(Match.service(Request.STORAGE)))
                .isNotEmpty()
                .noneMatch(Request::authorized);
    }

    @Test
    void changedContentIsHandledAsAsked() throws Exception {
        publish("my-pack").succeeds();
        String before = digest();
        change();

        assertThat(publish("my-pack").fails(ExitCode.FAILED).err())
                .contains(registry.host() + "/" + REPOSITORY + ":1.0.0 exists with other content (" + before
                        + "). What differs: values.yaml (changed). Raise the version in pack.json; or choose"
                        + " --if-exists overwrite to replace it or --if-exists skip to leave it.");
        assertThat(publish("--if-exists", "skip", "my-pack").succeeds().out()).startsWith("SKIPPED ");
        assertThat(digest()).isEqualTo(before);

        CommandRun planned =
                publish("--dry-run", "--if-exists", "overwrite", "my-pack").succeeds();
        String reference = registry.host() + "/" + REPOSITORY + ":1.0.0";
        assertThat(planned.err())
                .contains("sample:1.0.0: other content than that of " + reference + " (" + before
                        + "). What differs: values.yaml (changed).")
                .contains("sample:1.0.0: PLANNED; it would overwrite " + reference
                        + ". This is a dry run, so nothing was sent.");
        assertThat(digest()).isEqualTo(before);

        CommandRun overwritten = publish("--if-exists", "overwrite", "my-pack").succeeds();
        assertThat(overwritten.out()).startsWith("OVERWRITTEN ");
        assertThat(digest()).isNotNull().isNotEqualTo(before);
        assertThat(overwritten.err())
                .contains("What differs: values.yaml (changed).")
                .contains("sample:1.0.0: OVERWRITTEN; " + reference + " (" + digest() + ") has the new content."
                        + " Palette keeps the digest that it saw, so clusters with sample:1.0.0 go on asking for "
                        + before + ", which fails once the registry has removed it. Raise the version for content that"
                        + " clusters use already.");
    }

    @Test
    void dryRunChangesNothing() throws Exception {
        assertThat(publish("--dry-run", "my-pack").succeeds().out())
                .isEqualTo("PLANNED " + registry.host() + "/" + REPOSITORY + ":1.0.0\n");

        assertThat(registry.requests().matching(Match.service(Request.REGISTRY)))
                .isNotEmpty()
                .allMatch(request -> request.method().equals("GET"));
        assertThat(registry.tags(REPOSITORY)).isEmpty();
    }

    @Test
    void passingFailuresAreTriedAgainFromANewUpload() throws Exception {
        registry.fault(1, Match.uploadContent(), Fault.registryError(503, "UNAVAILABLE", "Try later"));
        registry.fault(1, Match.manifestPut(), Fault.cut());

        CommandRun run = publish("my-pack").succeeds();

        assertThat(run.err()).contains("answered 503 UNAVAILABLE to PUT: Try later. Trying again in ");
        assertThat(digest()).isNotNull();
    }

    @Test
    void refusalIsToldInTheRegistrysWordsAndTheOtherPackIsPublished() throws Exception {
        SamplePacks.write(folder.resolve("other"), "other", "2.0.0");
        registry.fault(
                1, Match.registry("PUT", "/sample/manifests/"), Fault.registryError(400, "MANIFEST_INVALID", "odd"));

        CommandRun run = publish("my-pack", "other").fails(ExitCode.FAILED);

        assertThat(run.err())
                .contains("Tagging " + REPOSITORY + ":1.0.0 failed: " + registry.host()
                        + " answered 400 MANIFEST_INVALID to PUT: odd.")
                .contains("2 packs: 1 published, 1 failed.")
                .containsOnlyOnce("Created repository acme/spectro-packs/archive.");
        assertThat(registry.tags("acme/spectro-packs/archive/other")).containsKey("2.0.0");
    }

    @Test
    void redirectedUploadGetsNeitherLoginNorPack() throws Exception {
        try (TestedRegistry elsewhere = kind.start()) {
            registry.fault(
                    Integer.MAX_VALUE,
                    Match.uploadStart(),
                    Fault.location("http://" + elsewhere.host() + "/v2/x/blobs/uploads/1"));

            assertThat(publish("my-pack").fails(ExitCode.FAILED).err())
                    .contains("wants the upload at another address, http://" + elsewhere.host());
            assertThat(elsewhere.requests().all()).isEmpty();
        }
    }

    @Test
    void signalStopsTheUploadAndRemovesTheArchive() throws Exception {
        registry.fault(1, Match.uploadContent().and(request -> request.path().contains("/sample/")), Fault.stall());
        Process process = command().start(arguments("my-pack"));
        registry.requests()
                .await(Match.uploadStart().and(request -> request.path().contains("/sample/")), Duration.ofSeconds(60));
        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(registry.tags(REPOSITORY)).isEmpty();
    }
}
