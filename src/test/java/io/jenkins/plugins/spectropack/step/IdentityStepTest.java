package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.assertNowhereBelow;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentialsBinding;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.FilePath;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.AwsKeys;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jenkinsci.plugins.credentialsbinding.impl.SecretBuildWrapper;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * As whom steps ask AWS that name no credential: in a block, on an inbound agent whose own environment holds the keys of somebody else and
 * names another region. Asserted by the key that signed, as the fakes of ECR and STS saw it.
 */
@WithJenkins
class IdentityStepTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.a-token-of-the-build.c2lnbmF0dXJl";
    private static final String KEYS = "aws(credentialsId: 'x', accessKeyVariable: 'AWS_ACCESS_KEY_ID',"
            + " secretKeyVariable: 'AWS_SECRET_ACCESS_KEY')";

    private static JenkinsRule jenkins;
    private static EcrSandbox sandbox;
    private static AwsKeys ofAgent;
    private static Process agent;
    private static Path agentFolder;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        sandbox = EcrSandbox.builder().region("eu-west-1").start();
        ofAgent = sandbox.iam().addUser("the-agent");
        add(PublishFixture.credential("x", sandbox));
        add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "token",
                "for tests",
                "token",
                SecretBytes.fromBytes(TOKEN.getBytes(StandardCharsets.UTF_8))));
        InboundAgentExtension agents = new InboundAgentExtension();
        Slave remote = agents.createAgent(
                rule,
                InboundAgentExtension.Options.newBuilder()
                        .name("remote")
                        .skipStart()
                        .build());
        agentFolder = Path.of(remote.getRemoteFS());
        InboundAgentExtension.AgentArguments arguments = InboundAgentExtension.getAgentArguments(rule, "remote");
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                arguments.agentJar().getPath(),
                "-url",
                arguments.url(),
                "-name",
                arguments.name(),
                "-secret",
                arguments.secret());
        process.environment().putAll(ofAgent.environment());
        process.environment()
                .putAll(Map.of(
                        "AWS_REGION", "us-east-1",
                        "AWS_CONFIG_FILE", "/dev/null",
                        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                        "AWS_ENDPOINT_URL_ECR", sandbox.endpoint().toString(),
                        "AWS_ENDPOINT_URL_STS", sandbox.iam().endpoint().toString()));
        agent = process.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        InboundAgentExtension.waitForAgentOnline(rule, "remote", Map.of());
    }

    private static void add(Credentials credential) throws IOException {
        CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next().addCredentials(Domain.global(), credential);
    }

    @AfterAll
    static void stop() {
        agent.destroy();
        sandbox.close();
    }

    @BeforeEach
    void forget() {
        sandbox.requests().clear();
        sandbox.clearFaults();
    }

    /** A Pipeline that publishes inside of blocks. */
    private static WorkflowJob job(String blocks, String more) throws Exception {
        return job("1.0.0", blocks, more);
    }

    private static WorkflowJob job(String version, String blocks, String more) throws Exception {
        int open = blocks.length() - blocks.replace("{", "").length();
        return pipeline(
                jenkins,
                "node('remote') {\n" + writePack("my-pack", "sample", version) + blocks
                        + "publishSpectroPack packs: 'my-pack', ifExists: 'OVERWRITE', registry: ecr(repositoryName: 'acme'"
                        + more + ")\n" + "}".repeat(open) + "\n}");
    }

    private static String withEnv(String... variables) {
        return "withEnv(['" + String.join("', '", variables) + "']) {\n";
    }

    private static String withCredentials(String binding) {
        return "withCredentials([" + binding + "]) {\n";
    }

    /** The ids of the keys that signed such requests. */
    private static List<String> signers(Predicate<Request> requests) {
        return sandbox.requests().matching(requests).stream()
                .map(Request::accessKeyId)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static List<String> signersOfEcr() {
        return signers(Match.service(Request.ECR));
    }

    private static void assertSecretsAreNowhere() throws IOException {
        assertNowhere(ofAgent.secretAccessKey());
    }

    private static void assertNowhere(String... more) throws IOException {
        List<String> secrets = new ArrayList<>(sandbox.iam().secrets());
        secrets.addAll(sandbox.issuedPasswords());
        secrets.addAll(List.of(sandbox.secretAccessKey(), TOKEN));
        secrets.addAll(List.of(more));
        assertNowhereBelow(jenkins.jenkins.getRootDir().toPath(), secrets);
        assertNowhereBelow(agentFolder, secrets);
    }

    @Test
    void keysOfTheBlockPublishIntoTheRegionOfTheBlock() throws Exception {
        WorkflowRun run =
                jenkins.buildAndAssertSuccess(job(withEnv("AWS_REGION=eu-west-1") + withCredentials(KEYS), ""));

        jenkins.assertLogContains(
                "AWS ECR in eu-west-1, acme/spectro-packs/archive, with the access key in the step's environment.",
                run);
        assertThat(signersOfEcr()).containsExactly(sandbox.accessKeyId());
        assertThat(sandbox.requests().count(Match.service(Request.STS))).isZero();
        assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
        assertSecretsAreNowhere();
    }

    @Test
    void tokenOfTheBuildIsBroughtToStsWithoutAnyKey() throws Exception {
        String role = sandbox.iam().addWebRole("from-oidc", TOKEN);

        WorkflowRun run = jenkins.buildAndAssertSuccess(job(
                withEnv("AWS_REGION=eu-west-1", "AWS_ROLE_ARN=" + role)
                        + withCredentials("file(credentialsId: 'token', variable: 'AWS_WEB_IDENTITY_TOKEN_FILE')"),
                ""));

        jenkins.assertLogContains("with the web identity in the step's environment, as " + role, run);
        assertThat(sandbox.iam().tokens()).containsExactly(TOKEN);
        assertThat(signers(Match.service(Request.STS))).isEmpty();
        assertThat(sandbox.iam().sessionKeys()).containsAll(signersOfEcr());
        assertThat(signersOfEcr()).hasSize(1);
        assertSecretsAreNowhere();
    }

    @Test
    void roleOnTopSignsWithItsSessionAndNothingSecretIsWrittenMeanwhile() throws Exception {
        String role = sandbox.iam().addRole("pack-publisher", "acme:42");
        WorkflowJob job = job(
                "2.0.0",
                withEnv("AWS_REGION=eu-west-1", "SOURCE_DATE_EPOCH=1700000000") + withCredentials(KEYS),
                ", roleArn: '" + role + "', externalId: 'acme:42'");
        PlannedFault stall = sandbox.fault(1, Match.manifestPut(), Fault.stall());
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        sandbox.requests().await(Match.manifestPut(), LIMIT);

        // The build waits, and with it program.dat, in which Jenkins itself keeps the environment of the agent's
        // process.
        assertNowhere();
        stall.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        jenkins.assertLogContains(
                "with the access key in the step's environment, assuming the role " + role + ".", run);
        assertThat(signers(Match.sts("AssumeRole"))).containsExactly(sandbox.accessKeyId());
        assertThat(sandbox.iam().sessions())
                .contains("arn:aws:sts::123456789012:assumed-role/pack-publisher/" + job.getFullName() + "-1");
        assertThat(signersOfEcr()).hasSize(1).doesNotContain(sandbox.accessKeyId(), ofAgent.accessKeyId());
        assertSecretsAreNowhere();

        byte[] manifest = sandbox.manifest(REPOSITORY, "2.0.0").orElseThrow();
        assertThat(new String(manifest, StandardCharsets.UTF_8)).contains("2023-11-14T22:13:20Z");
    }

    @Test
    void agentsOwnKeysCountWhereTheBlockSaysNothing() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job("", ", region: 'eu-west-1'"));

        jenkins.assertLogContains("with the machine's own AWS credentials (environment variables).", run);
        assertThat(signersOfEcr()).containsExactly(ofAgent.accessKeyId());
    }

    @Test
    void abortDoesNotWaitForAProgramThatBringsKeys() throws Exception {
        Path asked = agentFolder.resolve("asked");
        Path config = Files.writeString(
                agentFolder.resolve("config"),
                "[profile slow]\ncredential_process = echo $$ >" + asked + ".part; mv " + asked + ".part " + asked
                        + "; exec sleep 3600\n");
        WorkflowRun run = job(withEnv("AWS_CONFIG_FILE=" + config, "AWS_PROFILE=slow", "AWS_REGION=eu-west-1"), "")
                .scheduleBuild2(0)
                .waitForStart();
        while (run.isBuilding() && Files.notExists(asked)) {
            Thread.sleep(50);
        }
        ProcessHandle program = ProcessHandle.of(
                        Long.parseLong(Files.readString(asked).strip()))
                .orElseThrow();
        try {
            run.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertThat(program.isAlive()).isTrue();
        } finally {
            program.destroy();
        }
    }

    @Test
    void buildEnvironmentOfAFreestyleJobCounts() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(jenkins.jenkins.getNode("remote"));
        job.getBuildWrappersList()
                .add(new SecretBuildWrapper(List.of(
                        new AmazonWebServicesCredentialsBinding("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "x"))));
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        builder.setIfExists("OVERWRITE");
        builder.setRegistry(new EcrRegistry("acme", "eu-west-1"));
        job.getBuildersList().add(builder);
        writePack(
                new FilePath(
                                jenkins.jenkins.getNode("remote").getChannel(),
                                agentFolder + "/workspace/" + job.getName())
                        .child("my-pack"),
                "sample",
                "1.0.0");

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("with the access key in the step's environment.", build);
        assertThat(signersOfEcr()).containsExactly(sandbox.accessKeyId());
        assertSecretsAreNowhere();
    }

    @Test
    void whatNobodyNamesIsToldAsTheStepCallsIt() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job(withEnv("AWS_REGION="), ""));

        jenkins.assertLogContains("The AWS region is missing. Give region, or set AWS_DEFAULT_REGION", run);
    }
}
