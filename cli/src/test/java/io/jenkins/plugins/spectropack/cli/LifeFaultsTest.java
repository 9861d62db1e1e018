package io.jenkins.plugins.spectropack.cli;

import static io.jenkins.plugins.spectropack.cli.InProcess.HASTY;
import static io.jenkins.plugins.spectropack.cli.InProcess.PATIENT;
import static io.jenkins.plugins.spectropack.cli.RegistryState.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/** What {@code copy}, {@code pull} and {@code retire} do when one of two registries or the way to it fails. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifeFaultsTest {

    private static final ReliabilityTable TABLE =
            new ReliabilityTable("life", "Command", "What happens", "Ends", "What is said");
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Predicate<Request> DOWNLOAD = Match.registry("GET", "/sample/blobs/");
    private static final Fault EXPIRED =
            Fault.registryError(403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");

    @WorkingFolder
    private Path folder;

    @Started
    private EcrSandbox source;

    @Started
    private EcrSandbox target;

    @BeforeEach
    void publish() throws Exception {
        // Both fakes are of the same account and region, and told apart by their keys and addresses.
        Files.writeString(folder.resolve("credentials"), profile("source", source) + profile("target", target));
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        run(PATIENT, "publish", with(source, "source", "--", "my-pack")).succeeds();
    }

    private static String profile(String name, EcrSandbox sandbox) {
        return "[" + name + "]\naws_access_key_id=" + sandbox.accessKeyId() + "\naws_secret_access_key="
                + sandbox.secretAccessKey() + "\n";
    }

    @AfterAll
    static void compareWithTheDocument() throws IOException {
        TABLE.check();
    }

    private static String location(EcrSandbox sandbox) {
        return sandbox.accountId() + ".dkr.ecr." + sandbox.region() + ".amazonaws.com/acme";
    }

    /** The options for one registry, and more. */
    private static List<String> with(EcrSandbox sandbox, String profile, String prefix, String... more) {
        List<String> options = new ArrayList<>(List.of(
                prefix.equals("--") ? "--registry" : prefix.substring(0, prefix.length() - 1),
                location(sandbox),
                prefix + "profile",
                profile,
                prefix + "endpoint-url",
                sandbox.endpoint().toString()));
        options.addAll(List.of(more));
        return options;
    }

    private CommandRun run(Limits limits, String command, List<String> options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(options);
        CommandRun run = CommandRun.in(folder)
                .with(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        folder.resolve("credentials").toString())
                .java("-D" + Limits.PROPERTY + "=" + limits.toProperty())
                .run(arguments.toArray(String[]::new));
        for (EcrSandbox sandbox : List.of(source, target)) {
            assertThat(run.output()).doesNotContain(sandbox.secretAccessKey()).doesNotContain("\tat ");
            sandbox.issuedPasswords()
                    .forEach(password -> assertThat(run.output()).doesNotContain(password));
        }
        return run;
    }

    private CommandRun copy(Limits limits) throws InterruptedException {
        List<String> options = with(source, "source", "--from-", "sample:1.0.0");
        options.addAll(with(target, "target", "--to-"));
        return run(limits, "copy", options);
    }

    private void row(String command, String what, CommandRun run) {
        String error = run.err()
                .replace(target.registryHost(), "TARGET")
                .replace(target.endpoint().getAuthority(), "ECR of TARGET");
        TABLE.row(
                command,
                what,
                RegistryState.end(run),
                RegistryState.said(new CommandRun(run.code(), run.out(), error), source, folder));
    }

    /** Copies with a fault, looks at how it ended and that nothing is half, and copies again without. */
    private void copyEnds(String what, Limits limits, int code, String said) throws Exception {
        CommandRun run = copy(limits);
        row("copy", what, run);
        assertThat(run.code()).as(what + ": " + run.output()).isEqualTo(code);
        assertThat(run.output()).as(what).contains(said);
        RegistryState.assertWhole(target);
        assertThat(RegistryState.tag(target).isPresent()).as(what).isEqualTo(code == ExitCode.OK);

        source.clearFaults();
        target.clearFaults();
        copy(PATIENT).succeeds();
        assertThat(RegistryState.tag(target)).isEqualTo(RegistryState.tag(source));
        RegistryState.assertWhole(target);
        target.removeTag(REPOSITORY, "1.0.0");
    }

    @Test
    @Order(1)
    void copyPassesOrLeavesNothingHalf() throws Exception {
        source.fault(1, DOWNLOAD, Fault.cutAnswerBody());
        copyEnds("the source breaks off half-way through a blob, once", PATIENT, ExitCode.OK, "Trying again in");
        restartTarget();
        target.fault(1, Match.uploadContent(), Fault.cutRequestBody());
        copyEnds("the target breaks off half-way through a blob, once", PATIENT, ExitCode.OK, "Trying again in");
        restartTarget();
        source.fault(1, DOWNLOAD, EXPIRED);
        copyEnds("the login at the source runs out, once", PATIENT, ExitCode.OK, "PUBLISHED");
        restartTarget();
        target.fault(1, Match.uploadContent(), EXPIRED);
        copyEnds("the login at the target runs out, once", PATIENT, ExitCode.OK, "PUBLISHED");
        restartTarget();
        target.fault(1, Match.manifestPut(), Fault.loseAnswer());
        copyEnds("the target's answer to the manifest is lost, once", PATIENT, ExitCode.OK, "Trying again in");
        restartTarget();

        source.fault(DOWNLOAD, Fault.cutAnswerBody());
        copyEnds("the source breaks off half-way through each blob", PATIENT, 1, "Downloading a blob of " + REPOSITORY);
        restartTarget();
        source.fault(DOWNLOAD, Fault.registryError(404, "BLOB_UNKNOWN", "blob unknown to registry"));
        copyEnds("the source has lost a blob", PATIENT, 1, "answered 404 BLOB_UNKNOWN to GET");
        restartTarget();
        source.fault(DOWNLOAD, EXPIRED);
        copyEnds("the source takes no login any more", PATIENT, 1, "has expired");
        restartTarget();
        target.fault(Match.uploadStart(), EXPIRED);
        copyEnds("the target takes no login any more", PATIENT, 1, "has expired");
        restartTarget();
        target.fault(
                Match.manifestPut(), Fault.registryError(405, "UNSUPPORTED", "Invalid parameter at 'ImageManifest'"));
        copyEnds("the target does not take the manifest", PATIENT, 1, "answered 405 UNSUPPORTED to PUT");
        restartTarget();
        target.deny("ecr:PutImage");
        CommandRun denied = copy(PATIENT).fails(1);
        row("copy", "the target refuses the tag", denied);
        assertThat(denied.err()).contains("Allow ecr:PutImage");
        assertThat(RegistryState.tag(target)).isEmpty();
        restartTarget();
        source.fault(DOWNLOAD, Fault.stallAnswerBody());
        copyEnds("the source says no more half-way through a blob", HASTY, 1, "FAILED. Downloading a blob of");
        restartTarget();
        target.fault(Match.uploadContent().and(Match.registry("PUT", "/sample/")), Fault.stall());
        copyEnds("the target does not answer a blob's upload", HASTY, 1, "FAILED. Uploading a blob to " + REPOSITORY);
    }

    private void restartTarget() throws IOException {
        target.close();
        target = EcrSandbox.builder().start();
        Files.writeString(folder.resolve("credentials"), profile("source", source) + profile("target", target));
    }

    /** Changes a byte of the only layer's blob; the digest that it should have. */
    private String damage() throws IOException {
        String digest = JsonMapper.shared()
                .readTree(source.manifest(REPOSITORY, "1.0.0").orElseThrow())
                .path("layers")
                .get(0)
                .path("digest")
                .asString();
        flip(source.blob(REPOSITORY, digest), 20);
        return digest;
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[at] ^= 1;
        Files.write(file, content);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private CommandRun pull(Limits limits) throws InterruptedException {
        return run(limits, "pull", with(source, "source", "--", "-o", "pulled", "sample:1.0.0"));
    }

    private void pullEnds(String what, Limits limits, int code, String said) throws Exception {
        CommandRun run = pull(limits);
        row("pull", what, run);
        assertThat(run.code()).as(what + ": " + run.output()).isEqualTo(code);
        assertThat(run.output()).as(what).contains(said);
        assertThat(names())
                .as(what)
                .isEqualTo(
                        code == ExitCode.OK
                                ? List.of("credentials", "my-pack", "pulled")
                                : List.of("credentials", "my-pack"));
        source.clearFaults();
        run(PATIENT, "pull", with(source, "source", "--", "--replace", "-o", "pulled", "sample:1.0.0"))
                .succeeds();
        assertThat(run(PATIENT, "publish", with(source, "source", "--", "pulled"))
                        .succeeds()
                        .out())
                .startsWith("UNCHANGED");
        Shell.run(folder, List.of("rm", "-r", "pulled"));
    }

    @Test
    @Order(2)
    void pullPassesOrLeavesNothing() throws Exception {
        source.fault(1, DOWNLOAD, Fault.cutAnswerBody());
        pullEnds("the registry breaks off half-way through the archive, once", PATIENT, ExitCode.OK, "Trying again in");
        source.fault(1, DOWNLOAD, EXPIRED);
        pullEnds("the login runs out, once", PATIENT, ExitCode.OK, "pulled sha256:");
        source.fault(DOWNLOAD, Fault.cutAnswerBody());
        pullEnds("the registry breaks off half-way through the archive", PATIENT, 1, "Downloading a blob of");
        source.fault(DOWNLOAD, Fault.stallAnswerBody());
        pullEnds("the registry says no more half-way through the archive", HASTY, 1, "Downloading a blob of");
        source.fault(DOWNLOAD, Fault.registryError(403, "DENIED", "requested access to the resource is denied"));
        pullEnds("the registry refuses the archive", PATIENT, 1, "answered 403 DENIED to GET");

        String digest = damage();
        CommandRun copied = copy(PATIENT).fails(1);
        row("copy", "the source sends wrong bytes", copied);
        assertThat(copied.err()).contains("the blob " + digest + " has the content of sha256:");
        assertThat(RegistryState.tag(target)).isEmpty();
        CommandRun pulled = pull(PATIENT).fails(1);
        row("pull", "the registry sends wrong bytes", pulled);
        assertThat(pulled.err()).contains("the blob " + digest + " has the content of sha256:");
        assertThat(names()).containsExactly("credentials", "my-pack");
    }

    private CommandRun retire(Limits limits) throws InterruptedException {
        return run(limits, "retire", with(source, "source", "--", "--yes", "sample:1.0.0"));
    }

    private void retireEnds(String what, Limits limits, int code, String said) throws Exception {
        String digest = source.tags(REPOSITORY).get("1.0.0");
        source.putTag(REPOSITORY, "2.0.0", digest);
        CommandRun run = retire(limits);
        row("retire", what, run);
        assertThat(run.code()).as(what + ": " + run.output()).isEqualTo(code);
        assertThat(run.output()).as(what).contains(said);
        assertThat(source.tags(REPOSITORY).containsKey("1.0.0")).as(what).isEqualTo(code != ExitCode.OK);
        assertThat(source.tags(REPOSITORY)).as(what).containsKey("2.0.0");
        RegistryState.assertWhole(source);
        source.clearFaults();
        source.putTag(REPOSITORY, "1.0.0", digest);
    }

    @Test
    @Order(3)
    void retirePassesOrLeavesWhatItWasNotToldToTake() throws Exception {
        source.fault(1, Match.api("BatchDeleteImage"), Fault.throttled());
        retireEnds("throttled BatchDeleteImage, once", PATIENT, ExitCode.OK, "RETIRED");
        source.fault(1, Match.api("BatchDeleteImage"), Fault.loseAnswer());
        retireEnds("the answer to BatchDeleteImage is lost, once", PATIENT, ExitCode.OK, "RETIRED");
        source.fault(1, Match.api("DescribeImages"), Fault.cut());
        retireEnds("the connection is cut while the versions are listed, once", PATIENT, ExitCode.OK, "RETIRED");
        source.fault(Match.api("DescribeImages"), Fault.apiError(500, "ServerException", "Try later"));
        retireEnds("the versions cannot be listed", PATIENT, 1, "answered ServerException");
        source.fault(Match.api("BatchDeleteImage"), Fault.stall());
        retireEnds("the API does not answer BatchDeleteImage", HASTY, 1, "did not answer within");
        source.deny("ecr:BatchDeleteImage");
        retireEnds("ecr:BatchDeleteImage is not allowed", PATIENT, 1, "Allow ecr:BatchDeleteImage");
    }

    private CommandRun toBundle(String bundle) throws InterruptedException {
        return run(PATIENT, "copy", with(source, "source", "--from-", "--to", "bundle:" + bundle, "sample"));
    }

    private void fromBundleFails(String what, String bundle, String said) throws Exception {
        CommandRun copied =
                run(PATIENT, "copy", with(target, "target", "--to-", "--from", "bundle:" + bundle, "sample"));
        row("copy", what, copied);
        assertThat(copied.fails(1).err()).as(what).contains(said);
        assertThat(RegistryState.tag(target)).as(what).isEmpty();
        assertThat(run(PATIENT, "pull", List.of("--registry", "bundle:" + bundle, "-o", "pulled", "sample:1.0.0"))
                        .fails(1)
                        .err())
                .as(what)
                .contains(said);
        assertThat(folder.resolve("pulled")).doesNotExist();
    }

    @Test
    @Order(4)
    void bundleThatIsNotWholeIsRefusedWithTheDigestsName() throws Exception {
        String manifest = source.tags(REPOSITORY).get("1.0.0");
        String blob = JsonMapper.shared()
                .readTree(source.manifest(REPOSITORY, "1.0.0").orElseThrow())
                .path("layers")
                .get(0)
                .path("digest")
                .asString();
        toBundle("b").succeeds();
        flip(folder.resolve("b/blobs").resolve(blob.replace(':', '/')), 20);
        fromBundleFails("a bundle's archive was changed", "b", "the blob " + blob + " has the content of sha256:");
        Files.delete(folder.resolve("b/blobs").resolve(blob.replace(':', '/')));
        fromBundleFails("a bundle's archive is missing", "b", blob);
        toBundle("c").succeeds();
        flip(folder.resolve("c/blobs").resolve(manifest.replace(':', '/')), 20);
        fromBundleFails("a bundle's manifest was changed", "c", manifest);

        toBundle("b.tar").succeeds();
        byte[] whole = Files.readAllBytes(folder.resolve("b.tar"));
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int content = text.indexOf("blobs/sha256/" + blob.substring("sha256:".length())) + 512;
        flip(folder.resolve("b.tar"), content + 20);
        fromBundleFails(
                "the archive in a bundle of one file was changed",
                "b.tar",
                "the blob " + blob + " has the content of sha256:");
        Files.write(folder.resolve("b.tar"), whole);
        try (FileChannel tar = FileChannel.open(folder.resolve("b.tar"), StandardOpenOption.WRITE)) {
            tar.truncate(content + 100);
        }
        fromBundleFails("a bundle of one file is cut off", "b.tar", "in the blob " + blob);
    }

    /** The command in a process of its own, which is killed while it waits for the answer to a request. */
    private void killAt(String stage, EcrSandbox where, Predicate<Request> when, List<String> options)
            throws Exception {
        PlannedFault stall = where.fault(when, Fault.stall());
        List<String> arguments = new ArrayList<>(List.of("copy"));
        arguments.addAll(options);
        Process process = CommandRun.in(folder)
                .with(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        folder.resolve("credentials").toString())
                .start(arguments.toArray(String[]::new));
        where.requests().await(when, LIMIT);
        process.destroyForcibly().waitFor();
        RegistryState.assertWhole(target);
        assertThat(RegistryState.tag(target)).as(stage).isEmpty();
        // What is held stays so: released, the registry would still find what the dead process has sent.
        stall.cancel();
    }

    @Test
    @Order(5)
    void killedCopiesLeaveNothingHalfAndTheNextOneCompletes() throws Exception {
        List<String> options = with(source, "source", "--from-", "sample");
        options.addAll(with(target, "target", "--to-"));
        killAt("while a blob is copied", source, DOWNLOAD, options);
        killAt("before the manifest", target, Match.manifestPut(), options);
        assertThat(copy(PATIENT).succeeds().out()).startsWith("PUBLISHED");
        RegistryState.assertWhole(target);

        SamplePacks.write(folder.resolve("other"), "other", "2.0.0");
        CommandRun.in(folder)
                .run("publish", "--registry", "bundle:b.tar", "other")
                .succeeds();
        String before = Digests.sha256(Files.readAllBytes(folder.resolve("b.tar")));
        target.removeTag(REPOSITORY, "1.0.0");
        killAt(
                "while a blob is copied to a bundle",
                source,
                DOWNLOAD,
                with(source, "source", "--from-", "--to", "bundle:b.tar", "sample"));
        assertThat(Digests.sha256(Files.readAllBytes(folder.resolve("b.tar")))).isEqualTo(before);
        toBundle("b.tar").succeeds();
        assertThat(CommandRun.in(folder)
                        .run("list", "--registry", "bundle:b.tar")
                        .succeeds()
                        .out()
                        .lines())
                .hasSize(2);
        assertThat(names()).containsExactly("b.tar", "credentials", "my-pack", "other");
    }
}
