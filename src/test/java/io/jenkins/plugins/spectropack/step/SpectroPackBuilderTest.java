package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_KEY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_REGISTRY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.hastyAgent;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.registry;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.settings;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.TimeZoneProperty;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.EcrRepositorySettings;
import io.jenkins.plugins.spectropack.config.NoPalette;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import io.jenkins.plugins.spectropack.config.SpectroPackGlobalConfiguration;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.text.DateFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The build step of freestyle jobs in a real Jenkins, and the build's page. */
@WithJenkins
class SpectroPackBuilderTest {

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
    }

    private FreeStyleProject job(SpectroPackBuilder builder, String... folders) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(jenkins.createOnlineSlave());
        job.getBuildersList().add(new PackWriter(List.of(folders)));
        job.getBuildersList().add(builder);
        return job;
    }

    /** Writes packs named after their folders. */
    private static final class PackWriter extends TestBuilder {
        private final List<String> folders;
        private final String version;

        PackWriter(List<String> folders) {
            this(folders, "1.0.0");
        }

        PackWriter(List<String> folders, String version) {
            this.folders = folders;
            this.version = version;
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException, IOException {
            for (String folder : folders) {
                FilePath path = build.getWorkspace().child(folder);
                writePack(path, path.getName(), version);
            }
            return true;
        }
    }

    /** Remembers the environment of a later step. */
    private static final class EnvironmentReader extends TestBuilder {
        private transient EnvVars seen;

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException, IOException {
            seen = build.getEnvironment(listener);
            return true;
        }
    }

    @Test
    void laterStepsFindWhatWasPublishedInTheEnvironment() throws Exception {
        SpectroPackBuilder builder = new SpectroPackBuilder("packs/*");
        builder.setRegistry(registry(sandbox));
        FreeStyleProject job = job(builder, "packs/first", "packs/sample");
        EnvironmentReader reader = new EnvironmentReader();
        job.getBuildersList().add(reader);

        jenkins.buildAndAssertSuccess(job);

        String digest = sandbox.tags(REPOSITORY).get("1.0.0");
        assertThat(reader.seen)
                .containsEntry("SPECTRO_PACK_COUNT", "2")
                .containsEntry("SPECTRO_PACK_1_NAME", "first")
                .containsEntry("SPECTRO_PACK_2_NAME", "sample")
                .containsEntry("SPECTRO_PACK_NAME", "sample")
                .containsEntry("SPECTRO_PACK_VERSION", "1.0.0")
                .containsEntry("SPECTRO_PACK_STATUS", "PUBLISHED")
                .containsEntry("SPECTRO_PACK_DIGEST", digest)
                .containsEntry("SPECTRO_PACK_REFERENCE", sandbox.registryHost() + "/" + REPOSITORY + ":1.0.0")
                .containsEntry(
                        "SPECTRO_PACK_PINNED_REFERENCE", sandbox.registryHost() + "/" + REPOSITORY + "@" + digest);
    }

    @Test
    void variablesAreExpandedInEveryValue() throws Exception {
        SpectroPackBuilder builder = new SpectroPackBuilder("$FOLDER");
        EcrRegistry registry = new EcrRegistry("${BASE}", "${REGION}");
        registry.setCredentialsId("${CREDENTIAL}");
        registry.setEndpoint("${ENDPOINT}");
        registry.setAccountId("$ACCOUNT");
        EcrRepositorySettings settings = new EcrRepositorySettings();
        settings.setTags("build=$JOB_NAME");
        registry.setRepositorySettings(settings);
        builder.setRegistry(registry);
        builder.setName("${PACK}");
        builder.setVersion("${PACK_VERSION}");
        builder.setIfExists("${IF_EXISTS}");
        FreeStyleProject job = job(builder, "sample");
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("FOLDER", "sample"),
                new StringParameterDefinition("BASE", "acme"),
                new StringParameterDefinition("REGION", "us-east-1"),
                new StringParameterDefinition("CREDENTIAL", CREDENTIAL),
                new StringParameterDefinition("ENDPOINT", sandbox.endpoint().toString()),
                new StringParameterDefinition("ACCOUNT", sandbox.accountId()),
                new StringParameterDefinition("IF_EXISTS", "overwrite"),
                new StringParameterDefinition("PACK", "sample"),
                new StringParameterDefinition("PACK_VERSION", "1.0.0")));

        jenkins.buildAndAssertSuccess(job);

        assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
        assertThat(sandbox.repository(REPOSITORY).orElseThrow().resourceTags()).containsEntry("build", job.getName());
    }

    @Test
    void credentialsParameterIsLookedUpForThePersonWhoStartedTheBuild() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User alice = User.getOrCreateByIdOrFullName("alice");
        try (ACLContext as = ACL.as2(alice.impersonate2())) {
            CredentialsProvider.lookupStores(alice)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new AWSCredentialsImpl(
                                    CredentialsScope.USER,
                                    "her-own",
                                    sandbox.accessKeyId(),
                                    sandbox.secretAccessKey(),
                                    "for tests"));
        }
        EcrRegistry registry = registry(sandbox);
        registry.setCredentialsId("${KEY}");
        SpectroPackBuilder builder = new SpectroPackBuilder("sample");
        builder.setRegistry(registry);
        FreeStyleProject job = job(builder, "sample");
        job.addProperty(new ParametersDefinitionProperty(new CredentialsParameterDefinition(
                "KEY", "", null, AmazonWebServicesCredentials.class.getName(), true)));
        ParametersAction hers = new ParametersAction(new CredentialsParameterValue("KEY", "her-own", "", false));

        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new Cause.UserIdCause("alice"), hers));
        FreeStyleBuild bobs =
                jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0, new Cause.UserIdCause("bob"), hers));

        jenkins.assertLogContains(
                "ERROR: The AWS credential '${KEY}' was not found, or this job may not use it.", bobs);
    }

    @Test
    void failureIsASentenceAndNoStackTrace() throws Exception {
        SpectroPackBuilder builder = new SpectroPackBuilder("sample");
        EcrRegistry registry = registry(sandbox);
        registry.setCredentialsId("unknown");
        builder.setRegistry(registry);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job(builder, "sample"));

        jenkins.assertLogContains(
                "ERROR: The AWS credential 'unknown' was not found, or this job may not use it.", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void defaultsOfTheGlobalConfigurationAreUsed() throws Exception {
        SpectroPackGlobalConfiguration defaults = SpectroPackGlobalConfiguration.get();
        defaults.setRegistry(registry(sandbox));
        defaults.setIfExists("SKIP");
        FreeStyleProject job = job(new SpectroPackBuilder("sample"), "sample");
        jenkins.buildAndAssertSuccess(job);
        job.getBuildersList().replace(job.getBuildersList().get(PackWriter.class), new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                    throws InterruptedException, IOException {
                build.getWorkspace().child("sample/values.yaml").write("pack: {other: true}", "UTF-8");
                return true;
            }
        });

        jenkins.assertLogContains("sample:1.0.0: SKIPPED", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void warningsMakeTheBuildUnstableIfAsked() throws Exception {
        SpectroPackBuilder builder = new SpectroPackBuilder("sample");
        builder.setRegistry(registry(sandbox));
        builder.setUnstableOnWarnings(true);

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.UNSTABLE, job(builder, "sample"));

        jenkins.assertLogContains("The packs have 3 warnings, so the build is unstable.", build);
        assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
        builder.setUnstableOnWarnings(false);
        jenkins.assertLogContains(
                "1 pack checked: 0 errors, 3 warnings.", jenkins.buildAndAssertSuccess(job(builder, "sample")));
    }

    @Test
    void pagesAndApiListWhatWasPublished() throws Exception {
        SpectroPackBuilder builder = new SpectroPackBuilder("packs/*");
        builder.setRegistry(registry(sandbox));
        builder.setSarif("reports/findings.sarif");
        FreeStyleProject job = job(builder, "packs/other", "packs/sample");
        sandbox.fault(Match.registry("PUT", "/other/manifests/"), Fault.registryError(405, "UNSUPPORTED", "Not here"));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        String reference = sandbox.registryHost() + "/" + REPOSITORY + ":1.0.0";
        String digest = sandbox.tags(REPOSITORY).get("1.0.0");
        String pinned = sandbox.registryHost() + "/" + REPOSITORY + "@" + digest;

        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage status = client.getPage(build);
        assertThat(status.querySelector("[data-spectro-summary]").asNormalizedText())
                .contains("1 published, 1 failed", sandbox.registryHost() + "/acme", "other:1.0.0:", "6 warnings")
                .doesNotContain(digest);

        HtmlPage page = client.getPage(build, "spectro-packs");
        assertThat(page.querySelector("#spectro-packs-counts").asNormalizedText())
                .contains("1 published, 1 failed");
        JSONArray rows = jenkins.getJSON(build.getUrl() + "spectro-packs/rows")
                .getJSONObject()
                .getJSONArray("rows");
        JSONObject failed = rows.getJSONObject(0);
        assertThat(failed.getString("status")).isEqualTo("FAILED");
        assertThat(failed.getString("label")).isEqualTo("other");
        assertThat(failed.has("referenceToCopy")).isFalse();
        JSONObject sent = rows.getJSONObject(1);
        assertThat(sent.getString("status")).isEqualTo("PUBLISHED");
        assertThat(sent.getString("label")).isEqualTo("sample");
        assertThat(sent.getString("referenceToCopy")).isEqualTo(reference);
        assertThat(sent.getString("pinnedToCopy")).isEqualTo(pinned);
        assertThat(sent.getString("findings")).contains("packs/sample/README.md");

        JSONObject api =
                jenkins.getJSON(build.getUrl() + "api/json?tree=actions[packs]").getJSONObject();
        assertThat(api.getJSONArray("actions").toString())
                .contains("\"reference\":\"" + reference + "\"", "\"status\":\"PUBLISHED\"");
        assertThat(jenkins.getJSON(build.getUrl() + "spectro-packs/api/json")
                        .getJSONObject()
                        .getJSONArray("packs")
                        .size())
                .isEqualTo(2);
        assertThat(build.getWorkspace().child("reports/findings.sarif").readToString())
                .contains("\"ruleId\" : \"readme-missing\"", "packs/sample/README.md");
    }

    @Test
    void jobShowsTheNewestVersionOfEachPack() throws Exception {
        SpectroPackBuilder builder = new SpectroPackBuilder("packs/*");
        builder.setRegistry(registry(sandbox));
        FreeStyleProject job = job(builder);
        for (String version : List.of("1.9.0", "1.10.0", "1.2.0")) {
            job.getBuildersList()
                    .replace(
                            job.getBuildersList().get(PackWriter.class),
                            new PackWriter(List.of("packs/sample"), version));
            jenkins.buildAndAssertSuccess(job);
        }
        jenkins.buildAndAssertSuccess(job);
        String digest = sandbox.tags(REPOSITORY).get("1.10.0");

        JenkinsRule.WebClient client = jenkins.createWebClient();
        assertThat(client.getPage(job).getAnchorByText("Latest packs").getHrefAttribute())
                .endsWith("/spectro-packs");
        JSONObject row = latestRow(job);
        assertThat(row.getString("label")).isEqualTo("sample");
        assertThat(row.getString("version")).isEqualTo("1.10.0");
        assertThat(row.getString("buildUrl")).isEqualTo("../2/spectro-packs/");
        HtmlPage page = client.getPage(job, "spectro-packs");
        assertThat(page.querySelector("#main-panel").asNormalizedText()).contains(sandbox.registryHost() + "/acme");
        JSONObject latest = jenkins.getJSON(job.getUrl() + "spectro-packs/api/json")
                .getJSONObject()
                .getJSONArray("packs")
                .getJSONObject(0);
        assertThat(latest.getString("version")).isEqualTo("1.10.0");
        assertThat(latest.getString("digest")).isEqualTo(digest);
        assertThat(latest.getInt("build")).isEqualTo(2);

        assertDateIsThatOfWhoLooks(job);

        job.getBuildByNumber(2).delete();
        // Jenkins cannot load the test's own build step from a file.
        job.getBuildersList().remove(PackWriter.class);
        job.doReload();
        assertThat(latestRow(job).has("buildUrl")).isFalse();
        assertThat(latestRow(job).getInt("deleted")).isEqualTo(2);
    }

    private void assertDateIsThatOfWhoLooks(FreeStyleProject job) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getOrCreateByIdOrFullName("alice").addProperty(new TimeZoneProperty("Pacific/Kiritimati"));
        JenkinsRule.WebClient client = jenkins.createWebClient().login("alice");
        client.addRequestHeader("Accept-Language", "de");
        HtmlPage page = client.getPage(job, "spectro-packs");
        String rows = ((HtmlElement) page.querySelector("[data-rows]")).getAttribute("data-rows");

        DateFormat dates = DateFormat.getDateTimeInstance(DateFormat.MEDIUM, DateFormat.SHORT, Locale.GERMAN);
        dates.setTimeZone(TimeZone.getTimeZone("Pacific/Kiritimati"));
        String date = dates.format(job.getBuildByNumber(2).getTime());
        assertThat(client.goTo(job.getUrl() + "spectro-packs/" + rows, "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"date\":\"" + date + "\"");
    }

    private JSONObject latestRow(FreeStyleProject job) throws Exception {
        JSONArray rows = jenkins.getJSON(job.getUrl() + "spectro-packs/rows")
                .getJSONObject()
                .getJSONArray("rows");
        assertThat(rows.size()).isEqualTo(1);
        return rows.getJSONObject(0);
    }

    @Test
    void paletteSyncsTheRegistryAndVariablesAreExpandedInItsValues() throws Exception {
        try (PaletteSandbox palette = PaletteSandbox.start()) {
            palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme").listingLag(1000);
            addPaletteKey(jenkins.jenkins, PALETTE_KEY, palette.apiKey());
            PaletteSettings settings = new PaletteSettings("${NAME}", "${KEY}");
            settings.setUrl("${URL}");
            settings.setProjectUid("${PROJECT}");
            settings.setOnFailure("${ON_FAILURE}");
            SpectroPackBuilder builder = new SpectroPackBuilder("sample");
            builder.setRegistry(registry(sandbox));
            builder.setPalette(settings);
            FreeStyleProject job = job(builder, "sample");
            job.setAssignedNode(hastyAgent(jenkins));
            EnvironmentReader reader = new EnvironmentReader();
            job.getBuildersList().add(reader);
            job.addProperty(new ParametersDefinitionProperty(
                    new StringParameterDefinition("NAME", PALETTE_REGISTRY),
                    new StringParameterDefinition("KEY", PALETTE_KEY),
                    new StringParameterDefinition("URL", palette.uri().toString()),
                    new StringParameterDefinition("PROJECT", palette.projectUid()),
                    new StringParameterDefinition("ON_FAILURE", "unstable")));

            FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

            jenkins.assertLogContains("sample:1.0.0: NOT_LISTED in Palette, registry 'my-ecr'.", build);
            jenkins.assertLogContains("What was published stays published. This makes the build unstable.", build);
            assertThat(reader.seen)
                    .containsEntry("SPECTRO_PACK_STATUS", "PUBLISHED")
                    .containsEntry("SPECTRO_PACK_PALETTE_STATUS", "NOT_LISTED")
                    .containsEntry("SPECTRO_PACK_1_PALETTE_STATUS", "NOT_LISTED");
            assertThat(palette.requests().all())
                    .isNotEmpty()
                    .allMatch(request -> request.header("ProjectUid").isPresent());
            assertThat(jenkins.getJSON(build.getUrl() + "api/json?tree=actions[packs,paletteProblems]")
                            .getJSONObject()
                            .getJSONArray("actions")
                            .toString())
                    .contains("\"paletteStatus\":\"NOT_LISTED\"", "\"paletteProblems\":[\"Palette does not list");
            PublishFixture.assertNowhereBelow(jenkins.jenkins.getRootDir().toPath(), List.of(palette.apiKey()));

            settings.setOnFailure("FAILURE");
            builder.setPalette(settings);
            job.getBuildersList().replace(builder);
            FreeStyleBuild failed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("ERROR: Palette does not list sample:1.0.0 in registry 'my-ecr'.", failed);
            jenkins.assertLogNotContains("\tat ", failed);
            assertThat(failed.getAction(PublishedPacksAction.class).getPacks())
                    .extracting(PublishedPack::getStatus, PublishedPack::getPaletteStatus)
                    .containsExactly(tuple("UNCHANGED", "NOT_LISTED"));
        }
    }

    @Test
    void jobWithoutABlockTakesTheDefaultOfThisJenkins() throws Exception {
        try (PaletteSandbox palette = PaletteSandbox.start()) {
            palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme");
            addPaletteKey(jenkins.jenkins, PALETTE_KEY, palette.apiKey());
            SpectroPackGlobalConfiguration.get().setPalette(settings(palette));
            SpectroPackBuilder builder = new SpectroPackBuilder("sample");
            builder.setRegistry(registry(sandbox));
            FreeStyleProject job = job(builder, "sample");
            job.setAssignedNode(hastyAgent(jenkins));

            FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

            HtmlPage page = jenkins.createWebClient().getPage(build);
            assertThat(page.querySelector("[data-spectro-summary]").asNormalizedText())
                    .contains("1 published", "In Palette: 1 listed");
            int asked = palette.requests().all().size();
            builder.setPalette(new NoPalette());
            jenkins.buildAndAssertSuccess(job);
            assertThat(palette.requests().all()).hasSize(asked);
        }
    }

    @Test
    void formKeepsEveryValue() throws Exception {
        SpectroPackBuilder simple = new SpectroPackBuilder("my-pack");
        SpectroPackBuilder after = jenkins.configRoundtrip(simple);
        jenkins.assertEqualDataBoundBeans(simple, after);
        assertThat(after.getRegistry()).isNull();
        assertThat(after.getIfExists()).isNull();
        assertThat(after.getParallel()).isEqualTo(4);

        assertThat(after.getPalette()).isNull();
        simple.setPalette(new NoPalette());
        assertThat(jenkins.configRoundtrip(simple).getPalette()).isInstanceOf(NoPalette.class);

        SpectroPackBuilder full = new SpectroPackBuilder("packs/*");
        EcrRegistry registry = registry(sandbox);
        registry.setAccountId("123456789012");
        registry.setCreateRepositories(false);
        EcrRepositorySettings settings = new EcrRepositorySettings();
        settings.setImmutableTags(true);
        settings.setScanOnPush(true);
        settings.setKmsKey("alias/packs");
        settings.setTags("team=platform\ncost=1");
        settings.setLifecyclePolicy("{\"rules\":[]}");
        registry.setRepositorySettings(settings);
        full.setRegistry(registry);
        PaletteSettings palette = new PaletteSettings("my-ecr", PALETTE_KEY);
        palette.setUrl("https://palette.example.com");
        palette.setProjectUid("5f0a");
        palette.setWait(false);
        palette.setTimeoutMinutes(30);
        palette.setAlwaysSync(true);
        palette.setOnFailure("FAILURE");
        full.setPalette(palette);
        full.setIfExists("OVERWRITE");
        full.setValidation("OFF");
        full.setUnstableOnWarnings(true);
        full.setDryRun(true);
        full.setName("${NAME}");
        full.setVersion("1.0.0");
        full.setParallel(8);
        full.setSarif("findings.sarif");
        jenkins.assertEqualDataBoundBeans(full, jenkins.configRoundtrip(full));

        palette.setOnFailure("${ON_FAILURE}");
        full.setIfExists("${IF_EXISTS}");
        full.setValidation("${VALIDATION}");
        jenkins.assertEqualDataBoundBeans(full, jenkins.configRoundtrip(full));
    }
}
