package io.jenkins.plugins.spectropack.result;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.spectropack.fixture.Browser;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form as a person meets it, in a real browser. */
@WithJenkins
class PagesTest {

    /** Where the documentation's pictures go, docs/images, if they are to be made. */
    private static final String PICTURES = System.getProperty("spectropack.pictures");

    /** Where other pictures go, for whoever wants to look. */
    private static final String LOOKS = System.getProperty("spectropack.looks");

    /** Jenkins' help buttons come last on purpose; the ids of its radio buttons and what the credentials plugin makes are its own. */
    private static final String[] OTHERS = {".jenkins-help-button", ".credentials-select-radio-control"};

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        assumeTrue(Browser.isInstalled(), "Neither form nor page is looked at: chromium and chromedriver are missing");
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
    }

    @Test
    void newStepScoldsNobodyAndIsNotSavedWithoutWhatItNeeds() throws Exception {
        try (Browser browser = Browser.start()) {
            FreeStyleProject job = jenkins.createFreeStyleProject("platform-packs");
            fillForm(browser, job);
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
                .filteredOn(
                        line -> !line.getKey().equals("DEBUG") && !line.getKey().equals("INFO"))
                // axe-core looks at pixels.
                .filteredOn(line -> !line.getValue().contains("Canvas2D"))
                .isEmpty();
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
