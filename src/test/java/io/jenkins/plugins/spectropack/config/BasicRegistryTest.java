package io.jenkins.plugins.spectropack.config;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import io.jenkins.plugins.spectropack.step.PublishSpectroPackStep;
import io.jenkins.plugins.spectropack.step.SpectroPackBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A registry with a user name and a password, in step and forms. It speaks HTTPS with a certificate that nobody trusts. */
@WithJenkins
class BasicRegistryTest {

    private static final String CREDENTIAL = "harbor";

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private OciSandbox sandbox;
    private String caCertificate;
    private BasicRegistry.DescriptorImpl descriptor;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        TestCertificate certificate = TestCertificate.create(folder);
        caCertificate = Files.readString(certificate.certificate());
        sandbox = OciSandbox.start(OciBehaviour.HARBOR, certificate.serverContext());
        sandbox.addProject("acme");
        addCredential(rule.jenkins, CREDENTIAL, sandbox.password());
        descriptor = rule.jenkins.getDescriptorByType(BasicRegistry.DescriptorImpl.class);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void addCredential(ModelObject where, String id, String password) throws Exception {
        CredentialsProvider.lookupStores(where)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new UsernamePasswordCredentialsImpl(
                                CredentialsScope.GLOBAL, id, "for tests", sandbox.username(), password));
    }

    private BasicRegistry registry() {
        BasicRegistry registry = new BasicRegistry(sandbox.uri().toString(), "acme");
        registry.setCredentialsId(CREDENTIAL);
        registry.setCaCertificate(caCertificate);
        return registry;
    }

    private String publish(String more) {
        return "publishSpectroPack(packs: 'my-pack', registry: basic(url: '" + sandbox.uri()
                + "', basePath: 'acme', credentialsId: '" + CREDENTIAL + "'" + more + "))";
    }

    @Test
    void stepOnAnAgentPublishesWithThePrivateCaOnly() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        WorkflowJob job = pipeline(
                jenkins,
                "node('" + agent.getNodeName() + "') {\n" + writePack("my-pack", "sample", "1.0.0")
                        + "echo \"first=${" + publish(", caCertificate: '''" + caCertificate + "'''")
                        + "[0].status}\"\n"
                        + "try { " + publish("") + " } catch (e) { echo \"untrusted: ${e.message}\" }\n"
                        + "echo \"unsafe=${" + publish(", skipTlsVerification: true") + "[0].status}\"\n"
                        + "try { " + publish(", caCertificate: 'nonsense'")
                        + " } catch (e) { echo \"wrong: ${e.message}\" }\n"
                        + "try { " + publish("").replace("'harbor'", "'unknown'")
                        + " } catch (e) { echo \"missing: ${e.message}\" }\n}");

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("first=PUBLISHED", run);
        jenkins.assertLogContains("Created repository acme/spectro-packs/archive.", run);
        jenkins.assertLogContains("untrusted: Logging in failed: no secure connection to " + sandbox.host(), run);
        jenkins.assertLogContains(
                "If the registry's certificate comes from a private CA, give the certificate of that CA as"
                        + " \"CA certificate\" (caCertificate).",
                run);
        jenkins.assertLogContains("WARNING: The certificate of " + sandbox.host() + " is not verified", run);
        jenkins.assertLogContains("unsafe=UNCHANGED", run);
        jenkins.assertLogContains("wrong: The CA certificate is not one in PEM.", run);
        jenkins.assertLogContains("missing: The credential 'unknown' was not found, or this job may not use it.", run);
        jenkins.assertLogNotContains("\tat io.jenkins", run);
        assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
        assertThat(run.getLog()).doesNotContain(sandbox.secrets());
        PublishFixture.assertNowhereBelow(jenkins.jenkins.getRootDir().toPath(), sandbox.secrets());
        PublishFixture.assertNowhereBelow(Path.of(agent.getRemoteFS()), sandbox.secrets());
        assertThat(CredentialsProvider.getFingerprintOf(CredentialsProvider.lookupStores(jenkins.jenkins)
                        .iterator()
                        .next()
                        .getCredentials(Domain.global())
                        .get(0)))
                .isNotNull();
    }

    @Test
    void proxyOfTheAgentsEnvironmentIsUsedWhereJenkinsHasNone() throws Exception {
        URI address = URI.create("https://registry.example.com");
        Path own = Files.createDirectory(folder.resolve("own"));
        TestCertificate certificate = TestCertificate.create(own, address.getHost());
        try (OciSandbox registry = OciSandbox.start(OciBehaviour.DISTRIBUTION, certificate.serverContext(), address);
                TunnelProxy proxy = TunnelProxy.to(registry.uri(), "user:pass")) {
            addCredential(jenkins.jenkins, "other", registry.password());
            Slave agent = jenkins.createOnlineSlave(
                    null, new EnvVars("HTTPS_PROXY", proxy.uri().toString().replace("//", "//user:pass@")));

            jenkins.buildAndAssertSuccess(pipeline(
                    jenkins,
                    "node('" + agent.getNodeName() + "') {\n" + writePack("my-pack", "sample", "1.0.0")
                            + "publishSpectroPack packs: 'my-pack', registry: basic(url: '" + address
                            + "', basePath: 'acme', credentialsId: 'other', caCertificate: '''"
                            + Files.readString(certificate.certificate()) + "''')\n}"));

            assertThat(proxy.tunnels()).containsOnly("registry.example.com:443");
            assertThat(registry.tags(REPOSITORY)).containsKey("1.0.0");
        }
    }

    @Test
    void globalDefaultServesAFreestyleJobAndARefusalIsTold() throws Exception {
        SpectroPackGlobalConfiguration.get().setRegistry(registry());
        jenkins.configRoundtrip();
        jenkins.assertEqualDataBoundBeans(
                registry(), SpectroPackGlobalConfiguration.get().getRegistry());
        jenkins.assertEqualDataBoundBeans(registry(), new SpectroPackGlobalConfiguration().getRegistry());
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new SpectroPackBuilder("my-pack"));
        job.setCustomWorkspace(folder.resolve("workspace").toString());
        writePack(new FilePath(folder.resolve("workspace/my-pack").toFile()), "sample", "1.0.0");

        jenkins.buildAndAssertSuccess(job);
        assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");

        sandbox.readOnly(true);
        new FilePath(folder.resolve("workspace/my-pack/values.yaml").toFile()).write("pack: {a: 1}\n", "UTF-8");
        SpectroPackBuilder overwrite = new SpectroPackBuilder("my-pack");
        overwrite.setIfExists("OVERWRITE");
        job.getBuildersList().replace(overwrite);
        jenkins.assertLogContains(
                "answered 401 UNAUTHORIZED to POST: unauthorized to access repository: " + REPOSITORY
                        + ", action: push. Check user name and password (credentialsId), and that this user may push to the base path.",
                jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    @Test
    void formAndSnippetKeepEveryValue() throws Exception {
        BasicRegistry registry = registry();
        registry.setCreateBaseArtifact(false);
        registry.setSkipTlsVerification(true);
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        builder.setRegistry(registry);
        jenkins.assertEqualDataBoundBeans(builder, jenkins.configRoundtrip(builder));

        PublishSpectroPackStep step = new PublishSpectroPackStep("packs/*");
        BasicRegistry simple = new BasicRegistry("https://harbor.example.com", "spectro-oci-registry");
        simple.setCredentialsId(CREDENTIAL);
        step.setRegistry(simple);
        new SnippetizerTester(jenkins)
                .assertRoundTrip(
                        step,
                        "publishSpectroPack packs: 'packs/*', registry: basic(basePath: 'spectro-oci-registry',"
                                + " credentialsId: 'harbor', url: 'https://harbor.example.com')");
    }

    @Test
    void valuesAreCheckedAndTestConnectionLogsIn() throws Exception {
        assertMessage(descriptor.doCheckUrl(""), "The registry's URL is missing.");
        assertMessage(descriptor.doCheckUrl("http://harbor.example.com"), "is plain HTTP");
        assertMessage(descriptor.doCheckUrl("https://harbor.example.com/acme"), "has more than a host");
        assertOk(descriptor.doCheckUrl("${URL}"));
        assertMessage(descriptor.doCheckBasePath("Acme"), "is not one that OCI registries take");
        assertOk(descriptor.doCheckBasePath("acme__1/x--y"));
        assertMessage(descriptor.doCheckCaCertificate("nonsense"), "is not one in PEM");
        assertOk(descriptor.doCheckCaCertificate(caCertificate));
        assertMessage(descriptor.doCheckSkipTlsVerification(true), "can read the login");
        assertOk(descriptor.doCheckSkipTlsVerification(false));

        FormValidation good = connect(null, CREDENTIAL, false);
        assertOk(good);
        assertThat(good.getMessage()).isEqualTo("Logged in to " + sandbox.host() + ".");
        FormValidation unsafe = connect(null, CREDENTIAL, true);
        assertThat(unsafe.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertMessage(unsafe, "is not verified");
        assertThat(sandbox.requests().matching(Match.registry("GET", ".").negate()))
                .isEmpty();
        addCredential(jenkins.jenkins, "wrong", "another password");
        assertMessage(connect(null, "wrong", false), "answered 401 UNAUTHORIZED to GET");
        assertMessage(connect(null, "unknown", false), "was not found");
        assertMessage(connect(null, "${ID}", false), "is known only when the job runs");

        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        builder.setRegistry(registry());
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage page = client.getPage(job, "configure");
        HtmlElement button = page.querySelector("[data-validate-button-method=testConnection]");
        button.click();
        client.waitForBackgroundJavaScript(30_000);
        assertThat(((HtmlElement) button.getParentNode()).asNormalizedText())
                .contains("Logged in to " + sandbox.host() + ".");
    }

    @Test
    void onlyThoseWhoMaySeeCredentialsAndTryConnections() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        addCredential(team, "team-harbor", sandbox.password());
        FreeStyleProject inside = team.createProject(FreeStyleProject.class, "inside");
        FreeStyleProject outside = jenkins.createFreeStyleProject("outside");
        assertOk(connect(inside, "team-harbor", false));
        assertMessage(connect(outside, "team-harbor", false), "was not found");
        assertThat(values(inside)).containsExactlyInAnyOrder("", "team-harbor", CREDENTIAL, "old");
        assertThat(values(outside)).containsExactlyInAnyOrder("", CREDENTIAL, "old");
        assertMessage(descriptor.doCheckCredentialsId(outside, "team-harbor", ""), "was not found");

        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        try (ACLContext reader =
                ACL.as2(User.getOrCreateByIdOrFullName("reader").impersonate2())) {
            assertThat(values(outside)).containsExactly("old");
            assertOk(descriptor.doCheckCredentialsId(outside, "unknown", ""));
            assertThatThrownBy(() -> connect(outside, CREDENTIAL, false)).isInstanceOf(AccessDeniedException3.class);
            assertThatThrownBy(() -> connect(null, CREDENTIAL, false)).isInstanceOf(AccessDeniedException3.class);
        }
    }

    @Test
    void credentialsOfAnotherHostsDomainAreLeftOut() throws Exception {
        Domain domain = new Domain("Harbor", "", List.of(new HostnameSpecification("harbor.example.com", "")));
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addDomain(
                        domain,
                        new UsernamePasswordCredentialsImpl(
                                CredentialsScope.GLOBAL, "of-harbor", "", "robot", "secret"));

        assertThat(descriptor.doFillCredentialsIdItems(null, "", "https://harbor.example.com"))
                .extracting(option -> option.value)
                .contains("of-harbor", CREDENTIAL);
        assertThat(descriptor.doFillCredentialsIdItems(null, "", "https://other.example.com"))
                .extracting(option -> option.value)
                .contains(CREDENTIAL)
                .doesNotContain("of-harbor");
        assertThat(descriptor.doFillCredentialsIdItems(null, "", "${URL}"))
                .extracting(option -> option.value)
                .contains("of-harbor");
        assertOk(descriptor.doCheckCredentialsId(null, "of-harbor", "https://harbor.example.com"));
        assertMessage(descriptor.doCheckCredentialsId(null, "of-harbor", "https://other.example.com"), "was not found");
        BasicRegistry registry = registry();
        registry.setCredentialsId("of-harbor");
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        builder.setRegistry(registry);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        jenkins.assertLogContains(
                "ERROR: The credential 'of-harbor' was not found", jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    private List<String> values(Item item) {
        return descriptor.doFillCredentialsIdItems(item, "old", "").stream()
                .map(option -> option.value)
                .toList();
    }

    private FormValidation connect(Item item, String credential, boolean skip) throws Exception {
        return descriptor.doTestConnection(
                item, sandbox.uri().toString(), "acme", credential, skip ? "" : caCertificate, skip);
    }

    private static void assertOk(FormValidation validation) {
        assertThat(validation.kind).as(validation.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    private static void assertMessage(FormValidation validation, String part) {
        assertThat(validation.kind).isNotEqualTo(FormValidation.Kind.OK);
        assertThat(validation.getMessage().replace("&#039;", "'")).contains(part);
    }
}
