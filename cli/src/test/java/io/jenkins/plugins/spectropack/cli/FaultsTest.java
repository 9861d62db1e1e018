package io.jenkins.plugins.spectropack.cli;

import static io.jenkins.plugins.spectropack.cli.InProcess.HASTY;
import static io.jenkins.plugins.spectropack.cli.InProcess.PATIENT;
import static io.jenkins.plugins.spectropack.cli.RegistryState.ARCHIVE;
import static io.jenkins.plugins.spectropack.cli.RegistryState.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What {@code publish} does when the registry, its API or the way to them fails, and what the user reads then. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {

    private static final ReliabilityTable TABLE =
            new ReliabilityTable("faults", "What happens", "Ends", "What is said");
    private static final Duration NO_TIME = Duration.ZERO;

    @TempDir
    private Path folder;

    private Path pack;
    private Path temporary;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterAll
    static void compareWithTheDocument() throws IOException {
        TABLE.check();
    }

    private void restart() {
        sandbox.close();
        try {
            sandbox = EcrSandbox.builder().start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CommandRun run(Limits limits, String... options) throws IOException {
        try (InProcess process = InProcess.of(sandbox, temporary, limits)) {
            String[] arguments = Arrays.copyOf(options, options.length + 1);
            arguments[options.length] = pack.toString();
            CommandRun run = process.publish(arguments);
            assertThat(temporary).isEmptyDirectory();
            return run;
        }
    }

    /** Publishes with a fault, looks at how it ended, and publishes again without. */
    private CommandRun ends(String fault, Limits limits, int code, String said, String... options) throws IOException {
        CommandRun run = run(limits, options);
        TABLE.row(fault, RegistryState.end(run), RegistryState.said(run, sandbox, folder));
        assertThat(run.code()).as(fault + ": " + run.output()).isEqualTo(code);
        assertThat(run.output()).as(fault).contains(said);
        RegistryState.assertWhole(sandbox);
        if (code != ExitCode.OK) {
            assertThat(RegistryState.tag(sandbox)).as(fault).isEmpty();
        }
        return run;
    }

    private void completes() throws IOException {
        sandbox.clearFaults();
        run(PATIENT).succeeds();
        assertThat(RegistryState.tag(sandbox)).isPresent();
        RegistryState.assertWhole(sandbox);
    }

    private void passes(String name, Predicate<Request> where, Fault fault, String said) throws IOException {
        sandbox.fault(1, where, fault);
        CommandRun run = ends(name, PATIENT, ExitCode.OK, said);
        assertThat(run.err().lines().filter(line -> line.contains("Trying again in")))
                .hasSize(1);
        assertThat(run.out()).startsWith("PUBLISHED ");
        restart();
    }

    @Test
    @Order(1)
    void passingFailuresAreTriedAgain() throws Exception {
        for (int status : List.of(408, 429, 500, 502, 503, 504)) {
            passes(
                    status + " to a blob's upload, once",
                    Match.uploadContent(),
                    Fault.answer(status, Map.of(), ""),
                    "answered " + status + " to PUT. Trying again in");
        }
        passes(
                "429 with Retry-After to the start of an upload, once",
                Match.uploadStart(),
                Fault.tooManyRequests(NO_TIME),
                "answered 429 TOOMANYREQUESTS to POST: Rate exceeded. The registry limits requests;"
                        + " publish fewer packs at a time (--parallel). Trying again in");
        passes(
                "503 to the manifest, once",
                Match.manifestPut(),
                Fault.registryError(503, "UNAVAILABLE", "Try later"),
                "Tagging " + REPOSITORY + ":1.0.0 failed: ");
        passes(
                "throttled GetAuthorizationToken, once",
                Match.api("GetAuthorizationToken"),
                Fault.throttled(),
                "answered ThrottlingException: Rate exceeded. Trying again in");
        passes(
                "throttled CreateRepository, once",
                Match.api("CreateRepository"),
                Fault.throttled(),
                "CreateRepository '" + REPOSITORY + "' failed: ");
        passes(
                "500 from the API, once",
                Match.api("CreateRepository"),
                Fault.apiError(500, "ServerException", "Service is not able to process the request"),
                "answered ServerException");
        passes(
                "408 from the API, once",
                Match.api("CreateRepository"),
                Fault.apiError(408, "RequestTimeoutException", "Too slow"),
                "answered RequestTimeoutException");
        passes(
                "the connection to the API is cut, once",
                Match.api("GetAuthorizationToken"),
                Fault.cut(),
                "cut the connection off");
        passes(
                "the connection is cut at the start of an upload, once",
                Match.uploadStart(),
                Fault.cut(),
                "cut the connection off (POST).");
        passes(
                "the connection is cut before a blob is read, once",
                Match.uploadContent(),
                Fault.cut(),
                "cut the connection off (PUT).");
        passes(
                "the connection is cut half-way through a blob, once",
                Match.uploadContent(),
                Fault.cutRequestBody(),
                "(PUT)");
        passes("the answer to a blob's upload is lost, once", Match.uploadContent(), Fault.loseAnswer(), "(PUT)");
        passes("the answer to the manifest is lost, once", Match.manifestPut(), Fault.loseAnswer(), "(PUT)");
        passes(
                "the answer to CreateRepository is lost, once",
                Match.api("CreateRepository"),
                Fault.loseAnswer(),
                "cut");
    }

    /** Both happen in registries whose parts do not know at once what one of them was told. */
    @Test
    @Order(1)
    void whatTheRegistryDoesNotSeeYetIsWaitedFor() throws Exception {
        for (String code : List.of("DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN")) {
            passes(
                    "400 " + code + " to the manifest, whose blobs were taken, once",
                    Match.manifestPut(),
                    Fault.registryError(400, code, "not here"),
                    "answered 400 " + code + " to PUT: not here.");
        }
        passes(
                "404 NAME_UNKNOWN to the start of an upload, right after the repository was made, once",
                Match.uploadStart(),
                Fault.registryError(404, "NAME_UNKNOWN", "The repository with name 'x' does not exist"),
                "answered 404 NAME_UNKNOWN to POST: The repository with name 'x' does not exist.");
    }

    @Test
    @Order(2)
    void lostAnswersAreMadeGoodInImmutableRepositoriesToo() throws Exception {
        sandbox.fault(1, Match.manifestPut(), Fault.loseAnswer());

        CommandRun run = ends(
                "the answer to the manifest is lost, once, in an immutable repository, which takes a tag once",
                PATIENT,
                ExitCode.OK,
                "PUBLISHED",
                "--immutable-tags");

        assertThat(run.out()).startsWith("PUBLISHED ");
    }

    @Test
    @Order(3)
    void eachRetryOfABlobIsANewUpload() throws Exception {
        sandbox.fault(2, Match.uploadContent(), Fault.cutRequestBody());

        CommandRun run =
                ends("the connection is cut half-way through a blob, twice", PATIENT, ExitCode.OK, "(retry 2 of 3)");

        assertThat(run.err().lines().filter(line -> line.contains("Trying again")))
                .hasSize(2);
        assertThat(sandbox.requests().count(Match.uploadStart())).isEqualTo(4);
        assertThat(sandbox.requests().matching(Match.uploadContent()))
                .extracting(Request::path)
                .doesNotHaveDuplicates();
    }

    @Test
    @Order(4)
    void retriesEndAndRetryAfterIsHonoured() throws Exception {
        sandbox.fault(Match.uploadContent(), Fault.registryError(503, "UNAVAILABLE", "Try later"));
        CommandRun endless = ends(
                "503 to each blob's upload",
                PATIENT,
                ExitCode.FAILED,
                "sample:1.0.0: FAILED. Uploading a blob to " + REPOSITORY + " failed: " + sandbox.registryHost()
                        + " answered 503 UNAVAILABLE to PUT: Try later.");
        assertThat(endless.err().lines().filter(line -> line.contains("Trying again in")))
                .hasSize(3);
        completes();

        restart();
        sandbox.fault(1, Match.uploadStart(), Fault.tooManyRequests(Duration.ofSeconds(2)));
        Limits limits = new Limits(
                PATIENT.api(),
                PATIENT.answer(),
                PATIENT.stall(),
                3,
                PATIENT.firstPause(),
                Duration.ofSeconds(3),
                PATIENT.total(),
                PATIENT.poll());
        assertThat(run(limits).succeeds().err()).contains("Trying again in 2.0 s (retry 1 of 3).");
    }

    @Test
    @Order(5)
    void timeLimitOfAllRetriesHolds() throws Exception {
        sandbox.fault(Match.uploadStart(), Fault.registryError(503, "UNAVAILABLE", "Try later"));
        Limits limits = new Limits(
                PATIENT.api(),
                PATIENT.answer(),
                PATIENT.stall(),
                1000,
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                PATIENT.poll());

        assertThat(run(limits).fails(ExitCode.FAILED).err())
                .contains("answered 503")
                .doesNotContain("Trying again");
    }

    private void refused(String name, Predicate<Request> where, Fault fault, String said) throws IOException {
        sandbox.fault(where, fault);
        CommandRun run = ends(name, PATIENT, ExitCode.FAILED, said);
        assertThat(run.err()).doesNotContain("Trying again");
        completes();
        restart();
    }

    @Test
    @Order(6)
    void refusalsAreToldInTheRegistrysWordsAndNotTriedAgain() throws Exception {
        refused(
                "400 BLOB_UPLOAD_INVALID to a blob's upload",
                Match.uploadContent(),
                Fault.registryError(400, "BLOB_UPLOAD_INVALID", "None of the provided layer digests match"),
                "answered 400 BLOB_UPLOAD_INVALID to PUT: None of the provided layer digests match."
                        + " The upload did not arrive whole; run the publisher again.");
        refused(
                "416 BLOB_UPLOAD_INVALID to a blob's upload",
                Match.uploadContent(),
                Fault.registryError(416, "BLOB_UPLOAD_INVALID", "First byte of the layer part is 0 instead of 7"),
                "answered 416 BLOB_UPLOAD_INVALID to PUT: First byte of the layer part is 0 instead of 7.");
        refused(
                "403 DENIED to the start of an upload",
                Match.uploadStart(),
                Fault.registryError(403, "DENIED", "requested access to the resource is denied"),
                "answered 403 DENIED to POST: requested access to the resource is denied."
                        + " Check that the credentials may push to this repository.");
        sandbox.createRepository(REPOSITORY, false);
        refused(
                "404 NAME_UNKNOWN to the start of an upload",
                Match.uploadStart(),
                Fault.registryError(404, "NAME_UNKNOWN", "The repository with name 'x' does not exist"),
                "answered 404 NAME_UNKNOWN to POST: The repository with name 'x' does not exist."
                        + " Let the publisher create repositories (see --no-create-repositories), or create it first:"
                        + " aws ecr create-repository --repository-name REPOSITORY.");
        refused(
                "405 UNSUPPORTED to the manifest",
                Match.manifestPut(),
                Fault.registryError(405, "UNSUPPORTED", "Invalid parameter at 'ImageManifest'"),
                "answered 405 UNSUPPORTED to PUT: Invalid parameter at 'ImageManifest'."
                        + " The registry does not take this kind of artifact.");
        refused(
                "400 TAG_INVALID to the manifest",
                Match.manifestPut(),
                Fault.registryError(
                        400,
                        "TAG_INVALID",
                        "The image tag '1.0.0' already exists in the repository and cannot"
                                + " be overwritten because the repository is immutable."),
                "answered 400 TAG_INVALID to PUT: The image tag '1.0.0' already exists in the repository and cannot be"
                        + " overwritten because the repository is immutable. Tags of this repository cannot be moved:"
                        + " raise the version in pack.json, or delete the tag in the registry.");
        refused(
                "403 of a proxy, in HTML",
                Match.uploadStart(),
                Fault.answer(403, Map.of("Content-Type", "text/html"), "<html><body><h1>Forbidden</h1></body></html>"),
                "answered 403 to POST: Forbidden.");
        refused(
                "403 without a word to the manifest (quota of images)",
                Match.manifestPut(),
                Fault.answer(403, Map.of(), ""),
                "answered 403 to PUT. Check that the credentials may push to this repository, and the quota of images.");
        refused(
                "LimitExceededException from CreateRepository",
                Match.api("CreateRepository"),
                Fault.apiError(400, "LimitExceededException", "The maximum number of repositories is reached"),
                "answered LimitExceededException: The maximum number of repositories is reached."
                        + " Ask AWS for a higher quota of repositories, or delete unused ones.");
    }

    @Test
    @Order(6)
    void uploadThatIsRefusedBeforeItBeganIsToldInTheRegistrysWordsHoweverLongItIs() throws Exception {
        writeBigFile();
        sandbox.fault(Match.uploadStart(), Fault.registryError(403, "DENIED", "requested access is denied"));

        assertThat(run(PATIENT).fails(ExitCode.FAILED).err())
                .contains("answered 403 DENIED to POST: requested access is denied.")
                .doesNotContain("Trying again");

        assertThat(sandbox.requests().count(Match.uploadContent())).isZero();
        completes();
    }

    @Test
    @Order(7)
    void permissionThatIsMissingIsNamed() throws Exception {
        for (String action : List.of(
                "ecr:GetAuthorizationToken",
                "ecr:CreateRepository",
                "ecr:InitiateLayerUpload",
                "ecr:UploadLayerPart",
                "ecr:CompleteLayerUpload",
                "ecr:PutImage")) {
            sandbox.deny(action);
            ends(action + " is not allowed", PATIENT, ExitCode.FAILED, "Allow " + action);
            sandbox.allow(action);
            completes();
            restart();
        }
        sandbox.createRepository(REPOSITORY, false);
        sandbox.deny("ecr:BatchCheckLayerAvailability");
        ends(
                "ecr:BatchCheckLayerAvailability is not allowed, which costs only an upload more",
                PATIENT,
                ExitCode.OK,
                "PUBLISHED");
    }

    @Test
    @Order(8)
    void missingRepositoryOnWhichEcrCutsTheConnectionIsExplained() throws Exception {
        CommandRun run = ends(
                "no repository, and ECR cuts the connection",
                PATIENT,
                ExitCode.FAILED,
                "cut the connection off (POST). ECR drops the connection like this when the repository does not exist,"
                        + " or when the permission ecr:InitiateLayerUpload is missing.",
                "--no-create-repositories");
        assertThat(run.err()).contains("Trying again");
    }

    @Test
    @Order(9)
    void loginThatRunsOutIsFetchedAgainOnce() throws Exception {
        sandbox.fault(
                1,
                Match.uploadContent(),
                Fault.registryError(
                        403, "DENIED", "Your authorization token has expired. Reauthenticate and try again."));
        ends("the login runs out during an upload", PATIENT, ExitCode.OK, "PUBLISHED");
        assertThat(sandbox.requests().count(Match.api("GetAuthorizationToken"))).isEqualTo(2);

        restart();
        sandbox.fault(1, Match.manifestPut(), Fault.answer(401, Map.of(), "Not Authorized"));
        ends("401 to the manifest, once", PATIENT, ExitCode.OK, "PUBLISHED");
        assertThat(sandbox.requests().count(Match.api("GetAuthorizationToken"))).isEqualTo(2);

        restart();
        // Without a body: whether that of a 401 can be read depends on the HTTP client.
        sandbox.fault(Match.uploadStart(), Fault.answer(401, Map.of(), ""));
        CommandRun run = ends(
                "401 to every upload",
                PATIENT,
                ExitCode.FAILED,
                " Check user name and password, or the AWS credentials that are used.");
        assertThat(run.err()).doesNotContain("Trying again");
        assertThat(sandbox.requests().count(Match.api("GetAuthorizationToken"))).isEqualTo(2);
        assertThat(sandbox.requests().count(Match.uploadStart())).isEqualTo(2);
    }

    @Test
    @Order(10)
    void immutableRepositoryTakesTheSamePackAgainAndNoOther() throws Exception {
        run(PATIENT, "--immutable-tags").succeeds();
        String before = RegistryState.tag(sandbox).orElseThrow();
        CommandRun same = ends("the same pack again, to an immutable repository", PATIENT, ExitCode.OK, "UNCHANGED");
        assertThat(same.out()).startsWith("UNCHANGED ");

        Files.writeString(pack.resolve("values.yaml"), "pack:\n  namespace: other\n");
        sandbox.requests().clear();
        for (String ifExists : List.of("fail", "overwrite")) {
            CommandRun other = run(PATIENT, "--if-exists", ifExists).fails(ExitCode.FAILED);
            TABLE.row(
                    "other content, --if-exists " + ifExists + ", to an immutable repository",
                    RegistryState.end(other),
                    RegistryState.said(other, sandbox, folder));
        }
        assertThat(sandbox.requests().count(Match.uploadStart())).isZero();
        assertThat(RegistryState.tag(sandbox)).contains(before);

        sandbox.deny("ecr:BatchGetImage");
        CommandRun blind = run(PATIENT).fails(ExitCode.FAILED);
        TABLE.row(
                "the same, and ecr:BatchGetImage is not allowed",
                RegistryState.end(blind),
                RegistryState.said(blind, sandbox, folder));
        assertThat(blind.err())
                .contains("whether it exists already could not be looked up, so it may be replaced.")
                .contains("TAG_INVALID")
                .contains("raise the version in pack.json");
        assertThat(RegistryState.tag(sandbox)).contains(before);
    }

    @Test
    @Order(11)
    void withoutReadPermissionPublishingWorks() throws Exception {
        sandbox.createRepository(ARCHIVE, false);
        sandbox.createRepository(REPOSITORY, false);
        sandbox.deny("ecr:BatchGetImage");

        ends(
                "ecr:BatchGetImage is not allowed",
                PATIENT,
                ExitCode.OK,
                "sample:1.0.0: whether it exists already could not be looked up, so it may be replaced.");
    }

    @Test
    @Order(12)
    void loginGoesToNoOtherHost() throws Exception {
        try (SilentServer other = SilentServer.start()) {
            String elsewhere = "http://127.0.0.1:" + other.port() + "/upload";
            refused(
                    "an upload's Location is on another host",
                    Match.uploadStart(),
                    Fault.location(elsewhere),
                    "wants the upload at another address, http://127.0.0.1:" + other.port()
                            + ", which gets neither the login nor the pack. Give the registry's own address.");
            for (int status : List.of(301, 302, 303, 307, 308)) {
                for (Predicate<Request> where :
                        List.of(Match.uploadStart(), Match.uploadContent(), Match.manifestPut())) {
                    sandbox.fault(where, Fault.redirect(status, elsewhere));
                    assertThat(run(PATIENT).fails(ExitCode.FAILED).err())
                            .contains("elsewhere, which is not followed because the login would go along.");
                    restart();
                }
            }
            refused(
                    "a redirect to another host",
                    Match.uploadStart(),
                    Fault.redirect(307, elsewhere),
                    "redirected the POST elsewhere, which is not followed because the login would go along."
                            + " Give the registry's own address.");
            sandbox.fault(Match.api("CreateRepository"), Fault.redirect(307, elsewhere));
            run(PATIENT).fails(ExitCode.FAILED);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    @Order(13)
    void loginNeverTravelsUnencrypted() throws Exception {
        sandbox.close();
        sandbox = EcrSandbox.builder()
                .registry(URI.create("http://registry.example:5000"), "secret-password")
                .start();
        CommandRun run = ends(
                "the API names a registry with plain HTTP",
                PATIENT,
                ExitCode.FAILED,
                "is plain HTTP. The login would travel unencrypted, so HTTP is used for loopback addresses only.");
        assertThat(run.output()).doesNotContain("secret-password");

        restart();
        run(PATIENT).succeeds();
        Files.writeString(pack.resolve("values.yaml"), "pack:\n  namespace: other\n");
        sandbox.fault(Match.registry("GET", "/blobs/"), Fault.redirect(307, "http://registry.example/blob"));
        assertThat(run(PATIENT, "--dry-run").fails(ExitCode.FAILED).err())
                .contains("redirected to an address that is not HTTPS.");
    }

    @Test
    @Order(14)
    void registryThatDoesNotKeepToTheProtocolIsToldSo() throws Exception {
        refused(
                "the start of an upload without a Location",
                Match.uploadStart(),
                Fault.withoutLocation(),
                "did not say where to upload to.");
        sandbox.fault(Match.manifestPut(), Fault.wrongContentDigest());
        assertThat(run(PATIENT).fails(ExitCode.FAILED).err()).contains("says that it stored sha256:000");
    }

    @Test
    @Order(15)
    void nothingHangsForEver() throws Exception {
        try (SilentServer silent = SilentServer.start();
                InProcess process = InProcess.of(sandbox, temporary, HASTY)) {
            CommandRun run = process.publishTo("http://127.0.0.1:" + silent.port(), pack.toString());
            run.fails(ExitCode.FAILED);
            assertThat(run.err())
                    .contains("Error: GetAuthorizationToken failed: ECR at 127.0.0.1:" + silent.port()
                            + " did not answer within 3 s.");
            assertThat(silent.connections()).isEqualTo(2);
            TABLE.row(
                    "the API takes the connection and says nothing",
                    RegistryState.end(run),
                    RegistryState.said(run, sandbox, folder).replace("127.0.0.1:" + silent.port(), "ECR"));
        }
        hangs(
                "the registry does not answer when asked for the tag",
                Match.registry("GET", "/manifests/"),
                Fault.stall(),
                "no answer within 2 s (GET).");
        hangs(
                "the registry does not answer the start of an upload",
                Match.uploadStart(),
                Fault.stall(),
                "no answer within 2 s (POST).");
        hangs(
                "the registry does not answer the manifest",
                Match.manifestPut(),
                Fault.stall(),
                "no answer within 2 s (PUT).");

        stopsHalfWayThroughAnAnswer();

        writeBigFile();
        hangs(
                "the registry stops reading half-way",
                Match.uploadContent(),
                Fault.stallRequestBody(),
                "no data was taken for 2 s (PUT).");
    }

    private void writeBigFile() throws IOException {
        byte[] big = new byte[24 * 1024 * 1024];
        new Random(1).nextBytes(big);
        Files.write(pack.resolve("big.bin"), big);
    }

    private void stopsHalfWayThroughAnAnswer() throws IOException {
        try (SilentServer half = SilentServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"schema")) {
            sandbox.close();
            sandbox = EcrSandbox.builder()
                    .registry(URI.create("http://127.0.0.1:" + half.port()), "password")
                    .start();
            sandbox.createRepository(REPOSITORY, false);
            ends(
                    "the registry's answer stops half-way",
                    HASTY,
                    ExitCode.FAILED,
                    "the answer stopped half-way for 2 s (GET).");
        }
        restart();
    }

    private void hangs(String name, Predicate<Request> where, Fault fault, String said) throws IOException {
        sandbox.createRepository(REPOSITORY, false);
        sandbox.fault(where, fault);
        ends(name, HASTY, ExitCode.FAILED, said);
        completes();
        restart();
    }
}
