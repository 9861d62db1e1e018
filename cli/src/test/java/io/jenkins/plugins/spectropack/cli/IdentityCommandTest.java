package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.AwsKeys;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As whom commands ask AWS: asserted by the key that signed, as the fakes of ECR and STS saw it. */
class IdentityCommandTest {

    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.a-token-of-the-build.c2lnbmF0dXJl";

    @WorkingFolder
    private Path folder;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private CommandRun.Setup command() {
        return CommandRun.in(folder).with(sandbox.environment());
    }

    private CommandRun.Setup withoutKeys() {
        return command().without("AWS_ACCESS_KEY_ID").without("AWS_SECRET_ACCESS_KEY");
    }

    private static String[] publish(String... options) {
        return Stream.concat(Stream.of("publish", "--repository-name", "acme", "my-pack"), Stream.of(options))
                .toArray(String[]::new);
    }

    private CommandRun checked(CommandRun run) {
        assertThat(run.output()).doesNotContain(TOKEN).doesNotContain(sandbox.secretAccessKey());
        sandbox.iam().secrets().forEach(secret -> assertThat(run.output()).doesNotContain(secret));
        return run;
    }

    /** The ids of the keys that signed such requests. */
    private List<String> signers(Predicate<Request> requests) {
        return sandbox.requests().matching(requests).stream()
                .map(Request::accessKeyId)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private List<String> signersOfEcr() {
        return signers(Match.service(Request.ECR));
    }

    @Test
    void webIdentityBringsItsTokenAndNoKey() throws Exception {
        String role = sandbox.iam().addWebRole("from-oidc", TOKEN);
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");

        CommandRun run = checked(withoutKeys()
                .with("AWS_ROLE_ARN", role)
                .with("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString())
                .with("AWS_ROLE_SESSION_NAME", "nightly")
                .run(publish())
                .succeeds());

        assertThat(run.err()).contains(", with the machine's own AWS credentials (web identity, as " + role + ").");
        assertThat(sandbox.iam().tokens()).containsExactly(TOKEN);
        assertThat(sandbox.iam().sessions())
                .containsExactly("arn:aws:sts::123456789012:assumed-role/from-oidc/nightly");
        assertThat(signers(Match.service(Request.STS))).isEmpty();
        assertThat(signersOfEcr()).isEqualTo(sandbox.iam().sessionKeys());
    }

    @Test
    void tokenThatIsNotTakenIsToldWithoutTheToken() throws Exception {
        String role = sandbox.iam().addWebRole("from-oidc", "another token");
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        CommandRun.Setup setup = withoutKeys().with("AWS_ROLE_ARN", role);

        CommandRun refused = checked(setup.with("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString())
                .run(publish())
                .fails(ExitCode.FAILED));

        assertThat(refused.err())
                .contains("Error: AssumeRoleWithWebIdentity '" + role + "' failed: STS at ")
                .contains(" answered InvalidIdentityToken: No OpenIDConnect provider found in your account for"
                        + " [secret]. Check the token's issuer and audience,");
        assertThat(setup.with("AWS_WEB_IDENTITY_TOKEN_FILE", "no-such-file")
                        .run(publish())
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: The web identity token no-such-file cannot be read: ");
        assertThat(setup.with("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString())
                        .without("AWS_ROLE_ARN")
                        .run(publish())
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not. Set both, or neither.");
        assertThat(sandbox.requests().count(Match.service(Request.ECR))).isZero();
    }

    @Test
    void roleOnTopIsAssumedByTheKeyAndSignsTheRest() throws Exception {
        String role = sandbox.iam().addRole("pack-publisher", "acme:42");

        CommandRun run = checked(command()
                .run(publish("--role-arn", role, "--external-id", "acme:42"))
                .succeeds());

        assertThat(run.err())
                .contains(
                        ", with the machine's own AWS credentials (environment variables), assuming the role " + role);
        assertThat(signers(Match.sts("AssumeRole"))).containsExactly(sandbox.accessKeyId());
        assertThat(sandbox.requests().count(Match.service(Request.STS))).isEqualTo(1);
        assertThat(signersOfEcr()).isEqualTo(sandbox.iam().sessionKeys());
        assertThat(sandbox.iam().sessions())
                .containsExactly("arn:aws:sts::123456789012:assumed-role/pack-publisher/spectro-pack-publisher");
    }

    @Test
    void roleThatTrustsSomebodyElseIsTold() throws Exception {
        String role = sandbox.iam().addRole("pack-publisher", "acme:42");

        assertThat(command()
                        .run(publish("--role-arn", role))
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: AssumeRole '" + role + "' failed: STS at ")
                .contains(" answered AccessDenied: User: arn:aws:iam::123456789012:user/pack-publisher is not"
                        + " authorized to perform: sts:AssumeRole on resource: " + role
                        + ". Allow sts:AssumeRole in the IAM policy of these credentials, and let the role's trust"
                        + " policy trust them, with this external id if it asks for one.");
        assertThat(command()
                        .run(publish("--role-arn", "pack-publisher"))
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("'pack-publisher' is not the ARN of a role. Give one such as"
                        + " arn:aws:iam::123456789012:role/pack-publisher.");
        assertThat(command()
                        .run(publish("--external-id", "acme:42"))
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("The external id is for a role, but no role is given.");
        assertThat(command()
                        .run(publish("--role-arn", role, "--external-id", "a b"))
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("An external id has two to 1224 letters, digits");
        assertThat(command()
                        .run("list", "--registry", "bundle:packs", "--role-arn", role)
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("--role-arn is for AWS ECR only. Leave it out.");
    }

    @Test
    void everyCommandThatAsksEcrAssumesTheRole() throws Exception {
        String role = sandbox.iam().addRole("pack-publisher");
        command().run(publish("--role-arn", role)).succeeds();
        sandbox.requests().clear();
        String ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme";
        List<String[]> commands = List.of(
                new String[] {"list", "--registry", ecr, "--role-arn", role},
                new String[] {"pull", "--registry", ecr, "--role-arn", role, "sample:1.0.0"},
                new String[] {"copy", "--from", ecr, "--from-role-arn", role, "--to", "bundle:out.tar", "--all"},
                new String[] {"copy", "--from", "bundle:out.tar", "--to", ecr, "--to-role-arn", role, "--all"},
                new String[] {"retire", "--registry", ecr, "--role-arn", role, "--yes", "sample:1.0.0"});

        for (String[] command : commands) {
            // The account in the location is that of the fake's registry, whose host does not tell it.
            command().run(command).succeeds();
        }

        assertThat(signers(Match.sts("AssumeRole"))).containsExactly(sandbox.accessKeyId());
        assertThat(signersOfEcr()).doesNotContain(sandbox.accessKeyId()).hasSize(commands.size());
    }

    @Test
    void sessionIsRefreshedIfTheRunOutlivesIt() throws Exception {
        String role = sandbox.iam().addRole("pack-publisher");
        // The SDK takes a session for over a minute before it is.
        sandbox.iam().sessionLife(Duration.ofSeconds(50));

        command().run(publish("--role-arn", role)).succeeds();

        assertThat(sandbox.iam().sessionKeys()).hasSizeGreaterThan(1);
        assertThat(signersOfEcr())
                .hasSizeGreaterThan(1)
                .isSubsetOf(sandbox.iam().sessionKeys());
    }

    @Test
    void profilesWithRolesAreFollowedThroughOurOwnClient() throws Exception {
        AwsKeys other = sandbox.iam().addUser("other");
        String first = sandbox.iam().addRole("first");
        String second = sandbox.iam().addRole("second", "acme:42");
        String web = sandbox.iam().addWebRole("web", TOKEN);
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        Path config = Files.writeString(folder.resolve("config"), """
                [profile keys]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                [profile first]
                role_arn = %s
                source_profile = keys
                [profile second]
                role_arn = %s
                external_id = acme:42
                role_session_name = from-file
                source_profile = first
                [profile variables]
                role_arn = %s
                credential_source = Environment
                [profile web]
                role_arn = %s
                web_identity_token_file = %s
                [profile mfa]
                role_arn = %s
                source_profile = keys
                mfa_serial = arn:aws:iam::123456789012:mfa/me
                [profile nobody]
                role_arn = %s
                [profile lost]
                role_arn = %s
                source_profile = gone
                """.formatted(
                other.accessKeyId(), other.secretAccessKey(), first, second, first, web, token, first, first, first));
        CommandRun.Setup setup = command().with("AWS_CONFIG_FILE", config.toString());

        setup.run(publish("--profile", "second")).succeeds();
        assertThat(sandbox.iam().sessions())
                .satisfiesExactly(
                        one -> assertThat(one).contains(":assumed-role/first/"),
                        two -> assertThat(two).endsWith(":assumed-role/second/from-file"));
        assertThat(signers(Match.sts("AssumeRole")))
                .containsExactly(
                        other.accessKeyId(), sandbox.iam().sessionKeys().get(0));
        assertThat(signersOfEcr()).containsExactly(sandbox.iam().sessionKeys().get(1));

        sandbox.requests().clear();
        setup.run(publish("--profile", "variables")).succeeds();
        assertThat(signers(Match.sts("AssumeRole"))).containsExactly(sandbox.accessKeyId());
        setup.run(publish("--profile", "web")).succeeds();
        assertThat(sandbox.iam().tokens()).containsExactly(TOKEN);

        assertThat(setup.run(publish("--profile", "mfa")).fails(ExitCode.FAILED).err())
                .contains("Error: The AWS profile 'mfa' needs a code of an MFA device");
        assertThat(setup.run(publish("--profile", "nobody"))
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: The AWS profile 'nobody' has a role_arn, but does not say who assumes it.");
        assertThat(setup.run(publish("--profile", "lost"))
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: The AWS profile 'gone' is not in AWS' configuration files.");
        assertThat(withoutKeys()
                        .with("AWS_CONFIG_FILE", config.toString())
                        .with("AWS_PROFILE", "typo")
                        .run(publish())
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: The AWS profile 'typo' is not in AWS' configuration files.");
    }

    @Test
    void halfAKeyIsNotPassedOver() throws Exception {
        assertThat(command()
                        .without("AWS_SECRET_ACCESS_KEY")
                        .run(publish())
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not. Set both, or neither.");
    }

    @Test
    void stsIsAskedWhoWeAreOnlyWhereSomebodyWantsToKnow() throws Exception {
        command().run(publish()).succeeds();
        assertThat(sandbox.requests().count(Match.service(Request.STS))).isZero();

        String user = "arn:aws:iam::123456789012:user/pack-publisher";
        String source = ", with the machine's own AWS credentials (environment variables).";
        assertThat(command().run(publish("--verbose")).succeeds().err())
                .contains("Signed in to AWS as " + user + source);
        assertThat(sandbox.requests().count(Match.sts("GetCallerIdentity"))).isEqualTo(1);

        sandbox.deny("ecr:BatchGetImage");
        sandbox.deny("ecr:InitiateLayerUpload");
        for (int i = 0; i < 3; i++) {
            SamplePacks.write(folder.resolve("packs/p" + i), "p" + i, "1.0.0");
        }
        sandbox.requests().clear();
        CommandRun refused =
                command().run("publish", "--repository-name", "acme", "packs/*").fails(ExitCode.FAILED);
        assertThat(refused.err()).containsOnlyOnce("AWS refused what " + user + " asked for" + source);
        assertThat(sandbox.requests().count(Match.sts("GetCallerIdentity"))).isEqualTo(1);

        assertThat(command()
                        .with("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")
                        .run("publish", "--repository-name", "acme", "packs/*")
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("AWS refused what somebody whom STS does not name asked for" + source);
    }

    @Test
    void refusalThatDoesNoHarmIsNotToldAgain() throws Exception {
        sandbox.createRepository("acme/spectro-packs/archive", false);
        sandbox.createRepository("acme/spectro-packs/archive/sample", false);
        sandbox.deny("ecr:CreateRepository");

        CommandRun run = command().run(publish()).succeeds();

        assertThat(run.err()).doesNotContain("AWS refused");
        assertThat(sandbox.requests().count(Match.service(Request.STS))).isZero();
    }

    @Test
    void endpointsComeFromProfilesTooAndGoWithFips() throws Exception {
        Path config = Files.writeString(folder.resolve("config"), """
                [default]
                region = us-east-1
                use_fips_endpoint = true
                services = fakes
                [services fakes]
                ecr =
                  endpoint_url = %s
                """.formatted(sandbox.endpoint()));

        command()
                .without("AWS_DEFAULT_REGION")
                .without("AWS_ENDPOINT_URL_ECR")
                .with("AWS_CONFIG_FILE", config.toString())
                .run(publish())
                .succeeds();

        assertThat(command()
                        .with("AWS_ENDPOINT_URL_ECR", "http://ecr.example.com")
                        .run(publish())
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("The AWS settings name an endpoint for ECR (AWS_ENDPOINT_URL_ECR, AWS_ENDPOINT_URL or a"
                        + " profile's endpoint_url). The endpoint 'http://ecr.example.com' is plain HTTP");
    }
}
