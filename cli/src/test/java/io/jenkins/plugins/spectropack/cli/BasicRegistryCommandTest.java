package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code publish --registry-url}, where it is not as with ECR. */
class BasicRegistryCommandTest {

    private static final String ARCHIVE = "acme/spectro-packs/archive";

    @WorkingFolder
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private CommandRun publish(OciSandbox sandbox, String... more) throws InterruptedException {
        CommandRun run = publish(sandbox, sandbox.password(), more);
        assertThat(run.output()).doesNotContain(sandbox.secrets());
        return run;
    }

    private CommandRun publish(OciSandbox sandbox, String password, String[] more) throws InterruptedException {
        return CommandRun.in(folder)
                .input(password)
                .run(Stream.concat(
                                Stream.of(
                                        "publish",
                                        "--registry-url",
                                        sandbox.uri().toString(),
                                        "--username",
                                        sandbox.username(),
                                        "--password-stdin",
                                        "--repository-name",
                                        "acme"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void baseArtifactIsPushedOnceAndOnlyWhereItIsMissing() throws Exception {
        SamplePacks.write(folder.resolve("other"), "other", "1.0.0");
        try (OciSandbox sandbox = OciSandbox.start(OciBehaviour.DISTRIBUTION)) {
            publish(sandbox, "--no-create-repositories", "my-pack").succeeds();
            assertThat(sandbox.repositories()).containsExactly(ARCHIVE + "/sample");

            publish(sandbox, "other").succeeds();
            assertThat(sandbox.tags(ARCHIVE)).isEmpty();
            assertThat(sandbox.manifests(ARCHIVE)).hasSize(1);

            SamplePacks.write(folder.resolve("other"), "other", "1.0.1");
            sandbox.requests().clear();
            publish(sandbox, "other").succeeds();
            assertThat(sandbox.requests().matching(Match.registry("PUT", ARCHIVE + "/manifests/")))
                    .isEmpty();
        }
        try (OciSandbox sandbox = OciSandbox.start(OciBehaviour.ZOT)) {
            sandbox.createRepository(ARCHIVE);

            publish(sandbox, "my-pack").succeeds();

            assertThat(sandbox.manifests(ARCHIVE)).isEmpty();
        }
    }

    @Test
    void missingHarborProjectIsToldInHarborsWordsWithAHint() throws Exception {
        try (OciSandbox sandbox = OciSandbox.start(OciBehaviour.HARBOR)) {
            String said = sandbox.host() + " answered 401 UNAUTHORIZED to GET: project acme not found. Harbor does not"
                    + " create projects on push: create the project, which is the first part of the base path, or"
                    + " correct --repository-name.";

            assertThat(publish(sandbox, "my-pack").fails(ExitCode.FAILED).err()).contains(said);
            assertThat(publish(sandbox, "--dry-run", "my-pack")
                            .fails(ExitCode.FAILED)
                            .err())
                    .contains(said);
            assertThat(sandbox.repositories()).isEmpty();
        }
    }

    @Test
    void tokenIsForOneRepositoryAndRenewedOnceItHasRunOut() throws Exception {
        try (OciSandbox sandbox = OciSandbox.start(OciBehaviour.HARBOR)) {
            sandbox.addProject("acme");
            sandbox.fault(
                    1,
                    Match.manifestPut().and(request -> request.path().contains("/sample/")),
                    Fault.answer(401, Map.of("WWW-Authenticate", "Basic realm=\"harbor\""), ""));

            publish(sandbox, "my-pack").succeeds();

            List<Request> asked = sandbox.requests().matching(OciSandbox.forToken());
            String scope = "service=harbor-registry&scope=repository%3Aacme%2Fspectro-packs%2Farchive";
            assertThat(asked)
                    .extracting(Request::query)
                    .containsExactlyInAnyOrder(
                            scope + "%3Apull%2Cpush",
                            scope + "%2Fsample%3Apull%2Cpush",
                            scope + "%2Fsample%3Apull%2Cpush");
            assertThat(asked).allMatch(request -> request.method().equals("GET"));
            assertThat(sandbox.requests().all())
                    .filteredOn(request -> !request.operation().equals("token"))
                    .noneMatch(request -> request.authorization()
                            .filter(login -> login.startsWith("Basic"))
                            .isPresent());
        }
    }

    @Test
    void passwordGoesToNoTokenServerThatIsNotEncrypted() throws Exception {
        try (OciSandbox sandbox = OciSandbox.start(OciBehaviour.GHCR)) {
            sandbox.realm(URI.create("http://tokens.example/token"));

            assertThat(publish(sandbox, "my-pack").fails(ExitCode.FAILED).err())
                    .contains("Error: Logging in to " + sandbox.host() + " failed: it sends the login to a token server"
                            + " whose address is not an https:// URL, so the password was not sent.");
        }
    }

    @Test
    void wrongPasswordAndMissingPermissionAreToldInTheRegistrysWords() throws Exception {
        try (OciSandbox ghcr = OciSandbox.start(OciBehaviour.GHCR);
                OciSandbox zot = OciSandbox.start(OciBehaviour.ZOT)) {
            assertThat(publish(ghcr, "wrong", new String[] {"my-pack"})
                            .fails(ExitCode.FAILED)
                            .err())
                    .contains("Error: Logging in for " + ARCHIVE + " failed: " + ghcr.host()
                            + " answered 401 UNAUTHORIZED to GET: authentication required. Check user name and"
                            + " password");
            ghcr.readOnly(true);
            assertThat(publish(ghcr, "my-pack").fails(ExitCode.FAILED).err())
                    .contains("Starting an upload to " + ARCHIVE + " failed: " + ghcr.host()
                            + " answered 403 DENIED to POST: permission_denied: write_package. Check that this user may"
                            + " push to the base path.");
            zot.readOnly(true);
            assertThat(publish(zot, "my-pack").fails(ExitCode.FAILED).err())
                    .contains(" answered 403 DENIED to POST: requested access to the resource is denied.");
        }
    }

    @Test
    void wrongUsageIsExplainedAndEndsWithTwo() throws Exception {
        Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        String[] url = {"--registry-url", "https://r.example"};
        usage("The registry r.example needs a user name and a password.", url);
        usage("is plain HTTP", "--registry-url", "http://r.example");
        usage("must not hold a user name or password", "--registry-url", "https://me:hunter2@r.example");
        usage("has more than a host", "--registry-url", "https://r.example/acme");
        usage("--region is for AWS ECR only. Leave it out, or leave --registry-url out.", url, "--region", "us-east-1");
        usage("--kms-key is for AWS ECR only.", url, "--kms-key", "alias/x");
        usage("--username is not for AWS ECR. Give --registry-url too, or leave it out.", "--username", "me");
        usage("--skip-tls-verification is not for AWS ECR.", "--skip-tls-verification");
        usage("--username needs a password. Give --password-stdin", url, "--username", "me");
        usage("--password-stdin is for the user that --username names.", url, "--password-stdin");
        usage("The password on standard input is empty.", url, "--username", "me", "--password-stdin");
        usage("The CA certificate missing.pem cannot be read.", url, "--ca-cert", "missing.pem");
        usage("The CA certificate is not one in PEM.", url, "--ca-cert", "nonsense.pem");
    }

    private void usage(String explanation, String[] url, String... more) throws InterruptedException {
        usage(explanation, Stream.concat(Stream.of(url), Stream.of(more)).toArray(String[]::new));
    }

    private void usage(String explanation, String... options) throws InterruptedException {
        CommandRun run = CommandRun.in(folder)
                .run(Stream.concat(Stream.of("publish", "--repository-name", "acme", "my-pack"), Stream.of(options))
                        .toArray(String[]::new))
                .fails(ExitCode.USAGE);
        assertThat(run.err()).contains(explanation).doesNotContain("hunter2");
    }
}
