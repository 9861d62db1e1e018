package io.jenkins.plugins.spectropack.config;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_KEY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_REGISTRY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.assertTakePostOnly;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.step.SpectroPackBuilder;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlRadioButtonInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the form's part about Palette checks, suggests and tries, and for whom. */
@WithJenkins
class PaletteFormTest {

    private static final String HOST = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

    private JenkinsRule jenkins;

    @Started
    private PaletteSandbox palette;

    private PaletteSettings.DescriptorImpl descriptor;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        palette.addRegistry(PALETTE_REGISTRY, HOST, "spectro-oci-registry");
        addPaletteKey(rule.jenkins, PALETTE_KEY, palette.apiKey());
        descriptor = rule.jenkins.getDescriptorByType(PaletteSettings.DescriptorImpl.class);
    }

    private FormValidation connect(Item item, String credential, String registry) throws Exception {
        return connect(item, credential, registry, "", "");
    }

    private FormValidation connect(Item item, String credential, String registry, String pushedUrl, String pushedPath)
            throws Exception {
        return descriptor.doTestConnection(
                item, palette.uri().toString(), credential, registry, "", "", pushedUrl, pushedPath, "");
    }

    private static void assertOk(FormValidation validation) {
        assertThat(validation.kind).as(validation.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    private static void assertError(FormValidation validation, String part) {
        assertThat(validation.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(validation.getMessage().replace("&#039;", "'")).contains(part);
    }

    private static void assertWarning(FormValidation validation, String part) {
        assertThat(validation.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(validation.getMessage().replace("&#039;", "'")).contains(part);
    }

    @Test
    void valuesAreChecked() {
        assertError(descriptor.doCheckRegistryName(" "), "The name of the registry in Palette is missing.");
        assertOk(descriptor.doCheckRegistryName("my-ecr"));
        assertOk(descriptor.doCheckRegistryName("${NAME}"));
        assertError(descriptor.doCheckUrl("http://palette.example.com"), "is plain HTTP");
        assertError(descriptor.doCheckUrl("https://palette.example.com/v1"), "has more than a host");
        assertOk(descriptor.doCheckUrl(""));
        assertOk(descriptor.doCheckUrl("https://palette.example.com"));
        assertError(descriptor.doCheckProjectUid("My project"), "is not the uid of a Palette project");
        assertOk(descriptor.doCheckProjectUid(""));
        assertError(descriptor.doCheckTimeoutMinutes("0"), "Not a positive");
        assertError(descriptor.doCheckTimeoutMinutes("1441"), "must be from 1 to 1440");
        assertOk(descriptor.doCheckTimeoutMinutes("10"));
        assertError(descriptor.doCheckCaCertificate("nonsense"), "caCertificate");
        assertOk(descriptor.doCheckCaCertificate(""));
        assertError(descriptor.doCheckCredentialsId(null, "", ""), "Palette's API key is missing.");
        assertError(descriptor.doCheckCredentialsId(null, "unknown", ""), "of kind Secret text");
        assertOk(descriptor.doCheckCredentialsId(null, PALETTE_KEY, ""));
        assertThat(descriptor.doFillOnFailureItems(""))
                .extracting(option -> option.value)
                .containsExactly("UNSTABLE", "FAILURE");
        assertThat(new PaletteSettings("a", "b").getOnFailure()).isEqualTo("UNSTABLE");
    }

    @Test
    void testConnectionSaysWhatPaletteReadsOrWhatIsWrong() throws Exception {
        FormValidation good = connect(null, PALETTE_KEY, "my-ecr");
        assertOk(good);
        assertThat(good.getMessage().replace("&#039;", "'"))
                .isEqualTo("Palette at " + palette.host() + " takes the API key. Registry 'my-ecr' reads " + HOST
                        + "/spectro-oci-registry.");
        assertThat(palette.requests().all()).extracting(Request::method).containsOnly("GET");

        addPaletteKey(jenkins.jenkins, "wrong", "another-key");
        addPaletteKey(jenkins.jenkins, "broken", "a key with spaces");
        palette.addRegistry("charts", HOST, "charts").provider("helm");
        palette.addRegistry("asleep", HOST, "asleep").unsyncable();
        assertError(connect(null, "wrong", "my-ecr"), "answered 401 InvalidApiKey to GET: The API key is not valid.");
        assertError(connect(null, "broken", "my-ecr"), "Palette's API key holds a space");
        assertError(connect(null, "unknown", "my-ecr"), "The credential 'unknown' was not found");
        assertError(connect(null, "", "my-ecr"), "Palette's API key is missing.");
        assertError(connect(null, PALETTE_KEY, ""), "The name of the registry in Palette is missing.");
        assertError(
                connect(null, PALETTE_KEY, "your-ecr"),
                "has no OCI registry 'your-ecr'. It has 'asleep', 'charts', 'my-ecr'.");
        assertWarning(connect(null, PALETTE_KEY, "charts"), "is one for helm, not for packs, so it lists none.");
        assertWarning(connect(null, PALETTE_KEY, "asleep"), "cannot be synced. Switch its synchronization on");
        assertWarning(connect(null, PALETTE_KEY, "${NAME}"), "'${NAME}' is known only when the job runs");
        String mismatch = "But in this form packs go to ";
        assertOk(connect(null, PALETTE_KEY, "my-ecr", "", "spectro-oci-registry/spectro-packs/archive"));
        assertOk(connect(null, PALETTE_KEY, "my-ecr", "https://" + HOST + ":443/", "spectro-oci-registry"));
        assertOk(connect(null, PALETTE_KEY, "my-ecr", "https://${HOST}", "other"));
        assertWarning(connect(null, PALETTE_KEY, "my-ecr", "", "other"), mismatch + "other.");
        assertWarning(
                connect(null, PALETTE_KEY, "my-ecr", "https://harbor.example.com", "spectro-oci-registry"),
                mismatch + "harbor.example.com/spectro-oci-registry.");
        palette.forbid(true);
        assertError(connect(null, PALETTE_KEY, "my-ecr"), "answered 403 OperationForbidden to GET");
        palette.close();
        assertError(connect(null, PALETTE_KEY, "my-ecr"), "Check Palette's URL");
    }

    @Test
    void buttonSendsTheChosenCredentialAndWhereThePacksGo() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        builder.setRegistry(new BasicRegistry("https://harbor.example.com", "acme"));
        builder.setPalette(settings(palette));
        job.getBuildersList().add(builder);
        assertThat(press(jenkins.createWebClient().getPage(job, "configure")))
                .contains("Registry 'my-ecr' reads " + HOST + "/spectro-oci-registry. But in this form packs go to"
                        + " harbor.example.com/acme.");

        builder.setRegistry(new EcrRegistry("spectro-oci-registry", "us-east-1"));
        job.getBuildersList().replace(builder);
        assertThat(press(jenkins.createWebClient().getPage(job, "configure")))
                .contains("Registry 'my-ecr' reads " + HOST + "/spectro-oci-registry.")
                .doesNotContain("But in this form");

        SpectroPackGlobalConfiguration.get().setPalette(settings(palette));
        SpectroPackGlobalConfiguration.get().setRegistry(new EcrRegistry("other", "us-east-1"));
        assertThat(press(jenkins.createWebClient().goTo("configure")))
                .contains("Registry 'my-ecr' reads " + HOST
                        + "/spectro-oci-registry. But in this form packs go to other.");
    }

    @Test
    void credentialsOfRegistryAndPaletteAreChosenIndependently() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        EcrRegistry registry = new EcrRegistry("spectro-oci-registry", "us-east-1");
        registry.setCredentialsId("${AWS}");
        builder.setRegistry(registry);
        builder.setPalette(settings(palette));
        job.getBuildersList().add(builder);

        HtmlPage page = jenkins.createWebClient().getPage(job, "configure");
        assertThat(page.querySelectorAll("input.credentials-select-radio-control"))
                .extracting(radio -> ((HtmlRadioButtonInput) radio).isChecked())
                .containsExactly(false, true, true, false);
        jenkins.submit(page.getFormByName("config"));

        jenkins.assertEqualDataBoundBeans(builder, job.getBuildersList().get(SpectroPackBuilder.class));
    }

    private static String press(HtmlPage page) throws Exception {
        return press(page, PaletteSettings.class);
    }

    private static String press(HtmlPage page, Class<?> described) throws Exception {
        HtmlElement button = page.querySelector("[data-validate-button-descriptor-url*='" + described.getName() + "']");
        button.click();
        page.getWebClient().waitForBackgroundJavaScript(30_000);
        return ((HtmlElement) button.getParentNode()).asNormalizedText();
    }

    @Test
    void valuesOfEveryWayToReadAreChecked() throws Exception {
        RoleReader.DescriptorImpl role = jenkins.jenkins.getDescriptorByType(RoleReader.DescriptorImpl.class);
        assertError(role.doCheckArn("role/palette"), "Give one such as arn:aws:iam::123456789012:role/palette as arn.");
        assertError(role.doCheckArn(""), "is missing or none");
        assertOk(role.doCheckArn("arn:aws:iam::123456789012:role/palette"));
        assertOk(role.doCheckArn("${ROLE}"));
        assertError(role.doCheckExternalId("?"), "is missing or none");
        assertOk(role.doCheckExternalId("5f0a"));
        KeysReader.DescriptorImpl keys = jenkins.jenkins.getDescriptorByType(KeysReader.DescriptorImpl.class);
        assertError(keys.doCheckCredentialsId(null, ""), "Give the id of a credential of kind AWS Credentials.");
        assertError(keys.doCheckCredentialsId(null, PALETTE_KEY), "was not found");
        LoginReader.DescriptorImpl login = jenkins.jenkins.getDescriptorByType(LoginReader.DescriptorImpl.class);
        assertError(
                login.doCheckCredentialsId(null, ""), "Give the id of a credential of kind Username with password.");
        assertError(login.doCheckCredentialsId(null, PALETTE_KEY), "was not found");
        assertTakePostOnly(jenkins, RoleReader.class, "checkArn", "checkExternalId", "showTrustPolicy");
        assertTakePostOnly(jenkins, KeysReader.class, "checkCredentialsId", "fillCredentialsIdItems");
        assertTakePostOnly(jenkins, LoginReader.class, "checkCredentialsId", "fillCredentialsIdItems");
    }

    @Test
    void registryThatWillBeAddedMayBeMissingAndTheRoleIsHelpedWith() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        EcrRegistry registry = new EcrRegistry("spectro-oci-registry", "us-east-1");
        registry.setCredentialsId("aws-packs");
        builder.setRegistry(registry);
        PaletteSettings settings = new PaletteSettings("your-ecr", PALETTE_KEY);
        settings.setUrl(palette.uri().toString());
        builder.setPalette(settings);
        job.getBuildersList().add(builder);
        assertThat(press(jenkins.createWebClient().getPage(job, "configure")))
                .contains("has no OCI registry 'your-ecr'.");

        for (RegistryReader reader : List.of(
                new LoginReader("harbor-reader"),
                new KeysReader("aws-reader"),
                new RoleReader("arn:aws:iam::123456789012:role/palette", "5f0a"))) {
            settings.setRegister(reader);
            job.getBuildersList().replace(builder);
            HtmlPage page = jenkins.createWebClient().getPage(job, "configure");
            assertThat(press(page)).contains("Registry 'your-ecr' is not there yet, and the first run adds it.");
            jenkins.submit(page.getFormByName("config"));
            jenkins.assertEqualDataBoundBeans(builder, job.getBuildersList().get(SpectroPackBuilder.class));
        }

        HtmlPage page = jenkins.createWebClient().getPage(job, "configure");
        assertThat(press(page, RoleReader.class))
                .contains("Give this trust policy to the role, and " + palette.externalId() + " as external id.")
                .contains("\"sts:ExternalId\" : \"" + palette.externalId() + "\"");
        assertThat(palette.registries()).containsExactly("my-ecr");
    }

    @Test
    void formSaysWhatTheDefaultIs() throws Exception {
        DefaultPalette.DescriptorImpl none = jenkins.jenkins.getDescriptorByType(DefaultPalette.DescriptorImpl.class);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new SpectroPackBuilder("my-pack"));
        HtmlPage before = jenkins.createWebClient().getPage(job, "configure");
        assertThat(before.asNormalizedText()).contains("By default Palette is left alone");

        SpectroPackGlobalConfiguration.get().setPalette(settings(palette));

        assertThat(none.getPresent())
                .startsWith("By default the registry 'my-ecr' of Palette at " + palette.uri() + " is synced");
        HtmlPage after = jenkins.createWebClient().getPage(job, "configure");
        assertThat(after.asNormalizedText()).contains(none.getPresent());
    }

    @Test
    void onlyThoseWhoMaySeeCredentialsAndTryConnections() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        addPaletteKey(team, "team-key", palette.apiKey());
        FreeStyleProject inside = team.createProject(FreeStyleProject.class, "inside");
        FreeStyleProject outside = jenkins.createFreeStyleProject("outside");
        assertOk(connect(inside, "team-key", "my-ecr"));
        assertError(connect(outside, "team-key", "my-ecr"), "was not found");
        assertThat(values(inside)).containsExactlyInAnyOrder("", "team-key", PALETTE_KEY, "old");
        assertThat(values(outside)).containsExactlyInAnyOrder("", PALETTE_KEY, "old");

        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to("developer"));
        int asked = palette.requests().count(Match.any());
        try (ACLContext reader = as("reader")) {
            assertThat(values(outside)).containsExactly("old");
            assertOk(descriptor.doCheckCredentialsId(outside, "unknown", ""));
            assertThatThrownBy(() -> connect(outside, PALETTE_KEY, "my-ecr"))
                    .isInstanceOf(AccessDeniedException3.class);
        }
        try (ACLContext developer = as("developer")) {
            assertThatThrownBy(() -> connect(null, PALETTE_KEY, "my-ecr")).isInstanceOf(AccessDeniedException3.class);
            RoleReader.DescriptorImpl role = jenkins.jenkins.getDescriptorByType(RoleReader.DescriptorImpl.class);
            assertThatThrownBy(
                            () -> role.doShowTrustPolicy(null, "", palette.uri().toString(), PALETTE_KEY, ""))
                    .isInstanceOf(AccessDeniedException3.class);
            assertThat(palette.requests().count(Match.any())).isEqualTo(asked);
            assertOk(connect(outside, PALETTE_KEY, "my-ecr"));
        }
    }

    private static ACLContext as(String user) {
        return ACL.as2(User.getOrCreateByIdOrFullName(user).impersonate2());
    }

    private List<String> values(Item item) {
        return descriptor.doFillCredentialsIdItems(item, "old", "").stream()
                .map(option -> option.value)
                .toList();
    }

    @Test
    void webMethodsTakePostOnly() throws Exception {
        assertTakePostOnly(
                jenkins,
                PaletteSettings.class,
                "testConnection",
                "fillCredentialsIdItems",
                "fillOnFailureItems",
                "checkCredentialsId",
                "checkUrl",
                "checkRegistryName",
                "checkProjectUid",
                "checkCaCertificate",
                "checkTimeoutMinutes");
    }
}
