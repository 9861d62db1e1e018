package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.DockerRegistry;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What staging tested goes to production as it is, from any kind of registry to any other. */
class CopyCommandTest {

    private static final String REPOSITORY = "staging/spectro-packs/archive/sample";
    private static final String THERE = "production/spectro-packs/archive/sample";
    private static final Limits LIMITS = InProcess.PATIENT;

    @WorkingFolder
    private Path folder;

    @Started(accountId = "111111111111")
    private EcrSandbox staging;

    @Started(accountId = "222222222222", region = "eu-west-1")
    private EcrSandbox production;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(
                folder.resolve("credentials"), profile("staging", staging) + profile("production", production));
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        publish("my-pack");
    }

    private static String profile(String name, EcrSandbox sandbox) {
        return "[" + name + "]\naws_access_key_id=" + sandbox.accessKeyId() + "\naws_secret_access_key="
                + sandbox.secretAccessKey() + "\n";
    }

    private static String stagingLocation() {
        return "111111111111.dkr.ecr.us-east-1.amazonaws.com/staging";
    }

    private static String productionLocation() {
        return "222222222222.dkr.ecr.eu-west-1.amazonaws.com/production";
    }

    private CommandRun.Setup command() {
        return CommandRun.in(folder)
                .with(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        folder.resolve("credentials").toString())
                .java("-D" + Limits.PROPERTY + "=" + LIMITS.toProperty());
    }

    private void publish(String pack) throws InterruptedException {
        command()
                .run(
                        "publish",
                        "--registry",
                        stagingLocation(),
                        "--profile",
                        "staging",
                        "--endpoint-url",
                        staging.endpoint().toString(),
                        pack)
                .succeeds();
    }

    private CommandRun copy(String... more) throws InterruptedException {
        return copyTo(
                List.of(
                        "--to",
                        productionLocation(),
                        "--to-profile",
                        "production",
                        "--to-endpoint-url",
                        production.endpoint().toString()),
                more);
    }

    private CommandRun copyTo(List<String> target, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "copy",
                "--from",
                stagingLocation(),
                "--from-profile",
                "staging",
                "--from-endpoint-url",
                staging.endpoint().toString()));
        arguments.addAll(target);
        arguments.addAll(List.of(more));
        CommandRun run = command().run(arguments.toArray(String[]::new));
        assertThat(run.output()).doesNotContain(staging.secretAccessKey()).doesNotContain(production.secretAccessKey());
        Stream.concat(staging.issuedPasswords().stream(), production.issuedPasswords().stream())
                .forEach(password -> assertThat(run.output()).doesNotContain(password));
        return run;
    }

    private static JsonNode only(CommandRun run) {
        JsonNode packs = JsonMapper.shared().readTree(run.out());
        assertThat(packs.size()).isEqualTo(1);
        return packs.get(0);
    }

    @Test
    void productionGetsTheDigestOfStaging() throws Exception {
        String digest = staging.tags(REPOSITORY).get("1.0.0");

        assertThat(only(copy("--dry-run", "--json", "sample:1.0.0").succeeds())
                        .path("status")
                        .asString())
                .isEqualTo("PLANNED");
        assertThat(production.repositories()).isEmpty();

        JsonNode copied = only(copy("--json", "sample:1.0.0").succeeds());
        assertThat(copied.path("status").asString()).isEqualTo("PUBLISHED");
        assertThat(copied.path("digest").asString()).isEqualTo(digest);
        assertThat(copied.path("source").asString())
                .isEqualTo(staging.registryHost() + "/" + REPOSITORY + "@" + digest);
        assertThat(production.tags(THERE)).containsEntry("1.0.0", digest);
        assertThat(production.manifest(THERE, "1.0.0").orElseThrow())
                .isEqualTo(staging.manifest(REPOSITORY, "1.0.0").orElseThrow());
        assertThat(production.repository("production/spectro-packs/archive")).isPresent();

        staging.requests().clear();
        production.requests().clear();
        assertThat(only(copy("--json", "sample:1.0.0").succeeds())
                        .path("status")
                        .asString())
                .isEqualTo("UNCHANGED");
        assertThat(staging.requests().matching(Match.registry("GET", "/blobs/")))
                .isEmpty();
        assertThat(production.requests().all())
                .noneMatch(request ->
                        request.method().equals("PUT") || request.path().contains("/blobs/"));
    }

    @Test
    void otherContentIsKeptReplacedOrSkippedAsAsked() throws Exception {
        copy("sample:1.0.0").succeeds();
        Files.writeString(folder.resolve("my-pack/values.yaml"), "# changed\n");
        command()
                .run(
                        "publish",
                        "--registry",
                        stagingLocation(),
                        "--profile",
                        "staging",
                        "--endpoint-url",
                        staging.endpoint().toString(),
                        "--if-exists",
                        "overwrite",
                        "my-pack")
                .succeeds();
        String before = production.tags(THERE).get("1.0.0");

        assertThat(copy("sample:1.0.0").fails(1).err()).contains("exists with other content (" + before);
        assertThat(copy("--if-exists", "skip", "sample").succeeds().out()).startsWith("SKIPPED");
        assertThat(production.tags(THERE)).containsEntry("1.0.0", before);
        assertThat(copy("--if-exists", "overwrite", "--all").succeeds().out()).startsWith("OVERWRITTEN");
        assertThat(production.tags(THERE)).isEqualTo(staging.tags(REPOSITORY));
    }

    @Test
    void allVersionsOfAPackOrAllPacksGoInOrder() throws Exception {
        for (String version : List.of("1.10.0", "1.9.0")) {
            SamplePacks.write(folder.resolve("my-pack"), "sample", version);
            publish("my-pack");
        }
        SamplePacks.write(folder.resolve("other"), "other", "2.0.0");
        publish("other");
        staging.putManifest(REPOSITORY, "image", "application/vnd.oci.image.manifest.v1+json", image());
        staging.pages(1);

        CommandRun run = copy("sample").succeeds();
        assertThat(run.out().lines().map(line -> line.replaceFirst(".*sample:(\\S+).*", "$1")))
                .containsExactly("1.0.0", "1.9.0", "1.10.0");
        assertThat(run.err()).contains("sample:image: left alone.", "is no pack");
        assertThat(copy("sample:image").fails(1).err()).contains("is no pack");

        assertThat(copy("--all").succeeds().out().lines()).hasSize(4);
        assertThat(production.tags("production/spectro-packs/archive/other")).containsOnlyKeys("2.0.0");
    }

    private static byte[] image() {
        return "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:%s\",\"size\":2},\"layers\":[]}"
                .formatted("0".repeat(64))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void wrongUsageIsToldBeforeAnybodyIsAsked() throws Exception {
        assertThat(copy().fails(2).err()).contains("Name the packs to copy, or give --all.");
        assertThat(copy("--all", "sample").fails(2).err()).contains("Name the packs to copy, or give --all.");
        assertThat(copy("Sample/x").fails(2).err()).contains("'Sample/x' does not name packs of a registry");
        assertThat(copy("--to-username", "me", "sample").fails(2).err())
                .contains("--to-username is neither for AWS ECR nor for a bundle");
        assertThat(copy("missing").fails(1).err()).contains("has no pack 'missing'", "Nothing was copied.");
        assertThat(copy("sample:9").fails(1).err()).contains("sample:9 does not exist");
        assertThat(production.repositories()).isEmpty();
    }

    @Test
    void wrongAccountIsRefusedOnEitherSide() throws Exception {
        assertThat(copyTo(
                                List.of(
                                        "--to",
                                        productionLocation().replace("2222", "3333"),
                                        "--to-profile",
                                        "production",
                                        "--to-endpoint-url",
                                        production.endpoint().toString()),
                                "sample")
                        .fails(1)
                        .err())
                .contains("but the credentials belong to the registry of account 222222222222");
    }

    @Test
    void failuresOnTheWayAreTriedAgainAndLeaveNothingHalf() throws Exception {
        staging.fault(2, Match.registry("GET", "/blobs/"), Fault.cutAnswerBody());
        production.fault(1, Match.uploadContent(), Fault.cutRequestBody());
        production.fault(1, Match.uploadStart(), Fault.registryError(503, "UNAVAILABLE", "try again"));
        copy("sample:1.0.0").succeeds();
        assertThat(production.tags(THERE)).isEqualTo(staging.tags(REPOSITORY));
    }

    @Test
    void loginThatRunsOutOnEitherSideIsFetchedAgain() throws Exception {
        staging.fault(
                1,
                Match.registry("GET", "/blobs/"),
                Fault.registryError(
                        403, "DENIED", "Your authorization token has expired. Reauthenticate and try again."));
        production.fault(
                1,
                Match.uploadContent(),
                Fault.registryError(
                        403, "DENIED", "Your authorization token has expired. Reauthenticate and try again."));
        copy("sample:1.0.0").succeeds();
        assertThat(production.tags(THERE)).isEqualTo(staging.tags(REPOSITORY));
    }

    @Test
    void sourceThatVanishesAndTargetThatRefusesAreNamed() throws Exception {
        staging.fault(100, Match.registry("GET", "/blobs/"), Fault.cutAnswerBody());
        assertThat(copy("sample:1.0.0").fails(1).err())
                .contains("Downloading a blob of " + REPOSITORY, staging.registryHost());
        staging.clearFaults();
        production.deny("ecr:PutImage");
        assertThat(copy("sample:1.0.0").fails(1).err()).contains("Allow ecr:PutImage");
        assertThat(production.tags(THERE)).isEmpty();
    }

    @Test
    void wrongBytesAreRefusedWithTheDigestsName() throws Exception {
        String digest = JsonMapper.shared()
                .readTree(staging.manifest(REPOSITORY, "1.0.0").orElseThrow())
                .path("layers")
                .get(0)
                .path("digest")
                .asString();
        Path blob = staging.blob(REPOSITORY, digest);
        byte[] content = Files.readAllBytes(blob);
        content[content.length / 2] ^= 1;
        Files.write(blob, content);

        assertThat(copy("sample:1.0.0").fails(1).err()).contains("the blob " + digest + " has the content of sha256:");
        assertThat(production.tags(THERE)).isEmpty();
    }

    @Test
    void everyKindIsSourceAndTarget() throws Exception {
        String digest = staging.tags(REPOSITORY).get("1.0.0");
        copyTo(List.of("--to", "bundle:b"), "sample").succeeds();
        command()
                .run("copy", "--from", "bundle:b", "--to", "bundle:b.tar", "--all")
                .succeeds();
        try (OciSandbox harbor = OciSandbox.start(OciBehaviour.HARBOR)) {
            harbor.addProject("acme");
            String location = harbor.uri() + "/acme";
            command()
                    .with("SPECTRO_PACK_TO_PASSWORD", harbor.password())
                    .run(
                            "copy",
                            "--from",
                            "bundle:b.tar",
                            "--to",
                            location,
                            "--to-username",
                            harbor.username(),
                            "sample")
                    .succeeds();
            assertThat(harbor.tags("acme/spectro-packs/archive/sample")).containsEntry("1.0.0", digest);
            harbor.mountBlobs(true);
            harbor.requests().clear();
            command()
                    .with("SPECTRO_PACK_FROM_PASSWORD", harbor.password())
                    .input(harbor.password() + "\n")
                    .run(
                            "copy",
                            "--from",
                            location,
                            "--from-username",
                            harbor.username(),
                            "--to",
                            location + "/copies",
                            "--to-username",
                            harbor.username(),
                            "--to-password-stdin",
                            "--all")
                    .succeeds();
            assertThat(harbor.tags("acme/copies/spectro-packs/archive/sample")).containsEntry("1.0.0", digest);
            assertThat(harbor.requests().matching(Match.registry("GET", "/blobs/")))
                    .as("blobs within one registry are not sent")
                    .isEmpty();
        }
    }

    @Test
    void damagedBundleIsRefusedWithTheDigestsName() throws Exception {
        copyTo(List.of("--to", "bundle:b"), "sample").succeeds();
        String digest = only(command()
                        .run("list", "--registry", "bundle:b", "--json")
                        .succeeds())
                .path("digest")
                .asString();
        Path manifest = folder.resolve("b/blobs").resolve(digest.replace(':', '/'));
        byte[] content = Files.readAllBytes(manifest);
        Files.writeString(manifest, "{}");
        assertThat(command()
                        .run("copy", "--from", "bundle:b", "--to", "bundle:c", "--all")
                        .fails(1)
                        .err())
                .contains("the manifest " + digest + " has the content of sha256:");
        Files.write(manifest, content);

        for (JsonNode layer : JsonMapper.shared().readTree(content).path("layers")) {
            String blob = layer.path("digest").asString();
            Files.writeString(folder.resolve("b/blobs").resolve(blob.replace(':', '/')), "cut");
            assertThat(command()
                            .run("copy", "--from", "bundle:b", "--to", "bundle:c", "--all")
                            .fails(1)
                            .err())
                    .contains("the blob " + blob + " ends ");
        }
        assertThat(folder.resolve("c/index.json")).doesNotExist();
    }

    @Test
    void skopeoPutsTheSameDigestIntoTheReferenceRegistry() throws Exception {
        assumeTrue(Shell.has("skopeo") && DockerRegistry.isInstalled());
        String digest = staging.tags(REPOSITORY).get("1.0.0");
        copyTo(List.of("--to", "bundle:b"), "sample").succeeds();
        try (DockerRegistry registry = DockerRegistry.start()) {
            String host = registry.uri().getAuthority();
            command()
                    .with("SPECTRO_PACK_TO_PASSWORD", DockerRegistry.PASSWORD)
                    .run(
                            "copy",
                            "--from",
                            "bundle:b",
                            "--to",
                            registry.uri() + "/ours",
                            "--to-username",
                            "AWS",
                            "--all")
                    .succeeds();
            Shell.run(
                    folder,
                    List.of(
                            "skopeo",
                            "copy",
                            "--dest-tls-verify=false",
                            "--dest-creds=AWS:" + DockerRegistry.PASSWORD,
                            "oci:b:spectro-packs/archive/sample:1.0.0",
                            "docker://" + host + "/theirs/spectro-packs/archive/sample:1.0.0"));
            for (String base : List.of("ours", "theirs")) {
                JsonNode listed = only(command()
                        .with("SPECTRO_PACK_PASSWORD", DockerRegistry.PASSWORD)
                        .run("list", "--registry", registry.uri() + "/" + base, "--username", "AWS", "--json")
                        .succeeds());
                assertThat(listed.path("digest").asString()).as(base).isEqualTo(digest);
            }
        }
    }

    @Test
    void listSortsAsPeopleCountAndTellsWhatTheRegistryKnows() throws Exception {
        for (String version : List.of("1.10.0", "1.9.0", "1.10.0-rc.1")) {
            SamplePacks.write(folder.resolve("my-pack"), "sample", version);
            publish("my-pack");
        }
        staging.pages(2);
        CommandRun.Setup setup = command();
        String[] list = {
            "list",
            "--registry",
            stagingLocation(),
            "--profile",
            "staging",
            "--endpoint-url",
            staging.endpoint().toString()
        };
        CommandRun run = setup.run(with(list, "--json")).succeeds();
        JsonNode packs = JsonMapper.shared().readTree(run.out());
        assertThat(packs.valueStream().map(pack -> pack.path("version").asString()))
                .containsExactly("1.0.0", "1.9.0", "1.10.0-rc.1", "1.10.0");
        assertThat(packs.get(0).path("pushedAt").asString()).startsWith("20");
        assertThat(packs.get(0).path("size").asLong()).isPositive();
        assertThat(packs.get(0).path("reference").asString())
                .isEqualTo(staging.registryHost() + "/" + REPOSITORY + ":1.0.0");
        assertThat(setup.run(with(list, "sample:1.9.0")).succeeds().out()).startsWith("sample:1.9.0 sha256:");
        assertThat(setup.run(with(list, "missing")).fails(1).err()).contains("has no missing below");
    }

    private static String[] with(String[] arguments, String more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(more);
        return all.toArray(String[]::new);
    }

    @Test
    void registryWithoutACatalogTakesNames() throws Exception {
        try (OciSandbox registry = OciSandbox.start(OciBehaviour.HARBOR)) {
            registry.addProject("acme");
            registry.pages(1);
            String location = registry.uri() + "/acme";
            for (String pack : List.of("sample", "sample-two")) {
                SamplePacks.write(folder.resolve(pack), pack, "1.0.0");
                command()
                        .with("SPECTRO_PACK_PASSWORD", registry.password())
                        .run("publish", "--registry", location, "--username", registry.username(), pack)
                        .succeeds();
            }
            CommandRun.Setup list = command().with("SPECTRO_PACK_PASSWORD", registry.password());
            String[] arguments = {"list", "--registry", location, "--username", registry.username()};
            assertThat(list.run(arguments).succeeds().out().lines()).hasSize(2);
            registry.hideCatalog(true);
            assertThat(list.run(arguments).fails(1).err())
                    .contains("This registry does not tell which packs it has: name the packs.");
            assertThat(list.run(with(arguments, "sample")).succeeds().out()).startsWith("sample:1.0.0 sha256:");
        }
    }
}
