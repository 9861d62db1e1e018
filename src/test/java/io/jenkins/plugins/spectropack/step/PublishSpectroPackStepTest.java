package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.warnings;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.EcrRepositorySettings;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.fixture.RecordingProxy;
import io.jenkins.plugins.spectropack.fixture.RoleCredential;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Pipeline step in a real Jenkins, mostly on an agent, which is another process with another workspace. */
@WithJenkins
class PublishSpectroPackStepTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
    }

    private WorkflowRun onAgent(Result expected, String script) throws Exception {
        return onAgent(jenkins.createOnlineSlave(), expected, script);
    }

    private WorkflowRun onAgent(Slave agent, Result expected, String script) throws Exception {
        WorkflowJob job = pipeline(jenkins, "node('" + agent.getNodeName() + "') {\n" + script + "\n}");
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private String publish(String... more) {
        return "publishSpectroPack(packs: 'my-pack', registry: " + ecr(sandbox)
                + String.join(
                        "", List.of(more).stream().map(text -> ", " + text).toList()) + ")";
    }

    @Test
    void sandboxedPipelineReadsWhatWasPublishedOnAnAgent() throws Exception {
        WorkflowRun run = onAgent(
                Result.SUCCESS,
                writePack("my-pack", "sample", "1.0.0") + "def published = " + publish() + "\n"
                        + "assert published.size() == 1\n"
                        + "assert published.every { it.status == 'PUBLISHED' }\n"
                        + "def pack = published[0]\n"
                        + "assert pack.name == 'sample' && pack.version == '1.0.0' && pack.error == null\n"
                        + "assert pack.repository == '" + REPOSITORY + "'\n"
                        + "assert pack.archiveName == 'sample-1.0.0.tar.gz' && pack.archiveSize > 100\n"
                        + "assert pack.archiveDigest.startsWith('sha256:')\n"
                        + "assert pack.pinnedReference.endsWith('@' + pack.digest)\n"
                        + "echo \"reference=${pack.reference} digest=${pack.digest}\"\n"
                        + "echo \"again=${" + publish() + "[0].status}\"");

        String digest = sandbox.tags(REPOSITORY).get("1.0.0");
        jenkins.assertLogContains(
                "reference=" + sandbox.registryHost() + "/" + REPOSITORY + ":1.0.0 digest=" + digest, run);
        jenkins.assertLogContains("again=UNCHANGED", run);
        jenkins.assertLogContains(
                "1 pack found; it goes to AWS ECR in us-east-1, acme/spectro-packs/archive, with the credential 'aws-packs'.",
                run);
        jenkins.assertLogContains("1 pack: 1 published.", run);
        assertThat(run.getActions(PublishedPacksAction.class)).hasSize(1);
        assertThat(run.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getStatus)
                .containsExactly("PUBLISHED", "UNCHANGED");
    }

    @Test
    void declarativePipelinePublishesOnTheBuiltInNode() throws Exception {
        WorkflowJob job = pipeline(
                jenkins,
                "pipeline {\n  agent any\n  stages {\n    stage('Publish') {\n      steps {\n"
                        + writePack("my-pack", "sample", "1.0.0")
                        + publish(
                                "name: 'sample'", "version: '1.0.0'", "ifExists: 'OVERWRITE'", "validation: 'STANDARD'")
                        + "\n      }\n    }\n  }\n}");

        jenkins.buildAndAssertSuccess(job);

        assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
    }

    @Test
    void parallelBranchesAddToOneAction() throws Exception {
        StringBuilder branches = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            branches.append("branch")
                    .append(i)
                    .append(": { ")
                    .append(publish().replace("my-pack", "packs/p" + i))
                    .append(" },\n");
        }
        String packs = "";
        for (int i = 0; i < 4; i++) {
            packs += writePack("packs/p" + i, "p" + i, "1.0.0");
        }

        WorkflowRun run = onAgent(Result.SUCCESS, packs + "parallel(" + branches + "failFast: false)");

        assertThat(run.getActions(PublishedPacksAction.class)).hasSize(1);
        assertThat(run.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getName)
                .containsExactlyInAnyOrder("p0", "p1", "p2", "p3");
        // It is there after a restart, and in old builds.
        run.reload();
        assertThat(run.getAction(PublishedPacksAction.class).getPacks()).hasSize(4);
    }

    @Test
    void patternPublishesAllAndAFailureDoesNotHideTheOthers() throws Exception {
        sandbox.fault(
                Match.registry("PUT", "/a/manifests/"), Fault.registryError(405, "UNSUPPORTED", "Invalid JSON syntax"));

        WorkflowRun run = onAgent(
                Result.FAILURE,
                writePack("packs/a", "a", "1.0.0")
                        + writePack("packs/b", "b", "1.0.0")
                        + publish().replace("my-pack", "packs/*"));

        jenkins.assertLogContains(
                "ERROR: a:1.0.0 was not published: Tagging acme/spectro-packs/archive/a:1.0.0 failed: "
                        + sandbox.registryHost() + " answered 405 UNSUPPORTED to PUT: Invalid JSON syntax.",
                run);
        jenkins.assertLogNotContains("\tat io.jenkins", run);
        assertThat(run.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getStatus)
                .containsExactly("FAILED", "PUBLISHED");
        assertThat(warnings(run))
                .extracting(WarningAction::getMessage)
                .singleElement()
                .asString()
                .startsWith("a:1.0.0 was not published");
    }

    @Test
    void failuresAreSentencesThatPipelinesCanCatch() throws Exception {
        WorkflowRun run = onAgent(
                Result.SUCCESS,
                writePack("my-pack", "sample", "1.0.0")
                        + writePack("bad", "Bad", "1.0.0")
                        + attempt(publish("name: 'other'"))
                        + attempt(publish("version: '2.0.0'"))
                        + attempt(publish().replace("my-pack", "bad"))
                        + attempt(publish().replace("my-pack", "missing"))
                        + attempt(publish().replace("my-pack", "nothing/*"))
                        + attempt(publish().replace("my-pack", "../elsewhere/*"))
                        + attempt(publish().replace("my-pack", "/usr"))
                        + attempt(publish().replace("'my-pack'", "''"))
                        + attempt(publish("ifExists: 'maybe'"))
                        + attempt(publish("validation: 'lax'"))
                        + attempt(publish().replace("aws-packs", "unknown"))
                        + attempt(publish().replace("us-east-1", "Mars"))
                        + attempt(publish().replace("'acme'", "'Acme'"))
                        + attempt("publishSpectroPack(packs: 'my-pack')")
                        + attempt("publishSpectroPack(packs: 'my-pack', registry: "
                                + ecr(sandbox, "accountId: '1234-5678-9012'") + ")")
                        + attempt("publishSpectroPack(packs: 'my-pack', registry: "
                                + ecr(sandbox, "accountId: '210987654321'") + ")")
                        + attempt("publishSpectroPack(packs: 'my-pack', registry: "
                                + ecr(sandbox, "repositorySettings: [tags: 'nonsense']") + ")"));

        List<String> caught = PublishFixture.log(run).stream()
                .filter(line -> line.startsWith("caught "))
                .map(line -> line.substring("caught ".length()))
                .toList();
        List<String> expected = List.of(
                "AbortException: 1 pack is invalid. Nothing was sent.",
                "AbortException: 1 pack is invalid. Nothing was sent.",
                "AbortException: 1 pack is invalid. Nothing was sent.",
                "AbortException: 1 pack is invalid. Nothing was sent.",
                "AbortException: The pattern 'nothing/*' matches no folder below ",
                "AbortException: The pattern '../elsewhere/*' matches no folder below ",
                "AbortException: The folder /usr lies outside the workspace. Only packs inside it are published.",
                "AbortException: The folder of the pack is not given.",
                "AbortException: ifExists is 'MAYBE', but must be one of FAIL, OVERWRITE, SKIP.",
                "AbortException: validation is 'LAX', but must be one of STRICT, STANDARD, OFF.",
                "AbortException: The AWS credential 'unknown' was not found, or this job may not use it.",
                "AbortException: 'Mars' is not the name of an AWS region. Give one such as us-east-1 as region.",
                "AbortException: The repository name 'Acme' is not one that ECR takes.",
                "AbortException: No registry is given, and neither this job's folder nor this Jenkins has a default one.",
                "AbortException: The account id '1234-5678-9012' is not an AWS account id. Give its twelve digits without dashes as accountId,",
                "AbortException: The account id is 210987654321, but the credentials belong to the registry of account",
                "AbortException: The resource tag 'nonsense' is not of the form KEY=VALUE.");
        assertThat(caught).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(caught.get(i)).startsWith(expected.get(i));
        }
        jenkins.assertLogContains("The name is 'sample', but 'other' was given.", run);
        jenkins.assertLogContains("The name 'Bad' cannot be part of a repository's name in ECR.", run);
        assertThat(sandbox.requests().matching(Match.service(Request.REGISTRY))).isEmpty();
    }

    private static String attempt(String step) {
        return "try { " + step + "; echo 'caught nothing' } catch (e) { echo \"caught ${e.toString()"
                + ".replaceFirst(/^[a-z.]+\\.([A-Z])/, '$1').readLines()[0]}\" }\n";
    }

    @Test
    void warningsShowEverywhereAndMakeTheBuildUnstableIfAsked() throws Exception {
        WorkflowRun run = onAgent(
                Result.UNSTABLE,
                writePack("my-pack", "sample", "1.0.0")
                        + "writeFile file: 'my-pack/values.yaml', text: 'pack:\\n  a: 1\\n  a: 2\\n'\n"
                        + publish("unstableOnWarnings: true") + "\n" + publish());

        String message =
                "The key 'a' in line 3 stands twice in one mapping, and only one of its values counts. Remove one.";
        jenkins.assertLogContains("WARNING my-pack/values.yaml:3: " + message + " [yaml-duplicate-key]\n", run);
        jenkins.assertLogContains("1 pack checked: 0 errors, 4 warnings.", run);
        jenkins.assertLogContains("The packs have 4 warnings, so the build is unstable.", run);
        assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
        assertThat(warnings(run))
                .extracting(WarningAction::getResult, WarningAction::getMessage)
                .containsExactly(tuple(Result.UNSTABLE, "The packs have 4 warnings, so the build is unstable."));

        // The build as it is read from the disk after a restart.
        run.reload();
        assertThat(run.getAction(PublishedPacksAction.class).getFindings())
                .extracting(PackFinding::getRule, PackFinding::getPlace)
                .containsExactly(
                        tuple("yaml-duplicate-key", "my-pack/values.yaml:3"),
                        tuple("manifest-object", "my-pack/manifests/config.yaml:1"),
                        tuple("logo-missing", "my-pack/logo.png"),
                        tuple("readme-missing", "my-pack/README.md"));
        HtmlPage page = jenkins.createWebClient().getPage(run, "spectro-packs/findings");
        assertThat(page.querySelector("[data-spectro-findings=yaml-duplicate-key]")
                        .asNormalizedText())
                .contains("yaml-duplicate-key (1)", "No key stands twice", "my-pack/values.yaml:3", message);
        assertThat(jenkins.getJSON(run.getUrl() + "api/json?tree=actions[findings]")
                        .getJSONObject()
                        .getJSONArray("actions")
                        .toString())
                .contains("\"rule\":\"yaml-duplicate-key\"", "\"line\":3", "\"severity\":\"WARNING\"");
    }

    @Test
    void invalidPackIsExplainedOnTheBuildPageToo() throws Exception {
        WorkflowRun run = onAgent(
                Result.FAILURE,
                writePack("my-pack", "sample", "1.0.0")
                        + "writeFile file: 'my-pack/manifests/config.yaml', text: 'a: [<script>'\n"
                        + publish("unstableOnWarnings: true"));

        jenkins.assertLogContains(
                "ERROR my-pack/manifests/config.yaml:1: The file is not YAML (line 1, column 13)", run);
        jenkins.assertLogContains("1 pack checked: 1 error, 2 warnings.", run);
        jenkins.assertLogContains("ERROR: 1 pack is invalid. Nothing was sent.", run);
        run.reload();
        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage findings = client.getPage(run, "spectro-packs/findings");
        assertThat(findings.querySelectorAll("[data-spectro-findings]"))
                .extracting(DomNode::asNormalizedText)
                .first()
                .asString()
                .contains("manifest", "my-pack/manifests/config.yaml:1");
        JSONObject row = jenkins.getJSON(run.getUrl() + "spectro-packs/rows")
                .getJSONObject()
                .getJSONArray("rows")
                .getJSONObject(0);
        assertThat(row.getString("status")).isEqualTo("FAILED");
        assertThat(row.getString("label")).isEqualTo("my-pack");
        assertThat(row.getString("error")).contains("The file is not YAML");
        assertThat(row.getInt("findingCount")).isEqualTo(3);
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void outsideOfANodeJenkinsSaysWhatIsMissing() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(jenkins, publish()));

        jenkins.assertLogContains("Required context class hudson.FilePath is missing", run);
        jenkins.assertLogContains("such as: node", run);
    }

    @Test
    void linkOutOfTheWorkspaceIsRefused() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        WorkflowJob job = pipeline(jenkins, "node('" + agent.getNodeName() + "') {\n" + publish() + "\n}");
        FilePath workspace = agent.getWorkspaceFor(job);
        writePack(workspace.child("../outside"), "sample", "1.0.0");
        workspace.mkdirs();
        workspace.child("my-pack").symlinkTo("../outside", jenkins.createTaskListener());

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("lies outside the workspace. Only packs inside it are published.", run);
    }

    @Test
    void credentialOfAFolderIsFoundThereAndItsUseIsTracked() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        addCredential(folder, "team-packs", sandbox);
        WorkflowJob inside = folder.createProject(WorkflowJob.class, "inside");
        String script = "node {\n" + writePack("my-pack", "sample", "1.0.0")
                + publish().replace(CREDENTIAL, "team-packs") + "\n}";
        inside.setDefinition(new CpsFlowDefinition(script, true));

        jenkins.buildAndAssertSuccess(inside);

        jenkins.assertLogContains(
                "The AWS credential 'team-packs' was not found, or this job may not use it.",
                jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(jenkins, script)));
        assertThat(CredentialsProvider.getFingerprintOf(CredentialsProvider.lookupStores(folder)
                        .iterator()
                        .next()
                        .getCredentials(Domain.global())
                        .get(0)))
                .isNotNull();
    }

    @Test
    void credentialWithoutAKeyMeansTheAgentsOwnCredentials() throws Exception {
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(Domain.global(), new AWSCredentialsImpl(CredentialsScope.GLOBAL, "empty", "", "", ""));
        Slave agent = jenkins.createOnlineSlave(
                null,
                new EnvVars(
                        "AWS_ACCESS_KEY_ID",
                        sandbox.accessKeyId(),
                        "AWS_SECRET_ACCESS_KEY",
                        sandbox.secretAccessKey()));

        WorkflowRun run = onAgent(
                agent,
                Result.SUCCESS,
                writePack("my-pack", "sample", "1.0.0") + publish().replace(CREDENTIAL, "empty") + "\n"
                        + publish().replace("credentialsId: '" + CREDENTIAL + "', ", ""));

        jenkins.assertLogContains(
                "The AWS credential 'empty' holds no access key, so the step's environment or else the agent's own AWS"
                        + " credentials are used.",
                run);
        jenkins.assertLogContains("sample:1.0.0: UNCHANGED", run);
    }

    @Test
    void sessionTokenOfARoleTravels() throws Exception {
        try (EcrSandbox session = EcrSandbox.builder().requireSessionToken().start()) {
            CredentialsProvider.lookupStores(jenkins.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(Domain.global(), new RoleCredential("role", session));

            onAgent(
                    Result.SUCCESS,
                    writePack("my-pack", "sample", "1.0.0")
                            + "publishSpectroPack(packs: 'my-pack', registry: "
                            + ecr(session).replace(CREDENTIAL, "role") + ")");

            assertThat(session.tags(REPOSITORY)).containsKey("1.0.0");
        }
    }

    @Test
    void abortStopsTheUploadAndRemovesTheArchive() throws Exception {
        sandbox.fault(Match.uploadContent(), Fault.stall());
        Slave agent = jenkins.createOnlineSlave();
        WorkflowJob job = pipeline(
                jenkins,
                "node('" + agent.getNodeName() + "') {\n" + writePack("my-pack", "sample", "1.0.0") + publish()
                        + "\n}");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        sandbox.requests().await(Match.uploadStart(), LIMIT);

        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

        FilePath temporary = WorkspaceList.tempDir(agent.getWorkspaceFor(job));
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!temporary.list().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(temporary.list()).isEmpty();
        assertThat(sandbox.tags(REPOSITORY)).isEmpty();
        sandbox.clearFaults();
        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void proxyOfJenkinsCarriesTheRequestsOfTheAgentButNoneToLoopback() throws Exception {
        String pack = writePack("my-pack", "sample", "1.0.0");
        try (RecordingProxy proxy = RecordingProxy.start()) {
            jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", proxy.port(), "user", "pass"));
            onAgent(Result.SUCCESS, pack + publish());
            assertThat(proxy.requests()).isEmpty();
        }
        try (TunnelProxy proxy = TunnelProxy.to(sandbox.endpoint(), "user:pass")) {
            jenkins.jenkins.setProxy(
                    new ProxyConfiguration("127.0.0.1", proxy.uri().getPort(), "user", "pass"));
            String elsewhere = publish().replace(sandbox.endpoint().toString(), "https://ecr.example.com");
            Slave agent = jenkins.createOnlineSlave();
            WorkflowRun run = pipeline(jenkins, "node('" + agent.getNodeName() + "') {\n" + pack + elsewhere + "\n}")
                    .scheduleBuild2(0)
                    .waitForStart();
            long end = System.nanoTime() + LIMIT.toNanos();
            while (proxy.tunnels().isEmpty() && System.nanoTime() < end) {
                Thread.sleep(100);
            }
            // What is behind the tunnel speaks no TLS, so the step would try for minutes.
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            assertThat(proxy.tunnels()).isNotEmpty().containsOnly("ecr.example.com:443");
        }
    }

    @Test
    void secretsAreInNoFile() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        sandbox.fault(1, Match.uploadContent(), Fault.registryError(503, "UNAVAILABLE", "later"));
        WorkflowRun run = onAgent(agent, Result.SUCCESS, writePack("my-pack", "sample", "1.0.0") + publish());

        List<String> secrets = new ArrayList<>(sandbox.issuedPasswords());
        assertThat(secrets).isNotEmpty();
        secrets.add(sandbox.secretAccessKey());
        PublishFixture.assertNowhereBelow(jenkins.jenkins.getRootDir().toPath(), secrets);
        PublishFixture.assertNowhereBelow(Path.of(agent.getRemoteFS()), secrets);
        assertThat(run.getLog()).doesNotContain(secrets);
    }

    @Test
    void snippetGeneratorWritesTheSimplestUse() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        PublishSpectroPackStep step = new PublishSpectroPackStep("packs/*");
        EcrRegistry registry = new EcrRegistry("spectro-oci-registry", "us-east-1");
        registry.setCredentialsId(CREDENTIAL);
        step.setRegistry(registry);
        snippets.assertRoundTrip(
                step,
                "publishSpectroPack packs: 'packs/*', registry: ecr(credentialsId: 'aws-packs', region: 'us-east-1',"
                        + " repositoryName: 'spectro-oci-registry')");

        snippets.assertRoundTrip(new PublishSpectroPackStep("my-pack"), "publishSpectroPack 'my-pack'");

        step = new PublishSpectroPackStep("my-pack");
        step.setIfExists("skip");
        step.setValidation("STRICT");
        step.setUnstableOnWarnings(true);
        step.setDryRun(true);
        step.setName("sample");
        step.setVersion("1.0.0");
        step.setParallel(2);
        registry = new EcrRegistry("acme", "eu-west-1");
        registry.setAccountId("123456789012");
        registry.setCreateRepositories(false);
        registry.setEndpoint("https://vpce.example");
        registry.setRoleArn("arn:aws:iam::123456789012:role/pack-publisher");
        registry.setExternalId("acme:42");
        EcrRepositorySettings settings = new EcrRepositorySettings();
        settings.setImmutableTags(true);
        settings.setScanOnPush(true);
        settings.setKmsKey("alias/packs");
        settings.setTags("team=platform");
        settings.setLifecyclePolicy("{\"rules\":[]}");
        registry.setRepositorySettings(settings);
        step.setRegistry(registry);
        snippets.assertRoundTrip(
                step,
                "publishSpectroPack dryRun: true, ifExists: 'SKIP', name: 'sample', packs: 'my-pack', parallel: 2,"
                        + " registry: ecr(accountId: '123456789012', createRepositories: false,"
                        + " endpoint: 'https://vpce.example', externalId: 'acme:42', region: 'eu-west-1', repositoryName: 'acme',"
                        + " repositorySettings: [immutableTags: true, kmsKey: 'alias/packs',"
                        + " lifecyclePolicy: '{\"rules\":[]}', scanOnPush: true, tags: 'team=platform'],"
                        + " roleArn: 'arn:aws:iam::123456789012:role/pack-publisher'),"
                        + " unstableOnWarnings: true, validation: 'STRICT', version: '1.0.0'");
        SnippetizerTester.assertDocGeneration(PublishSpectroPackStep.class);
    }
}
