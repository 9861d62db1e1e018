package io.jenkins.plugins.spectropack.result;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import io.jenkins.plugins.spectropack.config.SpectroPackGlobalConfiguration;
import io.jenkins.plugins.spectropack.engine.publish.ForgedResults;
import io.jenkins.plugins.spectropack.engine.publish.KeptValues;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.fixture.Browser;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Forms and pages as a person meets them, in a real browser. */
@WithJenkins
class PagesTest {

    /** Where the documentation's pictures go, docs/images, if they are to be made. */
    private static final String PICTURES = System.getProperty("spectropack.pictures");

    /** Where other pictures go, for whoever wants to look. */
    private static final String LOOKS = System.getProperty("spectropack.looks");

    /** A dark theme: a theme's plugin gives Jenkins' variables other values, and does nothing else to our pages. */
    private static final Map<String, String> DARK = Map.ofEntries(
            Map.entry("--background", "#14161a"),
            Map.entry("--accent-color", "#6ea8ff"),
            Map.entry("--link-color", "#6ea8ff"),
            Map.entry("--text-color", "#f1f2f4"),
            Map.entry("--text-color-secondary", "#a3a8b4"),
            Map.entry("--card-background", "#1d2026"),
            Map.entry("--table-background", "#1d2026"),
            Map.entry("--table-body-background", "#14161a"),
            Map.entry("--input-color", "#1b1e24"),
            Map.entry("--input-border", "#40454f"),
            Map.entry("--button-background", "#262a32"),
            Map.entry("--green", "#4cd07d"),
            Map.entry("--red", "#ff6b6b"),
            Map.entry("--yellow", "#ffd75e"),
            Map.entry("color-scheme", "dark"));

    /** Jenkins' help buttons come last on purpose; the ids of its radio buttons and what the credentials plugin makes are its own. */
    private static final String[] OTHERS = {".jenkins-help-button", ".credentials-select-radio-control"};

    private static final int MANY = 1_000;
    private static final int PHONE = 400;

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        assumeTrue(Browser.isInstalled(), "Neither form nor page is looked at: chromium and chromedriver are missing");
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
    }

    /** Stands for a step: what it publishes appears when the test wants it to. */
    static final class SlowStep extends TestBuilder {
        private final int packs;
        private final transient CountDownLatch firstIsOut = new CountDownLatch(1);
        final transient CountDownLatch goOn = new CountDownLatch(1);

        SlowStep(int packs) {
            this.packs = packs;
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException, IOException {
            StepRecorder recorder = new StepRecorder(build, null);
            recorder.ended(pack(1));
            firstIsOut.countDown();
            goOn.await();
            for (int i = 2; i <= packs; i++) {
                recorder.ended(pack(i));
            }
            recorder.retired(ForgedResults.retired());
            return true;
        }
    }

    private static String digest(String text) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static PublishedPack pack(int number) {
        Map<String, String> values = new LinkedHashMap<>(Map.of(
                "folder",
                "packs/pack-" + number,
                "name",
                String.format("platform-pack-%04d", number),
                "version",
                "1." + number + ".0",
                "host",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com",
                "repository",
                String.format("spectro-oci-registry/spectro-packs/archive/platform-pack-%04d", number),
                "status",
                number == 700 ? "FAILED" : "PUBLISHED"));
        if (number == 700) {
            values.put("error", "Tagging failed: the registry answered 405 UNSUPPORTED to PUT.");
        } else {
            values.put("palette", number % 9 == 0 ? "NOT_LISTED" : "LISTED");
            values.put("digest", digest("manifest" + number));
            values.put("archive", digest("archive" + number));
            values.put("size", Integer.toString(number * 4_321));
        }
        return KeptValues.pack(values::get);
    }

    @Test
    void whatTheFormSavesIsPublishedAndShown() throws Exception {
        try (Browser browser = Browser.start()) {
            FreeStyleProject job = jenkins.createFreeStyleProject("platform-packs");
            FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
            writePack(workspace.child("packs/sample"), "sample", "1.10.0");
            writePack(workspace.child("packs/other"), "other", "1.9.0");
            fillForm(browser, job);
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
            lookAtBuild(browser, build);
            lookAtJob(browser, job);
        }
    }

    @Test
    void otherFormsHaveNoBarriers() throws Exception {
        try (Browser browser = Browser.start()) {
            lookAtGlobalForm(browser);
            lookAtSnippetGenerator(browser);
        }
    }

    @Test
    void pageOfAThousandPacksFillsWhileTheBuildRuns() throws Exception {
        try (Browser browser = Browser.start()) {
            lookAtManyPacksWhileTheBuildRuns(browser);
            if (LOOKS != null) {
                lookAtSomePacks(browser, 20);
            }
        }
    }

    private void fillForm(Browser browser, FreeStyleProject job) throws Exception {
        browser.open(jenkins.getURL() + job.getUrl() + "configure");
        browser.console();
        browser.click(browser.find("button.hetero-list-add[suffix=builder]"));
        browser.click(browser.find(".jenkins-dropdown__item", "Publish Spectro Cloud packs"));
        Map<String, String> packs = browser.find("[name='_.packs']");
        Map<String, String> repository = browser.find("[name='_.repositoryName']");
        look(browser, "form-new");
        assertThat(browser.texts(".spectro-packs-form .error")).isEmpty();
        assertThat(browser.barriers(".spectro-packs-form", OTHERS)).isEmpty();
        assertThat(browser.run("return document.querySelector('.spectro-packs-form').getBoundingClientRect().height;")
                        .doubleValue())
                .as("height of the simplest use")
                .isLessThan(1000);

        browser.click(packs);
        browser.click(repository);
        browser.find(".spectro-packs-form .error", "Name the folder of a pack");
        browser.click(browser.find("button.apply-button"));
        browser.find(".spectro-packs-form .error", "The repository name is empty.");
        // Jenkins sends what is applied by a frame.
        assertThat(browser.run("return document.querySelectorAll('iframe').length;")
                        .intValue())
                .isZero();
        browser.click(browser.find("button[name=Submit]"));
        assertThat(browser.texts("h1").get(0)).isEqualTo("Configure");

        browser.type(packs, "packs/*");
        browser.type(repository, "spectro-oci-registry");
        browser.type(browser.find("[name='_.region']"), "us-east-1");
        browser.run(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}));",
                browser.find("select[name='_.credentialsId']"),
                CREDENTIAL);
        browser.run("document.querySelector('.spectro-packs-form').closest('.repeated-chunk').scrollIntoView();");
        picture(browser, "job-form", ".repeated-chunk:has(.spectro-packs-form)");
        browser.click(browser.find(".spectro-packs-form .dropdownList-container .advanced-button"));
        browser.type(browser.find("[name='_.endpoint']"), sandbox.endpoint().toString());
        browser.click(browser.find("[data-validate-button-method=testConnection]"));
        browser.find(".spectro-packs-form .ok", "Logged in to " + sandbox.registryHost());
        browser.find(".jenkins-edited-section-label", "Edited");
        look(browser, "form-filled");
        assertThat(browser.barriers(".spectro-packs-form", OTHERS)).isEmpty();
        assertQuiet(browser);
        browser.click(browser.find("button[name=Submit]"));
        browser.find("h1", job.getDisplayName());
    }

    private void lookAtBuild(Browser browser, FreeStyleBuild build) throws Exception {
        browser.resize(1400, 900);
        browser.open(jenkins.getURL() + build.getUrl());
        assertThat(browser.texts("[data-spectro-summary]"))
                .singleElement()
                .asString()
                .contains("2 published", sandbox.registryHost() + "/spectro-oci-registry", "6 warnings");
        look(browser, "build-status");
        assertThat(browser.barriers("[data-spectro-summary]")).isEmpty();

        browser.click(browser.find("#tasks a", "Spectro Cloud packs"));
        browser.find("table[data-spectro-packs] .spectro-packs-name");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        browser.click(browser.find("table[data-spectro-packs] th a", "Version"));
        List<String> names = browser.texts(".spectro-packs-name");
        assertThat(names).containsExactlyInAnyOrder("other", "sample");
        browser.click(browser.find("table[data-spectro-packs] th a", "Version"));
        assertThat(browser.texts(".spectro-packs-name")).containsExactly(names.get(1), names.get(0));
        browser.type(browser.find("#spectro-packs-search"), "SAM 1.10");
        assertThat(browser.texts(".spectro-packs-name")).containsExactly("sample");
        assertThat(browser.texts("#spectro-packs-found")).containsExactly("1 of 2 packs");

        browser.devTools(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        browser.click(browser.find("tr:not(.jenkins-hidden) .jenkins-copy-button", "Pinned"));
        String digest = sandbox.tags("spectro-oci-registry/spectro-packs/archive/sample")
                .get("1.10.0");
        browser.find(".jenkins-copy-button--copied");
        assertThat(browser.runAsync("navigator.clipboard.readText().then(arguments[arguments.length - 1]);")
                        .stringValue())
                .isEqualTo(sandbox.registryHost() + "/spectro-oci-registry/spectro-packs/archive/sample@" + digest);
        browser.click(browser.find("tr:not(.jenkins-hidden) summary", "3 findings"));
        browser.find("tr:not(.jenkins-hidden) details li", "packs/sample/README.md");
        look(browser, "build-found");
        assertQuiet(browser);

        browser.click(browser.find(".tabBar a", "Findings (6)"));
        browser.find("[data-spectro-findings=readme-missing]");
        look(browser, "build-findings");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        assertReadableInTheDark(browser, "build-findings");
        browser.click(browser.find(".tabBar a", "Packs (2)"));
        browser.find("table[data-spectro-packs] .spectro-packs-name");
        assertReadableInTheDark(browser, "build-few");
    }

    private void lookAtJob(Browser browser, FreeStyleProject job) throws Exception {
        browser.open(jenkins.getURL() + job.getUrl());
        browser.click(browser.find("#tasks a", "Latest packs"));
        browser.find("table[data-spectro-latest] .spectro-packs-name");
        assertThat(browser.texts("table[data-spectro-latest] .spectro-packs-name"))
                .containsExactly("other", "sample");
        look(browser, "job-latest");
        assertQuiet(browser);
        assertThat(browser.barriers("#main-panel")).isEmpty();
        assertFitsAPhone(browser, "job-latest");
    }

    private void lookAtGlobalForm(Browser browser) throws Exception {
        browser.open(jenkins.getURL() + "configure");
        browser.find(".spectro-packs-form", "Each job or its folder then chooses one.");
        SpectroPackGlobalConfiguration defaults = SpectroPackGlobalConfiguration.get();
        EcrRegistry registry = new EcrRegistry("spectro-oci-registry", "us-east-1");
        registry.setCredentialsId(CREDENTIAL);
        defaults.setRegistry(registry);
        addPaletteKey(jenkins.jenkins, "palette", "no-key");
        defaults.setPalette(new PaletteSettings("my-ecr", "palette"));
        browser.open(jenkins.getURL() + "configure");
        browser.find(".spectro-packs-form [name='_.registryName']");
        picture(browser, "global-form", ".jenkins-section:has(.spectro-packs-form)");
        assertThat(browser.barriers(".spectro-packs-form", OTHERS)).isEmpty();
    }

    private void lookAtSnippetGenerator(Browser browser) throws Exception {
        for (String step : List.of(
                "publishSpectroPack",
                "copySpectroPacks",
                "listSpectroPacks",
                "retireSpectroPacks",
                "validateSpectroPacks")) {
            browser.open(jenkins.getURL() + "pipeline-syntax/");
            browser.run(
                    "const list = arguments[0];"
                            + "list.value = Array.from(list.options).find((o) => o.text.startsWith(arguments[1])).value;"
                            + "list.dispatchEvent(new Event('change', {bubbles: true}));",
                    browser.find("select.dropdownList"),
                    step);
            browser.find(".spectro-packs-form [name='_.packs']");
            if (step.equals("publishSpectroPack")) {
                picture(browser, "snippet-generator", "#main-panel");
            }
            look(browser, "snippet-" + step);
            assertThat(browser.texts(".spectro-packs-form .error")).isEmpty();
            assertThat(browser.barriers(".spectro-packs-form", OTHERS)).as(step).isEmpty();
        }
    }

    private void lookAtManyPacksWhileTheBuildRuns(Browser browser) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        SlowStep step = new SlowStep(MANY);
        job.getBuildersList().add(step);
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        step.firstIsOut.await();
        browser.open(jenkins.getURL() + build.getUrl() + "spectro-packs/");
        browser.find(".spectro-packs-name", "platform-pack-0001");
        browser.click(browser.find("tbody summary"));

        step.goOn.countDown();

        browser.await("all packs", "document.querySelectorAll('table[data-spectro-packs] tbody tr').length === 1000");
        assertThat(browser.run("return document.querySelectorAll('tbody details[open]').length;")
                        .intValue())
                .isEqualTo(1);
        browser.find(".tabBar a", "Packs (1,000)");
        browser.find("table[data-spectro-retired] td", "it was named");
        jenkins.waitForCompletion(build);
        browser.open(jenkins.getURL() + build.getUrl() + "spectro-packs/");
        browser.await("all packs", "document.querySelectorAll('table[data-spectro-packs] tbody tr').length === 1000");
        assertThat(browser.texts("table[data-spectro-packs] .spectro-packs-name"))
                .hasSize(MANY)
                .startsWith("platform-pack-0700", "platform-pack-0001");
        assertThat(browser.run("return document.querySelector('.spectro-packs-error').getBoundingClientRect().height;")
                        .doubleValue())
                .as("the sentence of the failed pack takes one line")
                .isLessThan(30);
        picture(browser, "build-page", "#main-panel");
        assertQuiet(browser);
        look(browser, "build-many");
        assertFitsAPhone(browser, "build-many");
        assertThat(new File(build.getRootDir(), "build.xml").length()).isLessThan(1_000_000);
    }

    private void lookAtSomePacks(Browser browser, int packs) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("some-packs");
        SlowStep step = new SlowStep(packs);
        step.goOn.countDown();
        job.getBuildersList().add(step);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        browser.open(jenkins.getURL() + build.getUrl() + "spectro-packs/");
        browser.find(".spectro-packs-name");
        look(browser, "build-some");
        assertFitsAPhone(browser, "build-some");
        assertReadableInTheDark(browser, "build-some");
    }

    /** Nothing was written to the console that somebody should look at. */
    private static void assertQuiet(Browser browser) throws Exception {
        assertThat(browser.console())
                .filteredOn(
                        line -> !line.getKey().equals("DEBUG") && !line.getKey().equals("INFO"))
                // axe-core looks at pixels.
                .filteredOn(line -> !line.getValue().contains("Canvas2D"))
                .isEmpty();
    }

    private static void assertFitsAPhone(Browser browser, String name) throws Exception {
        browser.resize(PHONE, 800);
        browser.run("document.querySelector('#main-panel').scrollIntoView();");
        look(browser, name + "-phone");
        assertThat(browser.run("return document.querySelector('#main-panel').scrollWidth;")
                        .intValue())
                .as("width")
                .isLessThanOrEqualTo(PHONE);
        browser.resize(1400, 900);
    }

    private static void assertReadableInTheDark(Browser browser, String name) throws Exception {
        browser.run(
                "Object.entries(arguments[0]).forEach(([k, v]) => document.documentElement.style.setProperty(k, v));",
                DARK);
        // Colors fade into one another.
        browser.runAsync("setTimeout(arguments[arguments.length - 1], 1000);");
        look(browser, name + "-dark");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        browser.resize(PHONE, 800);
        look(browser, name + "-dark-phone");
        browser.resize(1400, 900);
    }

    private static void look(Browser browser, String name) throws Exception {
        if (LOOKS != null) {
            browser.screenshot(Path.of(LOOKS, name + ".png"));
        }
    }

    private static void picture(Browser browser, String name, String selector) throws Exception {
        if (PICTURES != null) {
            // Jenkins' header and its bar with the Save button stay where they are, over what is behind them.
            String show = "document.querySelectorAll('#page-header, #bottom-sticker, .jenkins-bottom-app-bar__shadow')"
                    + ".forEach((bar) => bar.style.visibility = arguments[0]);";
            browser.run(show, "hidden");
            browser.screenshot(Path.of(PICTURES, name + ".png"), selector);
            browser.run(show, "");
        }
    }
}
