package io.jenkins.plugins.spectropack;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_KEY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_REGISTRY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.hasty;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import groovy.lang.GroovyShell;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import hudson.model.Slave;
import hudson.model.TaskListener;
import hudson.scm.NullSCM;
import hudson.scm.SCMRevisionState;
import hudson.security.ACL;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.spectropack.config.BasicRegistry;
import io.jenkins.plugins.spectropack.config.BundleRegistry;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.EcrRepositorySettings;
import io.jenkins.plugins.spectropack.config.KeysReader;
import io.jenkins.plugins.spectropack.config.LoginReader;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import io.jenkins.plugins.spectropack.config.RegistryReader;
import io.jenkins.plugins.spectropack.config.RoleReader;
import io.jenkins.plugins.spectropack.config.SpectroPackFolderProperty;
import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.publish.ListedPack;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.FakePaletteRegistry;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Repository;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import io.jenkins.plugins.spectropack.step.CopySpectroPacksStep;
import io.jenkins.plugins.spectropack.step.ListSpectroPacksStep;
import io.jenkins.plugins.spectropack.step.PublishSpectroPackStep;
import io.jenkins.plugins.spectropack.step.RetireSpectroPacksStep;
import io.jenkins.plugins.spectropack.step.SpectroPackBuilder;
import io.jenkins.plugins.spectropack.step.SpectroPackCopyBuilder;
import io.jenkins.plugins.spectropack.step.SpectroPackRetireBuilder;
import io.jenkins.plugins.spectropack.step.SpectroPackValidateBuilder;
import io.jenkins.plugins.spectropack.step.ValidateSpectroPacksStep;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** What README and docs say is true: every example runs, every parameter is there and no other. */
@WithJenkins
class DocumentationTest {

    private static final String MY_PACK = "spectro-oci-registry/spectro-packs/archive/my-pack";
    private static final Path README = Path.of("README.md");
    private static final Path GUIDE = Path.of("docs/user-guide.md");
    private static final Path BASIC = Path.of("docs/basic-registry.md");
    private static final Path PALETTE = Path.of("docs/palette.md");
    private static final Path LIFE = Path.of("docs/life-of-a-pack.md");
    private static final Path IDENTITY = Path.of("docs/identity.md");

    private static final List<String> MESSAGES = new CopyOnWriteArrayList<>();
    private static final List<String> PATTERNS = new CopyOnWriteArrayList<>();

    /** Stands for the step of the Slack plugin. */
    public static final class SlackSend extends Step {
        private final String message;

        @DataBoundConstructor
        public SlackSend(String message) {
            this.message = message;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronous(context, step -> MESSAGES.add(message));
        }

        @TestExtension("everyExampleRuns")
        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "slackSend";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of();
            }
        }
    }

    /** Stands for the tool of the Warnings plugin that reads SARIF. */
    public static final class SarifTool extends AbstractDescribableImpl<SarifTool> {
        private final String pattern;

        @DataBoundConstructor
        public SarifTool(String pattern) {
            this.pattern = pattern;
        }

        @Symbol("sarif")
        @TestExtension("everyExampleRuns")
        public static final class DescriptorImpl extends Descriptor<SarifTool> {}
    }

    /** Stands for the step of the Warnings plugin, which finds the file. */
    public static final class RecordIssues extends Step {
        private final SarifTool tool;

        @DataBoundConstructor
        public RecordIssues(SarifTool tool) {
            this.tool = tool;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronous(context, step -> {
                if (step.get(FilePath.class).child(tool.pattern).readToString().contains("readme-missing")) {
                    PATTERNS.add(tool.pattern);
                }
                return null;
            });
        }

        @TestExtension("everyExampleRuns")
        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "recordIssues";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(FilePath.class);
            }
        }
    }

    /** Every text with examples in Groovy or YAML is run by one of the tests here. */
    @Test
    void noTextIsForgotten(JenkinsRule jenkins) throws Exception {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            assertThat(Stream.concat(Stream.of(README, Path.of("CONTRIBUTING.md")), docs)
                            .filter(text -> text.toString().endsWith(".md"))
                            .filter(text -> !examples(text, "groovy|yaml").isEmpty()))
                    .containsExactlyInAnyOrder(README, GUIDE, BASIC, PALETTE, LIFE, IDENTITY);
        }
    }

    @Test
    void everyExampleRuns(JenkinsRule jenkins) throws Exception {
        // Examples that publish from the main branch only shall do so here.
        jenkins.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("BRANCH_NAME", "main")));
        try (EcrSandbox sandbox = EcrSandbox.builder().start();
                PaletteSandbox palette = PaletteSandbox.start()) {
            for (String example : examples(GUIDE, "yaml")) {
                ConfigurationAsCode.get()
                        .configureWith(YamlSource.of(new ByteArrayInputStream(
                                pointTo(palette, example).getBytes(StandardCharsets.UTF_8))));
            }
            List<AmazonWebServicesCredentials> configured = CredentialsProvider.lookupCredentialsInItemGroup(
                    AmazonWebServicesCredentials.class, jenkins.jenkins, ACL.SYSTEM2);
            assertThat(configured)
                    .extracting(AmazonWebServicesCredentials::getId)
                    .containsExactly(CREDENTIAL);
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            FakePaletteRegistry registry = palette.addRegistry(PALETTE_REGISTRY, sandbox, "spectro-oci-registry");
            addPaletteKey(jenkins.jenkins, PALETTE_KEY, palette.apiKey());
            addCredential(jenkins.jenkins, CREDENTIAL, sandbox);
            Slave agent = agent(jenkins, forBoth(sandbox));
            for (Path text : List.of(README, GUIDE)) {
                for (String example : examples(text, "groovy")) {
                    if (example.startsWith("job(") || example.startsWith("folder(")) {
                        seed(jenkins, example);
                    } else {
                        run(jenkins, agent, pointTo(palette, example));
                        assertThat(sandbox.tags(MY_PACK)).as(example).containsKey("1.0.0");
                        sandbox.removeTag(MY_PACK, "1.0.0");
                    }
                }
            }
            assertThat(MESSAGES).singleElement().asString().contains("1 of 2 packs are new: ", "/spectro-packs/");
            assertThat(PATTERNS).containsExactly("findings.sarif");
            assertThat(registry.syncs()).isPositive();
            assertThat(palette.requests().all()).extracting(Request::status).containsOnly(200, 202);
        }
    }

    @Test
    void fewLinesTakeAPackFromItsRepositoryToPalette(JenkinsRule jenkins) throws Exception {
        String jenkinsfile = String.join("", examples(PALETTE, "groovy"));
        assertThat(jenkinsfile.lines()).hasSize(8);
        try (EcrSandbox sandbox = EcrSandbox.builder().start();
                PaletteSandbox palette = PaletteSandbox.start()) {
            palette.reaches(sandbox);
            jenkinsfile = jenkinsfile.replaceFirst("externalId: '\\w+'", "externalId: '" + palette.externalId() + "'");
            addPaletteKey(jenkins.jenkins, PALETTE_KEY, palette.apiKey());
            addCredential(jenkins.jenkins, CREDENTIAL, sandbox);
            agent(jenkins, forBoth(sandbox));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsScmFlowDefinition(new Sources(pointTo(palette, jenkinsfile)), "Jenkinsfile"));

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("was added. It reads " + sandbox.registryHost() + "/spectro-oci-registry.", run);
            jenkins.assertLogContains("my-pack:1.0.0: LISTED in Palette, registry 'my-ecr'.", run);
            List<Repository> repositories = sandbox.repositories();
            Map<String, String> tags = sandbox.tags(MY_PACK);
            assertThat(tags).containsOnlyKeys("1.0.0");
            sandbox.requests().clear();
            palette.requests().clear();

            jenkins.assertLogContains("1 pack: 1 unchanged.", jenkins.buildAndAssertSuccess(job));

            assertThat(sandbox.repositories()).isEqualTo(repositories);
            assertThat(sandbox.tags(MY_PACK)).isEqualTo(tags);
            assertThat(sandbox.requests().matching(request -> request.method().matches("PUT|PATCH|DELETE")))
                    .isEmpty();
            assertThat(palette.requests().all())
                    .isNotEmpty()
                    .extracting(Request::method)
                    .containsOnly("GET");
        }
    }

    /** From a source repository to production in another account and into a bundle, with a person in between. */
    @Test
    void onePipelineIsTheLifeOfAPack(JenkinsRule jenkins) throws Exception {
        String jenkinsfile = String.join("", examples(LIFE, "groovy"));
        String archive = MY_PACK.substring(0, MY_PACK.lastIndexOf('/'));
        try (EcrSandbox staging = EcrSandbox.builder().accountId("111111111111").start();
                EcrSandbox production =
                        EcrSandbox.builder().accountId("222222222222").start();
                PaletteSandbox palette = PaletteSandbox.start()) {
            FakePaletteRegistry registry = palette.addRegistry(PALETTE_REGISTRY, production, "spectro-oci-registry");
            palette.project().cluster("edge-1", registry, "my-pack", "0.1.0");
            production.createRepository(archive, false);
            production.createRepository(MY_PACK, false);
            for (String old : List.of("0.1.0", "0.2.0", "0.3.0", "0.4.0", "0.5.0", "0.6.0")) {
                production.pushArchive(MY_PACK, old, old.getBytes(StandardCharsets.UTF_8));
            }
            addPaletteKey(jenkins.jenkins, PALETTE_KEY, palette.apiKey());
            addCredential(jenkins.jenkins, "aws-staging", staging);
            addCredential(jenkins.jenkins, "aws-production", production);
            agent(jenkins, hasty());
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            String script = pointTo(palette, jenkinsfile)
                    .replace("'aws-staging'", "'aws-staging', endpoint: '" + staging.endpoint() + "'")
                    .replace("'aws-production'", "'aws-production', endpoint: '" + production.endpoint() + "'");
            job.setDefinition(new CpsScmFlowDefinition(new Sources(script), "Jenkinsfile"));

            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Copy my-pack:1.0.0 to production?", run);
            assertThat(staging.tags(MY_PACK)).containsKey("1.0.0");
            assertThat(production.tags(MY_PACK)).doesNotContainKey("1.0.0");
            HtmlPage page = jenkins.createWebClient().getPage(run, "input");
            jenkins.submit(page.getForms().get(page.getForms().size() - 1), "proceed");

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(production.tags(MY_PACK))
                    .containsEntry("1.0.0", staging.tags(MY_PACK).get("1.0.0"))
                    .containsOnlyKeys("0.1.0", "0.3.0", "0.4.0", "0.5.0", "0.6.0", "1.0.0");
            jenkins.assertLogContains("my-pack:1.0.0: LISTED in Palette, registry 'my-ecr'.", run);
            jenkins.assertLogContains(
                    "my-pack:0.1.0: stays, Palette uses it: cluster 'edge-1' of project 'Default'.", run);
            assertThat(run.getArtifacts())
                    .extracting(artifact -> artifact.relativePath)
                    .containsExactly("air-gapped.tar");
        }
    }

    /** But for withAWS, whose plugin is not here: that one is parsed. */
    @Test
    void everyExampleForAnIdentityPublishesAsThatIdentity(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            addCredential(jenkins.jenkins, CREDENTIAL, sandbox);
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new FileCredentialsImpl(
                            CredentialsScope.GLOBAL,
                            "oidc-token",
                            "",
                            "token",
                            SecretBytes.fromBytes("the token of the build".getBytes(StandardCharsets.UTF_8))));
            sandbox.iam().addWebRole("jenkins-packs", "the token of the build");
            sandbox.iam().addRole("pack-publisher", "acme-42");
            EnvVars environment = forBoth(sandbox);
            environment.put("AWS_ENDPOINT_URL_STS", sandbox.iam().endpoint().toString());
            environment.put("AWS_ROLE_ARN", sandbox.iam().addWebRole("of-the-pod", "the token of the pod"));
            environment.put(
                    "AWS_WEB_IDENTITY_TOKEN_FILE",
                    Files.writeString(folder.resolve("token"), "the token of the pod")
                            .toString());
            Slave agent = agent(jenkins, environment);
            List<String> signers = new ArrayList<>();
            for (String example : examples(IDENTITY, "groovy")) {
                if (example.contains("withAWS")) {
                    assertThat(new GroovyShell().parse(example)).isNotNull();
                    continue;
                }
                sandbox.requests().clear();
                run(jenkins, agent, example);
                signers.add(sandbox.requests().matching(Match.api("GetAuthorizationToken")).stream()
                        .map(request -> request.accessKeyId().orElseThrow())
                        .map(key -> key.equals(sandbox.accessKeyId())
                                ? "key"
                                : sandbox.iam()
                                        .sessions()
                                        .get(sandbox.iam().sessionKeys().indexOf(key))
                                        .replaceAll(".*assumed-role/|/.*", ""))
                        .collect(Collectors.joining()));
            }
            assertThat(signers).containsExactly("key", "jenkins-packs", "of-the-pod", "pack-publisher");
            assertThat(sandbox.tags(MY_PACK)).containsKey("1.0.0");
        }
    }

    /** A source repository with a Jenkinsfile and a pack. */
    private static final class Sources extends NullSCM {
        private final String jenkinsfile;

        Sources(String jenkinsfile) {
            this.jenkinsfile = jenkinsfile;
        }

        @Override
        public void checkout(
                Run<?, ?> build,
                Launcher launcher,
                FilePath workspace,
                TaskListener listener,
                File changelog,
                SCMRevisionState baseline)
                throws IOException, InterruptedException {
            workspace.child("Jenkinsfile").write(jenkinsfile, "UTF-8");
            PublishFixture.writePack(workspace.child("packs/my-pack"), "my-pack", "1.0.0");
        }
    }

    /** What an agent needs to find the ECR of the test, and not to wait for Palette as long as people have to. */
    private static EnvVars forBoth(EcrSandbox sandbox) {
        EnvVars environment = hasty();
        environment.put("AWS_ENDPOINT_URL_ECR", sandbox.endpoint().toString());
        return environment;
    }

    /** An example that names no Palette means the service of Spectro Cloud, which no test asks. */
    private static String pointTo(PaletteSandbox palette, String example) {
        return example.replaceAll("credentialsId: 'palette-api-key'", "$0, url: '" + palette.uri() + "'")
                .replaceAll("credentialsId: palette-api-key", "$0\n      url: " + palette.uri());
    }

    @Test
    void everyExampleForOtherRegistriesRuns(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        URI harbor = URI.create("https://harbor.example.com");
        TestCertificate certificate = TestCertificate.create(folder, harbor.getHost());
        try (OciSandbox sandbox = OciSandbox.start(OciBehaviour.HARBOR, certificate.serverContext(), harbor);
                TunnelProxy proxy = TunnelProxy.to(sandbox.uri())) {
            sandbox.addProject("spectro-oci-registry");
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new UsernamePasswordCredentialsImpl(
                            CredentialsScope.GLOBAL, "harbor", "", sandbox.username(), sandbox.password()));
            Slave agent = agent(
                    jenkins,
                    new EnvVars(
                            "HTTPS_PROXY",
                            proxy.uri().toString(),
                            "JAVA_TOOL_OPTIONS",
                            String.join(" ", certificate.trustingJava())));
            for (String example : examples(BASIC, "groovy")) {
                run(jenkins, agent, example);
            }
            assertThat(sandbox.tags(MY_PACK)).containsKey("1.0.0");
        }
    }

    /** An agent, the only place where builds can run. */
    private static Slave agent(JenkinsRule jenkins, EnvVars environment) throws Exception {
        jenkins.jenkins.setNumExecutors(0);
        return jenkins.createOnlineSlave(null, environment);
    }

    private static List<String> examples(Path text, String languages) {
        try {
            return Pattern.compile("```(?:" + languages + ")\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(text))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void seed(JenkinsRule jenkins, String example) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        seed.setAssignedNode(jenkins.jenkins);
        jenkins.jenkins.setNumExecutors(1);
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(example);
        seed.getBuildersList().add(dsl);
        jenkins.buildAndAssertSuccess(seed);
        jenkins.jenkins.setNumExecutors(0);
        if (example.startsWith("folder(")) {
            assertThat(jenkins.jenkins
                            .getItemByFullName("team", Folder.class)
                            .getProperties()
                            .get(SpectroPackFolderProperty.class)
                            .getIfExists())
                    .isEqualTo("SKIP");
            return;
        }
        assertThat(jenkins.jenkins
                        .getItemByFullName("publish-packs", FreeStyleProject.class)
                        .getBuildersList()
                        .get(SpectroPackBuilder.class))
                .isNotNull();
    }

    private static void run(JenkinsRule jenkins, Slave agent, String example) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(example, true));
        Path workspace = Path.of(agent.getWorkspaceFor(job).getRemote());
        for (String folder : new String[] {"my-pack", "packs/my-pack", "packs/other"}) {
            SamplePacks.write(workspace.resolve(folder), folder.replace("packs/", ""), "1.0.0");
        }
        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void referenceListsTheParametersThatThereAre(JenkinsRule jenkins) throws Exception {
        String text = Files.readString(Path.of("docs/pipeline.md"));
        assertThat(documented(text, "publishSpectroPack", "parameter"))
                .isEqualTo(parameters(PublishSpectroPackStep.class));
        assertThat(documented(text, "publishSpectroPack", "parameter")).isEqualTo(parameters(SpectroPackBuilder.class));
        assertThat(documented(text, "copySpectroPacks", "parameter"))
                .isEqualTo(parameters(CopySpectroPacksStep.class))
                .isEqualTo(parameters(SpectroPackCopyBuilder.class));
        assertThat(documented(text, "listSpectroPacks", "parameter")).isEqualTo(parameters(ListSpectroPacksStep.class));
        assertThat(documented(text, "retireSpectroPacks", "parameter"))
                .isEqualTo(parameters(RetireSpectroPacksStep.class))
                .isEqualTo(parameters(SpectroPackRetireBuilder.class));
        assertThat(documented(text, "bundle", "parameter")).isEqualTo(parameters(BundleRegistry.class));
        assertThat(documented(text, "validateSpectroPacks", "parameter"))
                .isEqualTo(parameters(ValidateSpectroPacksStep.class))
                .isEqualTo(parameters(SpectroPackValidateBuilder.class));
        assertThat(documented(text, "validateSpectroPacks", "property")).isEqualTo(properties(PackFinding.class));
        assertThat(documented(text, "ecr", "parameter")).isEqualTo(parameters(EcrRegistry.class));
        assertThat(documented(text, "basic", "parameter")).isEqualTo(parameters(BasicRegistry.class));
        assertThat(documented(text, "palette", "parameter")).isEqualTo(parameters(PaletteSettings.class));
        assertThat(documented(text, "ecrRole, keys, login", "parameter"))
                .isEqualTo(Stream.of(RoleReader.class, KeysReader.class, LoginReader.class)
                        .flatMap(reader -> parameters(reader).stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(documented(text, "repositorySettings", "parameter"))
                .isEqualTo(parameters(EcrRepositorySettings.class));
        assertThat(documented(text, "publishSpectroPack", "property")).isEqualTo(properties(PublishedPack.class));
        assertThat(documented(text, "listSpectroPacks", "property")).isEqualTo(properties(ListedPack.class));
        assertThat(documented(text, "retireSpectroPacks", "property")).isEqualTo(properties(RetiredPack.class));
    }

    private static Set<String> properties(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("get") && !name.equals("getClass"))
                .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyFieldOfEveryFormHasHelpAndEveryChoiceASymbol(JenkinsRule jenkins) throws Exception {
        List<Descriptor<?>> choices = new ArrayList<>(jenkins.jenkins.getDescriptorList(PackRegistry.class));
        choices.addAll(jenkins.jenkins.getDescriptorList(PaletteChoice.class));
        choices.addAll(jenkins.jenkins.getDescriptorList(RegistryReader.class));
        assertThat(choices)
                .hasSizeGreaterThan(9)
                .allSatisfy(choice -> assertThat(SymbolLookup.getSymbolValue(choice))
                        .as(choice.getId() + " in the reference of steps")
                        .isNotEmpty());
        JenkinsRule.WebClient client = jenkins.createWebClient();
        for (Class<?> type : List.of(
                PublishSpectroPackStep.class,
                SpectroPackBuilder.class,
                CopySpectroPacksStep.class,
                SpectroPackCopyBuilder.class,
                ListSpectroPacksStep.class,
                RetireSpectroPacksStep.class,
                SpectroPackRetireBuilder.class,
                BundleRegistry.class,
                ValidateSpectroPacksStep.class,
                SpectroPackValidateBuilder.class,
                EcrRegistry.class,
                EcrRepositorySettings.class,
                BasicRegistry.class,
                PaletteSettings.class,
                RoleReader.class,
                KeysReader.class,
                LoginReader.class,
                SpectroPackFolderProperty.class)) {
            Descriptor<?> descriptor = jenkins.jenkins.getDescriptor(type.asSubclass(Describable.class));
            for (String parameter : parameters(type)) {
                assertThat(DescribableModel.of(type).getParameter(parameter).getHelp())
                        .as(type.getSimpleName() + "." + parameter + " in the reference of steps")
                        .contains("<div>");
                String file = client.executeOnServer(() -> descriptor.getHelpFile(parameter));
                assertThat(file).as(type.getSimpleName() + "." + parameter).isNotNull();
                assertThat(client.goTo(file.substring(1), "text/html")
                                .getWebResponse()
                                .getContentAsString())
                        .contains("<div>");
            }
        }
    }

    private static Set<String> parameters(Class<?> type) {
        return DescribableModel.of(type).getParameters().stream()
                .map(DescribableParameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first column of the table that begins with a heading, in a section of the reference. */
    private static Set<String> documented(String text, String section, String heading) {
        String part = text.substring(text.indexOf("\n## " + section + "\n") + 1);
        int end = part.indexOf("\n## ");
        part = end < 0 ? part : part.substring(0, end);
        Set<String> names = new TreeSet<>();
        boolean inside = false;
        for (String line : part.lines().toList()) {
            if (line.startsWith("| " + heading + " |")) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside) {
                Matcher name = Pattern.compile("`(\\w+)`").matcher(line.split("\\|")[1]);
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
    }
}
