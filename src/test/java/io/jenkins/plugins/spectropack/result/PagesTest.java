package io.jenkins.plugins.spectropack.result;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.spectropack.engine.publish.KeptValues;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.fixture.Browser;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.File;
import java.io.IOException;
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

    /** What the dark theme's plugin says differently, as far as our pages use it. */
    private static final Map<String, String> DARK = Map.ofEntries(
            Map.entry("--background", "oklch(from var(--white) 0.175 0.013 h)"),
            Map.entry("--accent-color", "oklch(65.13% 0.1987 265)"),
            Map.entry("--text-color", "var(--white)"),
            Map.entry("--text-color-secondary", "oklch(from var(--white) 0.7 0.038 h)"),
            Map.entry("--table-background", "var(--card-background)"),
            Map.entry("--card-background", "color-mix(in oklch, var(--text-color-secondary) 7.5%, var(--background))"),
            Map.entry("--input-color", "color-mix(in oklch, var(--text-color-secondary) 5%, var(--background))"),
            Map.entry("--input-border", "color-mix(in oklch, var(--text-color-secondary) 30%, var(--background))"),
            Map.entry("--button-background", "oklch(from var(--text-color-secondary) l c h / 0.075)"),
            Map.entry("--green", "oklch(80.25% 0.2197 147.09)"),
            Map.entry("--red", "oklch(66.82% 0.2393 29.84)"),
            Map.entry("--yellow", "oklch(90.35% 0.1872 95.31)"),
            Map.entry("--white", "oklch(from var(--accent-color) 98% 0.015 h)"),
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
            StepRecorder recorder = new StepRecorder(build, null, "packs/*");
            recorder.ended(pack(1));
            firstIsOut.countDown();
            goOn.await();
            for (int i = 2; i <= packs; i++) {
                recorder.ended(pack(i));
            }
            return true;
        }
    }

    private static PublishedPack pack(int number) {
        Map<String, String> values = new LinkedHashMap<>(Map.of(
                "folder", "packs/pack-" + number,
                "name", String.format("platform-pack-%04d", number),
                "version", "1." + number + ".0",
                "host", "123456789012.dkr.ecr.us-east-1.amazonaws.com",
                "repository", String.format("spectro-oci-registry/spectro-packs/archive/platform-pack-%04d", number),
                "status", number == 700 ? "FAILED" : "PUBLISHED"));
        if (number == 700) {
            values.put("error", "Tagging failed: the registry answered 405 UNSUPPORTED to PUT.");
        } else {
            values.put("palette", number % 9 == 0 ? "NOT_LISTED" : "LISTED");
            values.put("digest", String.format("sha256:%064x", number));
            values.put("archive", String.format("sha256:%064x", number * 31));
            values.put("size", Integer.toString(number * 4_321));
        }
        return KeptValues.pack(values::get);
    }

    @Test
    void formAndPagesWorkInABrowser() throws Exception {
        try (Browser browser = Browser.start()) {
            FreeStyleProject job = jenkins.createFreeStyleProject("platform-packs");
            FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
            writePack(workspace.child("packs/sample"), "sample", "1.10.0");
            writePack(workspace.child("packs/other"), "other", "1.9.0");
            fillForm(browser, job);
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
            lookAtBuild(browser, build);
            lookAtJob(browser, job);
            lookAtGlobalForm(browser);
            lookAtSnippetGenerator(browser);
            lookAtManyPacksWhileTheBuildRuns(browser);
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
        browser.click(browser.find("button[name=Submit]"));
        browser.find(".spectro-packs-form .error", "The repository name is empty.");
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
        assertThat(browser.console())
                .filteredOn(line -> !line.getKey().equals("DEBUG") && !line.getKey().equals("INFO"))
                .isEmpty();
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
        String digest = sandbox.tags("spectro-oci-registry/spectro-packs/archive/sample").get("1.10.0");
        browser.find(".jenkins-copy-button--copied");
        assertThat(browser.runAsync("navigator.clipboard.readText().then(arguments[arguments.length - 1]);")
                        .stringValue())
                .isEqualTo(sandbox.registryHost() + "/spectro-oci-registry/spectro-packs/archive/sample@" + digest);
        browser.click(browser.find("tr:not(.jenkins-hidden) summary", "3 findings"));
        assertThat(browser.texts("tr:not(.jenkins-hidden) details li"))
                .anySatisfy(text -> assertThat(text).contains("packs/sample/README.md"));
        look(browser, "build-found");

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
        assertThat(browser.texts("table[data-spectro-latest] .spectro-packs-name")).containsExactly("other", "sample");
        look(browser, "job-latest");
        assertThat(browser.barriers("#main-panel")).isEmpty();
        assertFitsAPhone(browser, "job-latest");
    }

    private void lookAtGlobalForm(Browser browser) throws Exception {
        browser.open(jenkins.getURL() + "configure");
        browser.find(".spectro-packs-form");
        browser.run("document.querySelector('.spectro-packs-form').scrollIntoView();");
        picture(browser, "global-form", ".jenkins-section:has(.spectro-packs-form)");
        assertThat(browser.barriers(".spectro-packs-form", OTHERS)).isEmpty();
    }

    private void lookAtSnippetGenerator(Browser browser) throws Exception {
        browser.open(jenkins.getURL() + "pipeline-syntax/");
        browser.run(
                "const list = arguments[0];"
                        + "list.value = Array.from(list.options).find((o) => o.text.includes('publishSpectroPack')).value;"
                        + "list.dispatchEvent(new Event('change', {bubbles: true}));",
                browser.find("select.dropdownList"));
        browser.find(".spectro-packs-form [name='_.packs']");
        picture(browser, "snippet-generator", "#main-panel");
        assertThat(browser.texts(".spectro-packs-form .error")).isEmpty();
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
        jenkins.waitForCompletion(build);
        browser.open(jenkins.getURL() + build.getUrl() + "spectro-packs/");
        browser.await("all packs", "document.querySelectorAll('table[data-spectro-packs] tbody tr').length === 1000");
        assertThat(browser.texts(".spectro-packs-name"))
                .hasSize(MANY)
                .startsWith("platform-pack-0700", "platform-pack-0001");
        picture(browser, "build-page", "#main-panel");
        look(browser, "build-many");
        assertFitsAPhone(browser, "build-many");
        assertThat(new File(build.getRootDir(), "build.xml").length()).isLessThan(1_000_000);
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
            browser.screenshot(Path.of(PICTURES, name + ".png"), selector);
        }
    }
}
