package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code publish} on machines that are set up for AWS as people set them up: variables, configuration files, logins. */
class AwsSettingsTest {

    @WorkingFolder
    private Path folder;

    private EcrSandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        sandbox = EcrSandbox.builder().start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private CommandRun.Setup command() {
        return CommandRun.in(folder)
                .with(sandbox.environment())
                .java("-D" + Limits.PROPERTY + "="
                        + InProcess.PATIENT.withoutRetries().toProperty());
    }

    /** Without the variables that would come before a profile. */
    private CommandRun.Setup configured(String config) throws IOException {
        Path file = Files.writeString(folder.resolve("config"), config);
        return command()
                .without("AWS_ENDPOINT_URL_ECR")
                .without("AWS_ACCESS_KEY_ID")
                .without("AWS_SECRET_ACCESS_KEY")
                .with("AWS_CONFIG_FILE", file.toString());
    }

    private String keys() {
        return "aws_access_key_id = " + sandbox.accessKeyId() + "\naws_secret_access_key = " + sandbox.secretAccessKey()
                + "\n";
    }

    private CommandRun publish(CommandRun.Setup command) throws InterruptedException {
        CommandRun run = command.run("publish", "--repository-name", "acme", "my-pack");
        assertThat(run.output()).doesNotContain(sandbox.secretAccessKey());
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok3n-a\r\nX-Evil: y", "tok3n-\u00e4", "tok3n a"})
    void tokenThatIsNoneIsNotShown(String token) throws Exception {
        CommandRun run = publish(command().with("AWS_SESSION_TOKEN", token)).fails(ExitCode.FAILED);

        assertThat(run.err())
                .doesNotContain("tok3n")
                .contains("Error: GetAuthorizationToken failed: no usable AWS credentials (The access key id or the"
                        + " session token holds a line break, a blank or a letter that none has). Give ");
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void filesThatMakeNoSenseAreToldInSentences() throws Exception {
        assertThat(publish(configured("[default]\naws_access_key_id =\naws_secret_access_key =\nregion = us-east-1\n"))
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: GetAuthorizationToken failed: no usable AWS credentials (Access key ID cannot be"
                        + " blank). Give ");
        assertThat(publish(configured("\uFEFF[default]\nregion = us-east-1\n"))
                        .fails(ExitCode.USAGE)
                        .err())
                .contains(
                        "Error: The configuration files of AWS cannot be read: Expected a profile definition on line 1."
                                + " Correct them");
    }

    /** The SDK reads these by itself, and from its process alone. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AWS_DISABLE_REQUEST_COMPRESSION        | maybe
            AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES | much
            AWS_EXECUTION_ENV                      | 'a
            b'
            """)
    void settingsThatTheSdkCannotUseAreToldInASentence(String variable, String value) throws Exception {
        CommandRun run = command()
                .with(variable, value)
                .runApart("publish", "--repository-name", "acme", "my-pack")
                .fails(ExitCode.FAILED);

        assertThat(run.err())
                .containsPattern(
                        "Error: [\\w ]+ failed: what this machine sets for the AWS SDK cannot be used \\(.+\\)\\."
                                + " Correct the variables whose names begin with AWS_, or the profile in AWS' configuration files\\.\n$");
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void modeOfDefaultsIsNotAskedFor() throws Exception {
        command()
                .with("AWS_DEFAULTS_MODE", "none")
                .runApart("publish", "--repository-name", "acme", "my-pack")
                .succeeds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"})
    void endpointComesBeforeSwitchesOfTheEnvironment(String variable) throws Exception {
        publish(command().with(variable, "true")).succeeds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"use_fips_endpoint", "use_dualstack_endpoint"})
    void endpointComesBeforeSwitchesOfAProfile(String property) throws Exception {
        publish(configured("[default]\n" + property + " = true\nendpoint_url = " + sandbox.endpoint() + "\n" + keys()))
                .succeeds();
    }

    @Test
    void endpointOfTheServiceInAProfileIsTaken() throws Exception {
        publish(configured("[profile team]\nservices = local\nendpoint_url = http://127.0.0.1:1\n" + keys()
                                + "[services local]\necr =\n  endpoint_url = " + sandbox.endpoint() + "\n")
                        .with("AWS_PROFILE", "team"))
                .succeeds();
    }

    /** A proxy sees which host is asked, without anybody of AWS. */
    @ParameterizedTest
    @CsvSource({
        "AWS_USE_FIPS_ENDPOINT, api.ecr-fips.us-east-1.amazonaws.com",
        "AWS_USE_DUALSTACK_ENDPOINT, ecr.us-east-1.api.aws",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS, api.ecr.us-east-1.amazonaws.com"
    })
    void messageNamesTheHostThatWasAsked(String variable, String host) throws Exception {
        CommandRun.Setup command = command().with(variable, "true");
        if (!variable.startsWith("AWS_IGNORE")) {
            command.without("AWS_ENDPOINT_URL_ECR");
        }
        assertAsked(host, command);
    }

    @Test
    void profileIgnoresEndpointsOfTheEnvironment() throws Exception {
        assertAsked(
                "api.ecr.us-east-1.amazonaws.com",
                configured("[default]\nignore_configured_endpoint_urls = true\n" + keys())
                        .with(sandbox.environment()));
    }

    private void assertAsked(String host, CommandRun.Setup command) throws Exception {
        try (SilentServer noTls = SilentServer.answering("HTTP/1.1 400 Bad Request\r\n\r\n");
                TunnelProxy proxy = TunnelProxy.to(URI.create("http://127.0.0.1:" + noTls.port()))) {
            CommandRun run =
                    publish(command.with("HTTPS_PROXY", proxy.uri().toString())).fails(ExitCode.FAILED);

            assertThat(proxy.tunnels()).containsOnly(host + ":443");
            assertThat(run.err())
                    .contains("Error: GetAuthorizationToken failed: ")
                    .contains(" to " + host + " (");
        }
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void missingCredentialsAreToldInTwoSentences() throws Exception {
        assertThat(publish(configured("")).fails(ExitCode.FAILED).err())
                .endsWith("Error: GetAuthorizationToken failed: no usable AWS credentials (IMDS credentials have been"
                        + " disabled by environment variable or system property). Give AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY, a profile with --profile or AWS_PROFILE, or run where the machine"
                        + " has a role.\n");
    }

    private static final String PERSON =
            "[profile dev]\n%s\n[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/x\n"
                    + "source_profile = dev\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region ="
                    + " us-east-1\n";

    /** In a process of its own, since programs are looked for where the process' own variable says. */
    private CommandRun publishAs(String profile, String property, Map<String, String> aws) throws Exception {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        for (Map.Entry<String, String> program : aws.entrySet()) {
            Path file = Files.writeString(programs.resolve(program.getKey()), "#!/bin/sh\n" + program.getValue());
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return configured(PERSON.formatted(property))
                .with("AWS_ENDPOINT_URL_ECR", sandbox.endpoint().toString())
                .with("PATH", programs.toString())
                .runApart("publish", "--profile", profile, "--repository-name", "acme", "my-pack");
    }

    @ParameterizedTest
    @CsvSource({"dev, sso_session = corp", "dev, login_session = arn:aws:iam::123456789012:user/me"})
    void sessionOfAPersonIsAskedOfAwsOwnCommandLine(String profile, String property) throws Exception {
        String script = "[ \"$*\" = 'configure export-credentials --profile " + profile
                + " --format process' ] || exit 9\n"
                + "echo '{\"Version\": 1, \"AccessKeyId\": \"" + sandbox.accessKeyId() + "\", \"SecretAccessKey\": \""
                + sandbox.secretAccessKey() + "\"}'\n";

        CommandRun run = publishAs(profile, property, Map.of("aws", script)).succeeds();

        assertThat(run.out()).startsWith("PUBLISHED ");
        assertThat(run.output()).doesNotContain(sandbox.secretAccessKey());
    }

    @Test
    void sessionOfAPersonThatIsOverIsToldWithTheRemedy() throws Exception {
        String over =
                "echo 'Error when retrieving token from sso: Token has expired and refresh failed' >&2\nexit 255\n";

        assertThat(publishAs("admin", "sso_session = corp", Map.of("aws", over))
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("no usable AWS credentials. The AWS profile 'dev' signs in a person, whose session AWS' own"
                        + " command line knows; but it said: ")
                .contains("Token has expired and refresh failed. Run 'aws sso login --profile dev'; where no person is,"
                        + " as on an agent of Jenkins, use an access key or a role.");
    }

    @Test
    void sessionOfAPersonWithoutAwsOwnCommandLineIsToldWithTheRemedy() throws Exception {
        assertThat(publishAs("dev", "login_session = arn:aws:iam::123456789012:user/me", Map.of())
                        .fails(ExitCode.FAILED)
                        .err())
                .endsWith("no usable AWS credentials. The AWS profile 'dev' signs in a person, whose session AWS' own"
                        + " command line knows; but there is no 'aws' here. Install AWS CLI 2 and run 'aws login"
                        + " --profile dev'; where no person is, as on an agent of Jenkins, use an access key or a"
                        + " role.\n");
    }
}
