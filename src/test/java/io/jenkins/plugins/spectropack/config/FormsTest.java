package io.jenkins.plugins.spectropack.config;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.assertTakePostOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.Util;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.step.SpectroPackBuilder;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the forms check, suggest and try, and for whom. */
@WithJenkins
class FormsTest {

    /** What the AWS SDK calls the address of STS among Java's system properties. */
    private static final String STS = "aws.endpointUrlSts";

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    private EcrRegistry.DescriptorImpl descriptor;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
        descriptor = rule.jenkins.getDescriptorByType(EcrRegistry.DescriptorImpl.class);
        System.setProperty(STS, sandbox.iam().endpoint().toString());
    }

    @AfterEach
    void askNobodyElse() {
        System.clearProperty(STS);
    }

    private void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("developer")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
    }

    private static ACLContext as(String user) {
        return ACL.as2(User.getOrCreateByIdOrFullName(user).impersonate2());
    }

    private FormValidation connect(Item item, String credential, String region, String account) throws Exception {
        return connect(item, credential, region, account, "");
    }

    private FormValidation connect(Item item, String credential, String region, String account, String role)
            throws Exception {
        return connect(
                item, credential, region, account, role, sandbox.endpoint().toString());
    }

    private FormValidation connect(
            Item item, String credential, String region, String account, String role, String endpoint)
            throws Exception {
        return descriptor.doTestConnection(item, "acme", region, credential, role, "", account, endpoint);
    }

    @Test
    void valuesAreChecked() {
        assertMessage(descriptor.doCheckRepositoryName(""), "The repository name is empty.");
        assertMessage(descriptor.doCheckRepositoryName("Acme"), "is not one that ECR takes");
        assertOk(descriptor.doCheckRepositoryName("acme"));
        assertOk(descriptor.doCheckRepositoryName("spectro-packs"));
        FormValidation half = descriptor.doCheckRepositoryName("acme/spectro-packs");
        assertThat(half.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertMessage(half, "is meant, give");
        assertOk(descriptor.doCheckRepositoryName("${BASE}"));
        assertOk(descriptor.doCheckRegion(""));
        assertOk(descriptor.doCheckRoleArn("arn:aws:iam::123456789012:role/pack-publisher"));
        assertMessage(descriptor.doCheckRoleArn("pack-publisher"), "is not the ARN of a role");
        assertOk(descriptor.doCheckExternalId("acme:42"));
        assertMessage(descriptor.doCheckExternalId("a b"), "An external id has");
        assertMessage(descriptor.doCheckRegion("Mars"), "is not the name of an AWS region");
        assertMessage(descriptor.doCheckRegion("us-esat-1"), "is none that is known here. Did you mean us-east-1?");
        assertThat(descriptor.doCheckRegion("xx-new-1").kind).isEqualTo(FormValidation.Kind.WARNING);
        assertOk(descriptor.doCheckRegion("eu-west-1"));
        assertOk(descriptor.doCheckRegion("${REGION}"));
        assertMessage(descriptor.doCheckAccountId("1234-5678-9012"), "twelve digits without dashes");
        assertOk(descriptor.doCheckAccountId(""));
        assertMessage(descriptor.doCheckEndpoint("http://r.example"), "is plain HTTP");
        assertOk(descriptor.doCheckEndpoint(""));

        EcrRepositorySettings.DescriptorImpl settings =
                jenkins.jenkins.getDescriptorByType(EcrRepositorySettings.DescriptorImpl.class);
        assertMessage(settings.doCheckKmsKey("nonsense"), "is not a key's ARN, id or alias");
        assertOk(settings.doCheckKmsKey("alias/packs"));
        assertMessage(settings.doCheckTags("nonsense"), "is not of the form KEY=VALUE");
        assertMessage(settings.doCheckTags("aws:x=1"), "is not allowed");
        assertOk(settings.doCheckTags("a=b\n\nc=d=e"));
        assertMessage(settings.doCheckLifecyclePolicy("[]"), "must be a JSON object with a list 'rules'");
        assertOk(settings.doCheckLifecyclePolicy("{\"rules\":[]}"));

        SpectroPackBuilder.DescriptorImpl builder =
                jenkins.jenkins.getDescriptorByType(SpectroPackBuilder.DescriptorImpl.class);
        assertMessage(builder.doCheckPacks(" "), "Name the folder of a pack");
        assertOk(builder.doCheckPacks("packs/*"));
        assertMessage(builder.doCheckParallel("0"), "Not a positive");
        assertOk(builder.doCheckParallel("4"));
        assertMessage(builder.doCheckName("My pack"), "'My pack'");
        assertOk(builder.doCheckName(""));
        assertOk(builder.doCheckName("my-pack"));
        assertMessage(builder.doCheckVersion("1.0.0 beta"), "'1.0.0 beta'");
        assertOk(builder.doCheckVersion("${TAG}"));
        assertOk(builder.doCheckVersion("1.0.0"));
    }

    private static void assertOk(FormValidation validation) {
        assertThat(validation.kind).as(validation.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    private static void assertMessage(FormValidation validation, String part) {
        assertThat(validation.kind).isNotEqualTo(FormValidation.Kind.OK);
        assertThat(validation.getMessage().replace("&#039;", "'")).contains(part);
    }

    @Test
    void overLongValuesAreRefusedBeforeAnythingReadsThem() throws Exception {
        String slashes = "/".repeat(100_000);
        String refusal = "This has 100,000 characters; more than 2,000 are not taken.";
        assertMessage(descriptor.doCheckRepositoryName(slashes), refusal);
        assertMessage(descriptor.doCheckRegion(slashes), refusal);
        assertMessage(descriptor.doCheckAccountId(slashes), refusal);
        assertMessage(descriptor.doCheckEndpoint(slashes), refusal);
        assertMessage(descriptor.doCheckRoleArn(slashes), refusal);
        assertMessage(descriptor.doCheckExternalId(slashes), refusal);
        assertMessage(descriptor.doCheckCredentialsId(null, slashes, "us-east-1", ""), refusal);
        assertThat(descriptor.doFillCredentialsIdItems(null, slashes, "us-east-1", ""))
                .isEmpty();
        assertMessage(descriptor.doTestConnection(null, slashes, "us-east-1", CREDENTIAL, "", "", "", ""), refusal);
        EcrRepositorySettings.DescriptorImpl settings =
                jenkins.jenkins.getDescriptorByType(EcrRepositorySettings.DescriptorImpl.class);
        assertMessage(settings.doCheckKmsKey(slashes), refusal);
        assertMessage(settings.doCheckTags("=".repeat(200_001)), "more than 200,000 are not taken");
        assertMessage(settings.doCheckLifecyclePolicy("[".repeat(200_001)), "more than 200,000 are not taken");
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void choicesAreOffered() {
        assertThat(descriptor.getRegions())
                .containsEntry("us-east-1", "US East (N. Virginia)")
                .containsKey("eu-west-1")
                .doesNotContainKey("aws-global");
        SpectroPackBuilder.DescriptorImpl builder =
                jenkins.jenkins.getDescriptorByType(SpectroPackBuilder.DescriptorImpl.class);
        assertThat(builder.doFillIfExistsItems(""))
                .extracting(option -> option.value)
                .containsExactly("", "FAIL", "OVERWRITE", "SKIP");
        assertThat(builder.doFillIfExistsItems("").get(0).name)
                .isEqualTo("The default of the folder or of this Jenkins (FAIL)");
        assertThat(builder.doFillValidationItems(""))
                .extracting(option -> option.value)
                .containsExactly("STANDARD", "STRICT", "OFF");
    }

    @Test
    void testConnectionNamesRegistryAndAccount() throws Exception {
        FormValidation good = connect(null, CREDENTIAL, "us-east-1", sandbox.accountId());
        assertOk(good);
        assertThat(good.getMessage())
                .isEqualTo(Util.escape("Logged in to " + sandbox.registryHost()
                        + " (account 123456789012). Signed in to AWS as arn:aws:iam::123456789012:user/pack-publisher,"
                        + " with the credential 'aws-packs'."));
        assertThat(sandbox.repositories()).isEmpty();

        assertMessage(connect(null, CREDENTIAL, "eu-west-1", ""), "Credential should be scoped to a valid region");
        assertMessage(connect(null, "unknown", "us-east-1", ""), "was not found");
        assertMessage(connect(null, "", "us-east-1", ""), "agent's own AWS credentials are used");
        assertMessage(connect(null, CREDENTIAL, "", ""), "Without a region that of the step's environment");
        assertMessage(connect(null, "${ID}", "us-east-1", ""), "is known only when the job runs");
        assertMessage(connect(null, CREDENTIAL, "us-east-1", "12"), "twelve digits");
        String role = sandbox.iam().addRole("pack-publisher");
        assertThat(connect(null, CREDENTIAL, "us-east-1", "", role).getMessage())
                .endsWith(Util.escape(" Signed in to AWS as"
                        + " arn:aws:sts::123456789012:assumed-role/pack-publisher/spectro-pack-publisher,"
                        + " with the credential 'aws-packs', assuming the role " + role + "."));
        assertMessage(connect(null, CREDENTIAL, "us-east-1", "", role + "s"), "answered AccessDenied");
        sandbox.deny("ecr:DescribeRepositories");
        FormValidation limited = connect(null, CREDENTIAL, "us-east-1", "");
        assertThat(limited.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertMessage(limited, "Logged in to " + sandbox.registryHost());
        assertMessage(limited, "But these credentials may not do everything: DescribeRepositories");
        assertMessage(limited, "Allow ecr:DescribeRepositories in the IAM policy");
        sandbox.deny("ecr:GetAuthorizationToken");
        assertMessage(connect(null, CREDENTIAL, "us-east-1", ""), "Allow ecr:GetAuthorizationToken");
    }

    @Test
    void buttonSendsTheCredentialThatTheDropDownShows() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        builder.setRegistry(PublishFixture.registry(sandbox));
        job.getBuildersList().add(builder);
        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage page = client.getPage(job, "configure");

        HtmlElement button = page.querySelector("[data-validate-button-method=testConnection]");
        button.click();
        client.waitForBackgroundJavaScript(30_000);

        assertThat(((HtmlElement) button.getParentNode()).asNormalizedText())
                .contains("Logged in to " + sandbox.registryHost() + ".");
    }

    @Test
    void connectionsToTheControllerAndItsLinkAreNotTried() throws Exception {
        String allowed = System.clearProperty(ControllerClient.LOCAL);
        try {
            sandbox.requests().clear();
            for (String host : List.of(sandbox.endpoint().getAuthority(), "169.254.169.254", "[fe80::1]", "0.0.0.0")) {
                assertMessage(
                        connect(null, CREDENTIAL, "us-east-1", "", "", "https://" + host),
                        "GetAuthorizationToken failed: no connection to " + host
                                + " (a test from the controller asks neither the controller itself nor its link, unless -D"
                                + ControllerClient.LOCAL + "=true).");
            }
            assertThat(sandbox.requests().all()).isEmpty();
        } finally {
            System.setProperty(ControllerClient.LOCAL, allowed);
        }
    }

    @Test
    void onlyThoseWhoMayConfigureTryAConnection() throws Exception {
        secure();
        FreeStyleProject job = jenkins.createFreeStyleProject();
        try (ACLContext reader = as("reader")) {
            assertThatThrownBy(() -> connect(job, CREDENTIAL, "us-east-1", ""))
                    .isInstanceOf(AccessDeniedException3.class);
            assertThatThrownBy(() -> connect(null, CREDENTIAL, "us-east-1", ""))
                    .isInstanceOf(AccessDeniedException3.class);
        }
        try (ACLContext developer = as("developer")) {
            assertOk(connect(job, CREDENTIAL, "us-east-1", ""));
            assertThatThrownBy(() -> connect(null, CREDENTIAL, "us-east-1", ""))
                    .isInstanceOf(AccessDeniedException3.class);
        }
        try (ACLContext admin = as("admin")) {
            assertOk(connect(null, CREDENTIAL, "us-east-1", ""));
        }
    }

    @Test
    void credentialsOfAFolderAreForItsJobsOnly() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        addCredential(folder, "team-packs", sandbox);
        FreeStyleProject inside = folder.createProject(FreeStyleProject.class, "inside");
        FreeStyleProject outside = jenkins.createFreeStyleProject("outside");

        assertThat(values(descriptor.doFillCredentialsIdItems(inside, "old", "us-east-1", "")))
                .containsExactlyInAnyOrder("", "team-packs", CREDENTIAL, "old");
        assertThat(values(descriptor.doFillCredentialsIdItems(outside, "", "us-east-1", "")))
                .containsExactlyInAnyOrder("", CREDENTIAL);
        assertOk(descriptor.doCheckCredentialsId(inside, "team-packs", "us-east-1", ""));
        assertMessage(descriptor.doCheckCredentialsId(outside, "team-packs", "us-east-1", ""), "was not found");
        assertOk(connect(inside, "team-packs", "us-east-1", ""));
        assertMessage(connect(outside, "team-packs", "us-east-1", ""), "was not found");
    }

    @Test
    void credentialsAreNotListedToThoseWhoMayNotSeeThem() throws Exception {
        secure();
        FreeStyleProject job = jenkins.createFreeStyleProject();
        try (ACLContext reader = as("reader")) {
            assertThat(values(descriptor.doFillCredentialsIdItems(job, "old", "us-east-1", "")))
                    .containsExactly("old");
            assertThat(values(descriptor.doFillCredentialsIdItems(null, "old", "us-east-1", "")))
                    .containsExactly("old");
            assertOk(descriptor.doCheckCredentialsId(job, "unknown", "us-east-1", ""));
        }
        try (ACLContext developer = as("developer")) {
            assertThat(values(descriptor.doFillCredentialsIdItems(job, "", "us-east-1", "")))
                    .contains(CREDENTIAL);
            assertThat(values(descriptor.doFillCredentialsIdItems(null, "old", "us-east-1", "")))
                    .containsExactly("old");
        }
    }

    private static List<String> values(ListBoxModel model) {
        return model.stream().map(option -> option.value).toList();
    }

    @Test
    void webMethodsTakePostOnly() throws Exception {
        assertTakePostOnly(
                jenkins,
                EcrRegistry.class,
                "testConnection",
                "fillCredentialsIdItems",
                "checkCredentialsId",
                "checkRepositoryName");
    }
}
