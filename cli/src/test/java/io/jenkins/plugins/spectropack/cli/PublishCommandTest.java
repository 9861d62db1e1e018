package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.pack.TestPack;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Repository;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code publish} against the sandbox, where every request and fault can be seen and made. */
class PublishCommandTest {

    private static final String ARCHIVE = "acme/spectro-packs/archive";
    private static final String REPOSITORY = ARCHIVE + "/sample";

    @WorkingFolder
    private Path folder;

    @Started
    private EcrSandbox sandbox;

    private Path temporary;

    @BeforeEach
    void start() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterEach
    void stopAndLookForWhatMustNotStay() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).as("temporary files").isEmpty();
        }
    }

    private CommandRun.Setup command() {
        return CommandRun.in(folder).with(sandbox.environment()).java("-Djava.io.tmpdir=" + temporary);
    }

    private CommandRun publish(String... arguments) throws InterruptedException {
        CommandRun run = command()
                .run(Stream.concat(Stream.of("publish", "--repository-name", "acme"), Stream.of(arguments))
                        .toArray(String[]::new));
        assertThat(run.output()).doesNotContain(sandbox.secretAccessKey());
        sandbox.issuedPasswords().forEach(password -> assertThat(run.output()).doesNotContain(password));
        return run;
    }

    private List<String> requests() {
        return sandbox.requests().all().stream()
                .map(request -> request.service().equals(Request.ECR)
                        ? request.operation()
                        : request.method() + " "
                                + request.path()
                                        .replace("/v2/" + ARCHIVE, "")
                                        .replaceAll("/uploads/.+", "/uploads/UUID")
                                        .replaceAll("sha256:.*", "DIGEST"))
                .toList();
    }

    private String digest() {
        return sandbox.tags(REPOSITORY).get("1.0.0");
    }

    private static void change(Path pack) throws IOException {
        Files.writeString(pack.resolve("values.yaml"), "pack:\n  namespace: changed\n");
    }

    @Test
    void firstPublishTakesEightRequestsAndSaysWhatItDid() throws Exception {
        CommandRun run = publish("my-pack").succeeds();

        assertThat(requests())
                .containsExactly(
                        "GetAuthorizationToken",
                        "CreateRepository",
                        "CreateRepository",
                        "POST /sample/blobs/uploads/",
                        "PUT /sample/blobs/uploads/UUID",
                        "POST /sample/blobs/uploads/",
                        "PUT /sample/blobs/uploads/UUID",
                        "PUT /sample/manifests/1.0.0");
        String reference = sandbox.registryHost() + "/" + REPOSITORY + ":1.0.0";
        assertThat(run.out()).isEqualTo("PUBLISHED " + reference + " " + digest() + "\n");
        assertThat(run.err().lines())
                .hasSize(7)
                .contains(
                        "Logged in to " + sandbox.registryHost() + ".",
                        "1 pack found; it goes to AWS ECR in us-east-1, " + ARCHIVE
                                + ", with the machine's own AWS credentials (environment variables).",
                        "Created repository " + ARCHIVE + ".",
                        "sample:1.0.0: PUBLISHED as " + reference + " (" + digest() + ").",
                        "1 pack: 1 published.");
        assertThat(run.err()).containsPattern("Archives of .* were sent in [0-9.]+ s.\n$");
        assertThat(sandbox.repositories()).extracting(Repository::name).containsExactlyInAnyOrder(ARCHIVE, REPOSITORY);
    }

    @Test
    void logHasOneLineAPackUnlessDetailsAreAskedForAndEveryFailureAgainAtTheEnd() throws Exception {
        for (int i = 10; i < 40; i++) {
            SamplePacks.write(folder.resolve("packs/p" + i), "p" + i, "1.0.0");
        }
        publish("packs/p11", "packs/p12").succeeds();
        change(folder.resolve("packs/p11"));
        change(folder.resolve("packs/p12"));

        CommandRun run = publish("packs/*").fails(1);

        assertThat(run.err().lines()).hasSizeLessThan(30 + 35);
        for (int i = 10; i < 40; i++) {
            String label = "p" + i + ":1.0.0: ";
            assertThat(run.err().lines().filter(line -> line.startsWith(label)))
                    .as(label)
                    .hasSize(1);
        }
        assertThat(run.err().lines().filter(line -> line.startsWith("Failed: ")))
                .hasSize(2)
                .allMatch(line -> line.contains("exists with other content"));
        assertThat(run.err()).contains("30 packs found; they go to ").contains("30 packs: 28 published, 2 failed.\n");

        CommandRun verbose =
                publish("--verbose", "--if-exists", "skip", "packs/*").succeeds();
        assertThat(verbose.err().lines().filter(line -> line.contains(": archived ")))
                .hasSize(30);
    }

    @Test
    void unchangedPackSendsNothingEvenIfFileTimesChanged() throws Exception {
        publish("my-pack").succeeds();
        String before = digest();
        Files.setLastModifiedTime(folder.resolve("my-pack/pack.json"), FileTime.from(Instant.EPOCH));
        sandbox.requests().clear();

        CommandRun run = publish("my-pack").succeeds();

        assertThat(run.out()).startsWith("UNCHANGED ").endsWith(" " + before + "\n");
        assertThat(requests())
                .containsExactly("GetAuthorizationToken", "CreateRepository", "GET /sample/manifests/1.0.0");
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void oneRequestAPackIsEnoughWhereNothingChangedAndNewOnesAreMadeNevertheless() throws Exception {
        for (int i = 0; i < 4; i++) {
            SamplePacks.write(folder.resolve("packs/p" + i), "p" + i, "1.0.0");
        }
        publish("packs/*").succeeds();
        SamplePacks.write(folder.resolve("packs/p2-new"), "p2-new", "1.0.0");
        sandbox.requests().clear();

        CommandRun run = publish("--parallel", "1", "packs/*").succeeds();

        assertThat(run.err()).contains("5 packs: 1 published, 4 unchanged.");
        assertThat(requests())
                .containsExactly(
                        "GetAuthorizationToken",
                        "CreateRepository",
                        "GET /p0/manifests/1.0.0",
                        "GET /p1/manifests/1.0.0",
                        "GET /p2/manifests/1.0.0",
                        "GET /p2-new/manifests/1.0.0",
                        "CreateRepository",
                        "CreateRepository",
                        "POST /p2-new/blobs/uploads/",
                        "PUT /p2-new/blobs/uploads/UUID",
                        "POST /p2-new/blobs/uploads/",
                        "PUT /p2-new/blobs/uploads/UUID",
                        "PUT /p2-new/manifests/1.0.0",
                        "CreateRepository",
                        "GET /p3/manifests/1.0.0");
        assertThat(sandbox.requests().count(Match.api("GetAuthorizationToken"))).isEqualTo(1);
    }

    @Test
    void dryRunSaysWhatWouldHappenAndChangesNothing() throws Exception {
        CommandRun planned = publish("--dry-run", "my-pack").succeeds();
        assertThat(planned.out()).isEqualTo("PLANNED " + sandbox.registryHost() + "/" + REPOSITORY + ":1.0.0\n");
        assertThat(planned.err()).contains("the repository " + REPOSITORY + " would be created.");
        assertThat(requests()).containsExactly("GetAuthorizationToken", "GET /sample/manifests/1.0.0");
        assertThat(sandbox.repositories()).isEmpty();

        publish("my-pack").succeeds();
        assertThat(publish("--dry-run", "my-pack").succeeds().out()).startsWith("UNCHANGED ");
        change(folder.resolve("my-pack"));
        publish("--dry-run", "my-pack").fails(ExitCode.FAILED);
        assertThat(publish("--dry-run", "--if-exists", "overwrite", "my-pack")
                        .succeeds()
                        .out())
                .startsWith("PLANNED ");
    }

    @Test
    void suffixThatTheUserTypedIsNotDoubled() throws Exception {
        command().run("publish", "--repository-name", ARCHIVE + "/", "my-pack").succeeds();

        assertThat(sandbox.repositories()).extracting(Repository::name).containsExactlyInAnyOrder(ARCHIVE, REPOSITORY);
    }

    @Test
    void repositoriesThatExistAreAccepted() throws Exception {
        sandbox.createRepository(ARCHIVE, false);
        sandbox.createRepository(REPOSITORY, false);

        CommandRun run = publish("my-pack").succeeds();

        assertThat(run.err()).doesNotContain("Created repository");
        assertThat(digest()).isNotNull();
    }

    @Test
    void repositoriesAreCreatedAsAsked() throws Exception {
        String key = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        String policy = "{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"untagged\","
                + "\"countType\":\"imageCountMoreThan\",\"countNumber\":10},\"action\":{\"type\":\"expire\"}}]}";
        Files.writeString(folder.resolve("policy.json"), policy);

        publish(
                        "--immutable-tags",
                        "--scan-on-push",
                        "--kms-key",
                        key,
                        "--resource-tag",
                        "team=platform",
                        "--resource-tag",
                        "cost=1=2",
                        "--lifecycle-policy",
                        "policy.json",
                        "my-pack")
                .succeeds();

        for (String name : List.of(ARCHIVE, REPOSITORY)) {
            Repository repository = sandbox.repository(name).orElseThrow();
            assertThat(repository.tagMutability()).isEqualTo("IMMUTABLE");
            assertThat(repository.scanOnPush()).isTrue();
            assertThat(repository.kmsKey()).contains(key);
            assertThat(repository.resourceTags()).isEqualTo(Map.of("team", "platform", "cost", "1=2"));
            assertThat(repository.lifecyclePolicy()).contains(policy);
        }
    }

    @Test
    void severalPacksTakeOneLoginAndOneBaseRepository() throws Exception {
        for (int i = 0; i < 6; i++) {
            SamplePacks.write(folder.resolve("packs/p" + i), "p" + i, "1.0." + i);
        }

        CommandRun run = publish("packs/*").succeeds();

        assertThat(run.out().lines()).hasSize(6).allMatch(line -> line.startsWith("PUBLISHED "));
        assertThat(run.err()).contains("6 packs: 6 published.");
        assertThat(sandbox.requests().count(Match.api("GetAuthorizationToken"))).isEqualTo(1);
        assertThat(sandbox.requests().count(Match.api("CreateRepository"))).isEqualTo(7);

        CommandRun here = CommandRun.in(folder.resolve("packs"))
                .with(sandbox.environment())
                .run("publish", "--repository-name", "acme", "p?")
                .succeeds();
        assertThat(here.out().lines()).hasSize(6).allMatch(line -> line.startsWith("UNCHANGED "));
    }

    @Test
    void oneInvalidPackMeansThatNothingIsSent() throws Exception {
        Path bad = SamplePacks.write(folder.resolve("bad"), "bad", "1.0.0+7");

        CommandRun run = publish("my-pack", "bad").fails(ExitCode.INVALID_PACK);

        assertThat(run.err())
                .contains("ERROR " + bad.getFileName() + "/pack.json:4: The version '1.0.0+7' holds a '+'")
                .contains("Error: 1 pack is invalid. Nothing was sent.");
        assertThat(run.out().lines())
                .satisfiesExactly(
                        good -> assertThat(good).isEqualTo("FAILED sample:1.0.0 1 pack is invalid. Nothing was sent."),
                        invalid -> assertThat(invalid).startsWith("FAILED bad/pack.json: The version '1.0.0+7' holds"));
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void packWithManyErrorsTellsTheFirstAndHowManyMore() throws Exception {
        String types = IntStream.range(0, 1000).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        new TestPack().set("cloudTypes", types).write(folder.resolve("bad"));

        JsonNode json = JsonMapper.shared()
                .readTree(publish("--json", "bad").fails(ExitCode.INVALID_PACK).out());

        assertThat(json.path(0).path("error").stringValue())
                .startsWith(
                        "bad/pack.json: Element 1 of 'cloudTypes' must be a string in quotes. bad/pack.json: Element 2")
                .endsWith("Element 20 of 'cloudTypes' must be a string in quotes. And 980 more.");
    }

    @Test
    void packThatIsMissingOrTwiceIsInvalid() throws Exception {
        assertThat(publish("missing").fails(ExitCode.INVALID_PACK).err())
                .contains("ERROR missing: There is no such folder.");
        assertThat(publish("nothing/*").fails(ExitCode.INVALID_PACK).err())
                .contains("Error: The pattern 'nothing/*' matches no folder below " + folder + ".");
        SamplePacks.write(folder.resolve("copy"), "sample", "1.0.0");
        assertThat(publish("my-pack", "copy").fails(ExitCode.INVALID_PACK).err())
                .contains("Name and version are sample:1.0.0, as in my-pack.");
        publish("my-pack", "./my-pack/").succeeds();
    }

    @Test
    void expectedNameAndVersionMustBeThoseOfThePack() throws Exception {
        assertThat(publish("--expect-name", "other", "my-pack")
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains(
                        "The name is 'sample', but 'other' was given. Change one of them, or leave --expect-name out.");
        assertThat(publish("--expect-version", "2.0.0", "my-pack")
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("The version is '1.0.0', but '2.0.0' was given.");
        SamplePacks.write(folder.resolve("b"), "b", "1.0.0");
        assertThat(publish("--expect-version", "1.0.0", "my-pack", "b")
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("The version '1.0.0' was given for more than one pack.");
        assertThat(sandbox.requests().all()).isEmpty();
        publish("--expect-name", "sample", "--expect-version", "1.0.0", "my-pack")
                .succeeds();
    }

    @Test
    void packThatFailsDoesNotStopTheOthers() throws Exception {
        SamplePacks.write(folder.resolve("other"), "other", "2.0.0");
        sandbox.fault(
                Match.registry("PUT", "/sample/manifests/"),
                Fault.registryError(405, "UNSUPPORTED", "Invalid parameter at 'ImageManifest'"));

        CommandRun run = publish("--json", "my-pack", "other").fails(ExitCode.FAILED);

        JsonNode json = JsonMapper.shared().readTree(run.out());
        assertThat(json.size()).isEqualTo(2);
        assertThat(json.path(0).path("status").stringValue()).isEqualTo("FAILED");
        assertThat(json.path(0).path("error").stringValue())
                .isEqualTo("Tagging " + REPOSITORY + ":1.0.0 failed: " + sandbox.registryHost()
                        + " answered 405 UNSUPPORTED to PUT: Invalid parameter at 'ImageManifest'."
                        + " The registry does not take this kind of artifact.");
        assertThat(json.path(1).path("status").stringValue()).isEqualTo("PUBLISHED");
        assertThat(run.err()).contains("2 packs: 1 published, 1 failed.");
        assertThat(sandbox.tags(REPOSITORY)).isEmpty();
    }

    @Test
    void jsonHasEveryFieldAndNothingElseIsOnStandardOutput() throws Exception {
        CommandRun run = publish("--json", "my-pack").succeeds();

        JsonNode pack = JsonMapper.shared().readTree(run.out()).path(0);
        assertThat(new TreeSet<>(pack.propertyNames()))
                .containsExactly(
                        "archiveDigest",
                        "archiveName",
                        "archiveSize",
                        "digest",
                        "folder",
                        "name",
                        "paletteStatus",
                        "pinnedReference",
                        "reference",
                        "repository",
                        "status",
                        "version");
        assertThat(pack.path("folder").stringValue()).isEqualTo("my-pack");
        String host = sandbox.registryHost();
        assertThat(pack.path("reference").stringValue()).isEqualTo(host + "/" + REPOSITORY + ":1.0.0");
        assertThat(pack.path("pinnedReference").stringValue()).isEqualTo(host + "/" + REPOSITORY + "@" + digest());
        assertThat(pack.path("digest").stringValue()).isEqualTo(digest());
        assertThat(pack.path("archiveName").stringValue()).isEqualTo("sample-1.0.0.tar.gz");
        Path blob = sandbox.blob(REPOSITORY, pack.path("archiveDigest").stringValue());
        assertThat(pack.path("archiveSize").longValue()).isEqualTo(Files.size(blob));
        assertThat(pack.path("status").stringValue()).isEqualTo("PUBLISHED");
    }

    @Test
    void jsonTellsFailuresBeforeAnythingWasSentToo() throws Exception {
        SamplePacks.write(folder.resolve("bad"), "Bad", "1.0.0");
        JsonNode invalid = JsonMapper.shared()
                .readTree(publish("--json", "my-pack", "bad")
                        .fails(ExitCode.INVALID_PACK)
                        .out());
        assertThat(invalid.path(0).path("error").stringValue()).isEqualTo("1 pack is invalid. Nothing was sent.");
        assertThat(invalid.path(1).path("error").stringValue()).startsWith("bad/pack.json: The name 'Bad' cannot be");

        sandbox.deny("ecr:GetAuthorizationToken");
        JsonNode refused = JsonMapper.shared()
                .readTree(publish("--json", "my-pack").fails(ExitCode.FAILED).out());
        assertThat(refused.path(0).path("status").stringValue()).isEqualTo("FAILED");
        assertThat(refused.path(0).path("name").stringValue()).isEqualTo("sample");
        assertThat(refused.path(0).path("error").stringValue()).contains("ecr:GetAuthorizationToken");
    }

    @Test
    void jsonIsWholeAfterAnInterrupt() throws Exception {
        SamplePacks.write(folder.resolve("other"), "other", "2.0.0");
        sandbox.fault(1, Match.registry("PUT", "/sample/manifests/"), Fault.stall());
        Process process = command()
                .start("publish", "--repository-name", "acme", "--json", "--parallel", "1", "other", "my-pack");
        sandbox.requests().await(Match.registry("PUT", "/sample/manifests/"), Duration.ofSeconds(120));
        process.toHandle().destroy();

        JsonNode json = JsonMapper.shared().readTree(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isEqualTo(128 + 15);
        assertThat(json.size()).isEqualTo(1);
        assertThat(json.path(0).path("name").stringValue()).isEqualTo("other");
        assertThat(json.path(0).path("status").stringValue()).isEqualTo("PUBLISHED");
    }

    @Test
    void quietPrintsResultsAndErrorsOnly() throws Exception {
        CommandRun good = publish("--quiet", "my-pack").succeeds();
        assertThat(good.out()).startsWith("PUBLISHED ");
        assertThat(good.err()).isEmpty();

        change(folder.resolve("my-pack"));
        CommandRun bad = publish("-q", "my-pack").fails(ExitCode.FAILED);
        assertThat(bad.err().lines())
                .singleElement()
                .asString()
                .startsWith("Error: ")
                .contains("exists with other content");
    }

    @Test
    void wrongKeysAreToldInAwsWords() throws Exception {
        CommandRun unknown = command()
                .with("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
                .run("publish", "--repository-name", "acme", "my-pack")
                .fails(ExitCode.FAILED);
        assertThat(unknown.err())
                .contains("Error: GetAuthorizationToken failed: ECR at "
                        + sandbox.endpoint().getAuthority()
                        + " answered UnrecognizedClientException: The security token included in the request is invalid."
                        + " Check the AWS access key id, and the session token if there is one.");

        CommandRun secret = command()
                .with("AWS_SECRET_ACCESS_KEY", "wrong")
                .run("publish", "--repository-name", "acme", "my-pack")
                .fails(ExitCode.FAILED);
        assertThat(secret.err()).contains("InvalidSignatureException").contains("Check the AWS secret access key");
    }

    @Test
    void missingPermissionIsNamed() throws Exception {
        sandbox.deny("ecr:CreateRepository");
        CommandRun create = publish("my-pack").fails(ExitCode.FAILED);
        assertThat(create.err())
                .contains("sample:1.0.0: FAILED. CreateRepository '" + REPOSITORY + "' failed: ECR at ")
                .contains(" answered AccessDeniedException: User: arn:aws:iam::123456789012:user/pack-publisher is not"
                        + " authorized to perform: ecr:CreateRepository")
                .contains("Allow ecr:CreateRepository in the IAM policy of these credentials.");

        sandbox.allow("ecr:CreateRepository");
        sandbox.deny("ecr:PutImage");
        CommandRun put = publish("my-pack").fails(ExitCode.FAILED);
        assertThat(put.err())
                .contains("Tagging " + REPOSITORY + ":1.0.0 failed: ")
                .contains("answered 403 DENIED to PUT")
                .contains("Allow ecr:PutImage on this repository in the IAM policy of the credentials that are used.");
    }

    @Test
    void createPermissionIsNotNeededWhereTheRepositoriesExist() throws Exception {
        sandbox.createRepository(ARCHIVE, false);
        sandbox.createRepository(REPOSITORY, false);
        sandbox.deny("ecr:CreateRepository");

        publish("my-pack").succeeds();

        assertThat(digest()).isNotNull();
    }

    @Test
    void withoutReadPermissionPublishingWorksAndSaysWhatItCouldNotCheck() throws Exception {
        sandbox.createRepository(ARCHIVE, false);
        sandbox.createRepository(REPOSITORY, false);
        sandbox.deny("ecr:BatchGetImage");

        CommandRun run = publish("my-pack").succeeds();

        assertThat(run.err())
                .contains("sample:1.0.0: whether it exists already could not be looked up, so it may be replaced.")
                .contains("ecr:BatchGetImage");
        assertThat(digest()).isNotNull();
    }

    @Test
    void accountIdIsCheckedBeforeAnythingIsSent() throws Exception {
        sandbox.createRepository(ARCHIVE, false);
        sandbox.requests().clear();
        CommandRun run = publish("--account-id", "210987654321", "my-pack").fails(ExitCode.FAILED);

        assertThat(run.err())
                .contains("Error: The account id is 210987654321, but the credentials belong to the registry of account"
                        + " 123456789012 at " + sandbox.registryHost()
                        + ". Check --account-id, or use credentials of that account. No pack was sent.");
        assertThat(sandbox.requests().matching(Match.service(Request.REGISTRY))).isEmpty();
        publish("--account-id", "123456789012", "my-pack").succeeds();
    }

    @Test
    void accountIdIsCheckedAgainstANewRepositoryWhereLookingIsNotAllowed() throws Exception {
        sandbox.deny("ecr:DescribeRepositories");

        CommandRun run = publish("--account-id", "210987654321", "my-pack").fails(ExitCode.FAILED);

        assertThat(run.err()).contains("The account id is 210987654321, but the credentials belong to");
        assertThat(sandbox.requests().matching(Match.service(Request.REGISTRY))).isEmpty();
    }

    @Test
    void wrongRegionAndUnreachableEndpointAreExplained() throws Exception {
        CommandRun region = publish("--region", "eu-west-1", "my-pack").fails(ExitCode.FAILED);
        assertThat(region.err())
                .contains("InvalidSignatureException: Credential should be scoped to a valid region")
                .contains("Check --region.");

        sandbox.close();
        CommandRun gone = publish("my-pack").fails(ExitCode.FAILED);
        assertThat(gone.err())
                .doesNotContain("Trying again in ")
                .contains("Error: GetAuthorizationToken failed: no connection to ")
                .contains("Check address and port, and whether a proxy is needed from this machine.");
    }

    @Test
    void wrongUsageIsExplainedAndEndsWithTwo() throws Exception {
        assertThat(command().run().fails(ExitCode.USAGE).err()).contains("Say what to do");
        assertThat(command().run("publish", "my-pack").fails(ExitCode.USAGE).err())
                .contains("It is not said where to publish");
        assertThat(publish("--if-exists", "maybe", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("maybe");
        assertThat(publish("--account-id", "1234-5678-9012", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("twelve digits without dashes");
        assertThat(publish("--parallel", "0", "my-pack").fails(ExitCode.USAGE).err())
                .contains("at least 1");
        assertThat(publish("--endpoint-url", "http://r.example", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("is plain HTTP");
        assertThat(publish("--kms-key", "nonsense", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("KMS key");
        assertThat(publish("--lifecycle-policy", "missing.json", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("The lifecycle policy missing.json cannot be read.");
        assertThat(command()
                        .run("publish", "--repository-name", "Acme", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("is not one that ECR takes");
        assertThat(command()
                        .without("AWS_DEFAULT_REGION")
                        .run("publish", "--repository-name", "acme", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("The AWS region is missing. Give --region, or set AWS_DEFAULT_REGION");
        assertThat(command()
                        .with("SOURCE_DATE_EPOCH", "yesterday")
                        .run("publish", "--repository-name", "acme", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("SOURCE_DATE_EPOCH is 'yesterday'");
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void mistypedRegionIsDoubtedInsteadOfTriedAgain() throws Exception {
        CommandRun run = CommandRun.in(folder)
                .with("AWS_ACCESS_KEY_ID", sandbox.accessKeyId())
                .with("AWS_SECRET_ACCESS_KEY", sandbox.secretAccessKey())
                // Whatever this machine's name server answers.
                .java("-Djdk.net.hosts.file=" + Files.createFile(folder.resolve("hosts")))
                .runApart("publish", "--repository-name", "acme", "--region", "us-esat-1", "my-pack")
                .fails(ExitCode.FAILED);

        assertThat(run.err())
                .contains("GetAuthorizationToken failed: the host api.ecr.us-esat-1.amazonaws.com is not known."
                        + " The AWS region 'us-esat-1' is none that is known here. Did you mean us-east-1?")
                .doesNotContain("Trying again");
    }

    @Test
    void regionAndEndpointComeFromWhereTheAwsCommandLineFindsThem() throws Exception {
        Path config = Files.writeString(folder.resolve("config"), "[profile team]\nregion = us-east-1\n");
        command()
                .without("AWS_DEFAULT_REGION")
                .with("AWS_CONFIG_FILE", config.toString())
                .with("AWS_PROFILE", "team")
                .run("publish", "--repository-name", "acme", "my-pack")
                .succeeds();
        command()
                .with("AWS_REGION", "us-east-1")
                .with("AWS_DEFAULT_REGION", "eu-west-1")
                .without("AWS_ENDPOINT_URL_ECR")
                .with("AWS_ENDPOINT_URL", sandbox.endpoint().toString())
                .run("publish", "--repository-name", "acme", "my-pack")
                .succeeds();
    }

    @Test
    void sessionTokenIsSent() throws Exception {
        try (EcrSandbox session = EcrSandbox.builder().requireSessionToken().start()) {
            CommandRun.in(folder)
                    .with(session.environment())
                    .run("publish", "--repository-name", "acme", "my-pack")
                    .succeeds();
            CommandRun run = CommandRun.in(folder)
                    .with(session.environment())
                    .without("AWS_SESSION_TOKEN")
                    .run("publish", "--repository-name", "acme", "my-pack")
                    .fails(ExitCode.FAILED);
            assertThat(run.err()).contains("Check the AWS access key id, and the session token if there is one.");
        }
    }

    @Test
    void immutableRepositoryRefusesOtherContentBeforeTheUpload() throws Exception {
        publish("--immutable-tags", "my-pack").succeeds();
        assertThat(publish("my-pack").succeeds().out()).startsWith("UNCHANGED ");
        change(folder.resolve("my-pack"));
        sandbox.requests().clear();

        CommandRun run = publish("--if-exists", "overwrite", "my-pack").fails(ExitCode.FAILED);

        assertThat(run.err())
                .contains("exists with other content and cannot be replaced: the repository's tags are immutable."
                        + " Raise the version in pack.json.");
        assertThat(sandbox.requests().count(Match.uploadStart())).isZero();
    }

    @Test
    void withoutCreatingTheMissingRepositoryIsTold() throws Exception {
        sandbox.cutUploadsToMissingRepositories(false);
        CommandRun run = publish("--no-create-repositories", "my-pack").fails(ExitCode.FAILED);

        assertThat(run.err())
                .contains("the repository " + REPOSITORY + " does not exist, and creating repositories is switched off"
                        + " (--no-create-repositories).")
                .contains("NAME_UNKNOWN")
                .contains("The repository with name '" + REPOSITORY
                        + "' does not exist in the registry with id '123456789012'");
        assertThat(sandbox.repositories()).isEmpty();

        sandbox.createRepository(REPOSITORY, false);
        publish("--no-create-repositories", "my-pack").succeeds();
    }

    @Test
    void tokenThatRunsOutOnTheWayIsFetchedAgain() throws Exception {
        sandbox.createRepository(REPOSITORY, false);
        sandbox.fault(
                1,
                Match.registry("GET", "/manifests/"),
                Fault.registryError(
                        403, "DENIED", "Your authorization token has expired. Reauthenticate and try again."));

        publish("my-pack").succeeds();

        assertThat(sandbox.requests().count(Match.api("GetAuthorizationToken"))).isEqualTo(2);
    }

    @Test
    void passingFailuresAreTriedAgainFromANewUpload() throws Exception {
        sandbox.fault(1, Match.uploadContent(), Fault.registryError(503, "UNAVAILABLE", "Try later"));
        sandbox.fault(1, Match.api("CreateRepository"), Fault.throttled());

        CommandRun run = publish("my-pack").succeeds();

        assertThat(run.err())
                .contains("answered ThrottlingException")
                .containsPattern("Uploading a blob to " + REPOSITORY + " failed: .* answered 503 UNAVAILABLE to PUT:"
                        + " Try later\\. Trying again in [0-9.]+ s \\(retry 1 of 5\\)\\.");
        assertThat(sandbox.requests().count(Match.uploadStart())).isEqualTo(3);
    }

    @Test
    void sourceDateEpochFixesTheDigest() throws Exception {
        CommandRun.Setup fixed = command().with("SOURCE_DATE_EPOCH", "1700000000");
        fixed.run("publish", "--repository-name", "acme", "my-pack").succeeds();
        fixed.run("publish", "--repository-name", "other", "my-pack").succeeds();

        assertThat(digest())
                .isNotNull()
                .isEqualTo(sandbox.tags("other/spectro-packs/archive/sample").get("1.0.0"));
        assertThat(sandbox.manifest(REPOSITORY, "1.0.0").map(String::new).orElseThrow())
                .contains("\"org.opencontainers.image.created\":\"2023-11-14T22:13:20Z\"");
    }

    @Test
    void packInTheCurrentFolderIsPublishedUnderItsFoldersName() throws Exception {
        Path pack = folder.resolve("my-pack");
        CommandRun.in(pack)
                .with(sandbox.environment())
                .run("publish", "--repository-name", "acme", ".")
                .succeeds();

        assertThat(publish("my-pack").succeeds().out()).startsWith("UNCHANGED ");
        Path archive = folder.resolve("pulled.tar.gz");
        JsonNode manifest = JsonMapper.shared()
                .readTree(sandbox.manifest(REPOSITORY, "1.0.0").orElseThrow());
        Files.copy(
                sandbox.blob(
                        REPOSITORY,
                        manifest.path("layers").path(0).path("digest").stringValue()),
                archive);
        assertThat(Shell.run(folder, List.of("tar", "-tzf", archive.toString())).lines())
                .startsWith("my-pack/")
                .allMatch(line -> line.startsWith("my-pack/"));
    }

    @Test
    void archiveLargerThanTheHeapIsPublished() throws Exception {
        Path big = folder.resolve("my-pack/charts");
        Files.createDirectories(big);
        Random random = new Random(1);
        byte[] block = new byte[1024 * 1024];
        try (OutputStream stream = Files.newOutputStream(big.resolve("big.tgz"))) {
            for (int i = 0; i < 160; i++) {
                random.nextBytes(block);
                stream.write(block);
            }
        }

        CommandRun run = command().java("-Xmx48m").run("publish", "--repository-name", "acme", "--json", "my-pack");

        run.succeeds();
        assertThat(JsonMapper.shared()
                        .readTree(run.out())
                        .path(0)
                        .path("archiveSize")
                        .longValue())
                .isGreaterThan(160L * 1024 * 1024);
    }

    @Test
    void containersConfigurationOfTheMachineIsNotFollowed() throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve(".config/containers"));
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".config/containers/registries.conf"), "this is [[ not toml");
        Files.writeString(home.resolve(".docker/config.json"), "{ not json");

        command()
                .with("HOME", home.toString())
                .java("-Duser.home=" + home)
                .with(
                        "CONTAINERS_REGISTRIES_CONF",
                        home.resolve(".config/containers/registries.conf").toString())
                .run("publish", "--repository-name", "acme", "my-pack")
                .succeeds();

        assertThat(home.resolve(".docker/config.json")).hasContent("{ not json");
    }
}
