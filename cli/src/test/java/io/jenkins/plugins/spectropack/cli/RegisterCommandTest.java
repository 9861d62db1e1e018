package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code register}, and {@code publish} to a registry that Palette does not have yet. The contract with Palette is held. */
class RegisterCommandTest {

    @WorkingFolder
    private Path folder;

    @Started
    private EcrSandbox ecr;

    @Started
    private PaletteSandbox palette;

    private String secret = "";

    @BeforeEach
    void start() throws Exception {
        palette.reaches(ecr);
    }

    private String role() {
        return "arn:aws:iam::" + ecr.accountId() + ":role/palette";
    }

    private String location() {
        return "http://" + ecr.registryHost() + "/acme";
    }

    private CommandRun run(String... arguments) throws InterruptedException {
        CommandRun run = CommandRun.in(folder)
                .with("PALETTE_API_KEY", palette.apiKey())
                .with("SPECTRO_PACK_PASSWORD", secret)
                .with("AWS_ACCESS_KEY_ID", ecr.accessKeyId())
                .with("AWS_SECRET_ACCESS_KEY", ecr.secretAccessKey())
                .java("-D" + Limits.PROPERTY + "="
                        + Limits.DEFAULT.withPoll(Duration.ofMillis(20)).toProperty())
                .run(arguments);
        assertThat(run.output()).doesNotContain(palette.apiKey());
        if (!secret.isEmpty()) {
            assertThat(run.output()).doesNotContain(secret);
        }
        return run;
    }

    private CommandRun register(String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "register",
                "--palette-registry",
                "my-ecr",
                "--palette-url",
                palette.uri().toString()));
        all.addAll(Arrays.asList(arguments));
        return run(all.toArray(String[]::new));
    }

    private CommandRun withRole(String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(
                List.of("--registry", location(), "--role-arn", role(), "--external-id", palette.externalId()));
        all.addAll(Arrays.asList(arguments));
        return register(all.toArray(String[]::new));
    }

    private long added() {
        return palette.requests().matching(PaletteSandbox.addsRegistry()).size();
    }

    @Test
    void registryIsValidatedAndAddedOnce() throws Exception {
        CommandRun run = withRole().succeeds();

        assertThat(run.out()).isEqualTo("ADDED my-ecr\n");
        assertThat(run.err())
                .isEqualTo(
                        "Palette at " + palette.host() + ": registry 'my-ecr' was not there, and was added. It reads "
                                + ecr.registryHost() + "/acme.\n");
        assertThat(palette.registries()).containsExactly("my-ecr");
        assertThat(palette.requests().matching(PaletteSandbox.validatesRegistry()))
                .hasSize(1);

        assertThat(withRole().succeeds().out()).isEqualTo("UNCHANGED my-ecr\n");
        assertThat(added()).isEqualTo(1);
    }

    @Test
    void registryThatIsThereIsNeverChanged() throws Exception {
        palette.addRegistry("my-ecr", "other.example.com", "elsewhere");

        CommandRun run = withRole().fails(ExitCode.PALETTE);

        assertThat(run.out()).isEqualTo("UNCHANGED my-ecr\n");
        assertThat(run.err()).contains("in Palette reads other.example.com/elsewhere, but");
        assertThat(palette.requests().matching(request -> request.method().equals("POST")))
                .isEmpty();
    }

    @Test
    void dryRunHasPaletteTryItAndShowsTheRequestWithoutSecrets() throws Exception {
        secret = ecr.secretAccessKey();

        CommandRun run = register("--registry", location(), "--access-key-id", ecr.accessKeyId(), "--dry-run")
                .succeeds();

        JsonNode request = JsonMapper.shared().readTree(run.out());
        assertThat(request.at("/metadata/name").asString()).isEqualTo("my-ecr");
        assertThat(request.at("/spec/endpoint").asString()).isEqualTo(ecr.registryHost());
        assertThat(request.at("/spec/baseContentPath").asString()).isEqualTo("acme");
        assertThat(request.at("/spec/providerType").asString()).isEqualTo("pack");
        assertThat(request.at("/spec/isSyncSupported").asBoolean()).isTrue();
        assertThat(request.at("/spec/isPrivate").asBoolean()).isTrue();
        assertThat(request.at("/spec/credentials/secretKey").asString()).isEqualTo("********");
        assertThat(run.err()).contains("would be added to read " + ecr.registryHost() + "/acme. Palette reached it.");
        assertThat(palette.registries()).isEmpty();
        assertThat(added()).isZero();
    }

    @Test
    void otherRegistryIsAddedWithALogin() throws Exception {
        try (OciSandbox harbor = OciSandbox.start(OciBehaviour.HARBOR)) {
            palette.reaches(harbor);
            secret = harbor.password();

            register("--registry", harbor.uri() + "/project", "--username", harbor.username())
                    .succeeds();
            assertThat(palette.registries()).containsExactly("my-ecr");

            secret = "wrong-" + harbor.password();
            CommandRun run = run(
                            "register",
                            "--palette-registry",
                            "other",
                            "--palette-url",
                            palette.uri().toString(),
                            "--registry",
                            harbor.uri() + "/project",
                            "--username",
                            harbor.username())
                    .fails(ExitCode.PALETTE);
            assertThat(run.err())
                    .contains(
                            "Validating registry 'other' in Palette failed",
                            "400 RegistryValidationFailed",
                            "does not take the login");
            assertThat(palette.registries()).containsExactly("my-ecr");
        }
    }

    @Test
    void trustPolicyIsPrintedToBePasted() throws Exception {
        CommandRun run = run(
                        "register",
                        "--show-trust-policy",
                        "--palette-url",
                        palette.uri().toString())
                .succeeds();

        JsonNode statement = JsonMapper.shared().readTree(run.out()).at("/Statement/0");
        assertThat(statement.at("/Principal/AWS").asString()).matches("arn:aws:iam::[0-9]{12}:root");
        assertThat(statement.at("/Action").asString()).isEqualTo("sts:AssumeRole");
        assertThat(statement.at("/Condition/StringEquals/sts:ExternalId").asString())
                .isEqualTo(palette.externalId());
        assertThat(run.err()).contains(palette.externalId() + " as --external-id");
        assertThat(palette.requests().matching(request -> true)).hasSize(1);
    }

    @Test
    void answerThatIsLostDoesNotAddTwice() throws Exception {
        palette.fault(1, PaletteSandbox.addsRegistry(), Fault.paletteError(503, "ServiceUnavailable", "Try again"));

        assertThat(withRole().succeeds().out()).isEqualTo("ADDED my-ecr\n");
        assertThat(palette.registries()).containsExactly("my-ecr");
    }

    @Test
    void secretsThatPaletteRepeatsAreStruckOut() throws Exception {
        secret = ecr.secretAccessKey();
        palette.fault(PaletteSandbox.validatesRegistry(), Fault.paletteError(400, "Bad", "no use for " + secret));

        CommandRun run = register("--registry", location(), "--access-key-id", ecr.accessKeyId())
                .fails(ExitCode.PALETTE);

        assertThat(run.err()).contains("no use for [secret]");
    }

    @Test
    void whatWasAddedIsSyncedAndListsWhatIsPublished() throws Exception {
        SamplePacks.write(folder.resolve("my-pack"), "my-pack", "1.0.0");
        withRole().succeeds();

        CommandRun run = run(
                        "publish",
                        "--repository-name",
                        "acme",
                        "--region",
                        ecr.region(),
                        "--endpoint-url",
                        ecr.endpoint().toString(),
                        "--palette-registry",
                        "my-ecr",
                        "--palette-url",
                        palette.uri().toString(),
                        "my-pack")
                .succeeds();

        assertThat(run.out()).startsWith("PUBLISHED ").endsWith(" LISTED\n");
    }

    private CommandRun publish(String... arguments) throws Exception {
        SamplePacks.write(folder.resolve("my-pack"), "my-pack", "1.0.0");
        List<String> all = new ArrayList<>(List.of("publish", "--palette-registry", "my-ecr"));
        all.addAll(List.of("--palette-url", palette.uri().toString()));
        all.addAll(Arrays.asList(arguments));
        all.add("my-pack");
        return run(all.toArray(String[]::new));
    }

    private String[] toEcr(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--repository-name", "acme", "--region", ecr.region()));
        all.addAll(List.of("--endpoint-url", ecr.endpoint().toString()));
        all.addAll(Arrays.asList(arguments));
        return all.toArray(String[]::new);
    }

    @Test
    void publishAddsTheRegistryThatItPushesToAndChangesNothingTheSecondTime() throws Exception {
        String[] arguments = toEcr("--palette-role-arn", role(), "--palette-external-id", palette.externalId());

        CommandRun first = publish(arguments).succeeds();

        assertThat(first.out()).startsWith("PUBLISHED ").endsWith(" LISTED\n");
        assertThat(first.err())
                .containsSubsequence(
                        "registry 'my-ecr' was not there, and was added. It reads " + ecr.registryHost() + "/acme.",
                        "Palette: sync of registry 'my-ecr' started.",
                        "my-pack:1.0.0: LISTED in Palette, registry 'my-ecr'.");
        int asked = palette.requests().all().size();

        CommandRun second = publish(arguments).succeeds();

        assertThat(second.out()).startsWith("UNCHANGED ").endsWith(" LISTED\n");
        assertThat(palette.requests()
                        .all()
                        .subList(asked, palette.requests().all().size()))
                .extracting(Request::method)
                .containsOnly("GET");
        assertThat(palette.registries()).containsExactly("my-ecr");
    }

    @Test
    void dryRunOfPublishHasPaletteTryTheRegistryOnly() throws Exception {
        CommandRun run = publish(
                        toEcr("--palette-role-arn", role(), "--palette-external-id", palette.externalId(), "--dry-run"))
                .succeeds();

        assertThat(run.err()).contains("is not there, and would be added to read " + ecr.registryHost() + "/acme.");
        assertThat(palette.registries()).isEmpty();
    }

    @Test
    void publishAndCopyAddAnotherRegistryWithALoginOfItsOwn() throws Exception {
        try (OciSandbox harbor = OciSandbox.start(OciBehaviour.HARBOR)) {
            palette.reaches(harbor);
            harbor.addProject("project");
            secret = harbor.password();
            CommandRun.Setup setup = CommandRun.in(folder)
                    .with("PALETTE_API_KEY", palette.apiKey())
                    .with("SPECTRO_PACK_PASSWORD", secret)
                    .with("SPECTRO_PACK_TO_PASSWORD", secret)
                    .with("SPECTRO_PACK_PALETTE_PASSWORD", secret)
                    .java("-D" + Limits.PROPERTY + "="
                            + Limits.DEFAULT.withPoll(Duration.ofMillis(20)).toProperty());
            SamplePacks.write(folder.resolve("my-pack"), "my-pack", "1.0.0");
            setup.run("publish", "--registry", "bundle:packs.tar", "my-pack").succeeds();

            CommandRun copied = setup.run(
                            "copy",
                            "--from=bundle:packs.tar",
                            "--to=" + harbor.uri() + "/project",
                            "--to-username=" + harbor.username(),
                            "--palette-registry=harbor",
                            "--palette-url=" + palette.uri(),
                            "--palette-username=" + harbor.username(),
                            "--all")
                    .succeeds();
            CommandRun published = setup.run(
                            "publish",
                            "--registry=" + harbor.uri() + "/project",
                            "--username=" + harbor.username(),
                            "--palette-registry=again",
                            "--palette-url=" + palette.uri(),
                            "--palette-username=" + harbor.username(),
                            "my-pack")
                    .succeeds();

            assertThat(copied.out()).startsWith("PUBLISHED ").endsWith(" LISTED\n");
            assertThat(published.out()).startsWith("UNCHANGED ").endsWith(" LISTED\n");
            assertThat(palette.registries()).containsExactlyInAnyOrder("harbor", "again");
            assertThat(copied.output() + published.output()).doesNotContain(secret);
        }
    }

    @Test
    void whatCannotOpenTheRegistryIsRefusedBeforeAnythingIsSent() throws Exception {
        String[] roleForHarbor = {
            "--registry",
            "http://127.0.0.1:9/acme",
            "--palette-role-arn",
            role(),
            "--palette-external-id",
            palette.externalId()
        };
        assertThat(publish(roleForHarbor).fails(ExitCode.USAGE).err())
                .contains("the packs go to another registry. Give user name and password: --palette-username.");
        assertThat(publish(toEcr("--palette-username", "robot"))
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("into SPECTRO_PACK_PALETTE_PASSWORD");
        assertThat(CommandRun.in(folder)
                        .with("PALETTE_API_KEY", palette.apiKey())
                        .with("SPECTRO_PACK_PALETTE_PASSWORD", "secret")
                        .run(
                                "publish",
                                "--repository-name=acme",
                                "--region=us-east-1",
                                "--palette-registry=my-ecr",
                                "--palette-username=robot",
                                "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("Give a role or AWS keys: --palette-role-arn or --palette-access-key-id.");
        assertThat(run("publish", "--repository-name=acme", "--palette-role-arn=" + role(), "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("need --palette-registry");
        assertThat(ecr.requests().all()).isEmpty();
        assertThat(palette.requests().all()).isEmpty();
    }

    @Test
    void paletteWithACertificateOfItsOwnIsTrustedIfTold() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder, "127.0.0.1");
        try (PaletteSandbox own = PaletteSandbox.start(certificate.serverContext())) {
            own.reaches(ecr);
            Path pem = certificate.certificate();
            String[] show = {
                "register", "--show-trust-policy", "--palette-url", own.uri().toString()
            };
            List<String> trusting = new ArrayList<>(Arrays.asList(show));
            trusting.addAll(List.of("--palette-ca-cert", pem.toString()));
            CommandRun.Setup setup = CommandRun.in(folder).with("PALETTE_API_KEY", own.apiKey());

            assertThat(setup.run(show).fails(ExitCode.PALETTE).err()).contains("certificate");
            setup.run(trusting.toArray(String[]::new)).succeeds();
        }
    }

    @Test
    void wrongUsageIsTold() throws Exception {
        assertThat(register().fails(ExitCode.USAGE).err()).contains("--registry, what it reads");
        assertThat(register("--registry", location()).fails(ExitCode.USAGE).err())
                .contains("Say what Palette shall read with");
        assertThat(register("--registry", location(), "--role-arn", role())
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("--role-arn and --external-id belong together");
        assertThat(register("--registry", location(), "--role-arn", "role/palette", "--external-id", "abc")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("arn:aws:iam::123456789012:role/palette");
        assertThat(register("--registry", location(), "--access-key-id", "AKIA", "--username", "u")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("exclude each other");
        assertThat(register("--registry", location(), "--access-key-id", "AKIA")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("SPECTRO_PACK_PASSWORD");
        assertThat(register("--registry", "bundle:x", "--role-arn", role(), "--external-id", "abc")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("not bundles");
        assertThat(register("--registry", "harbor.example.com/p", "--role-arn", role(), "--external-id", "abc")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("for AWS ECR only");
        assertThat(palette.requests().matching(request -> true)).isEmpty();
    }
}
