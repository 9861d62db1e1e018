package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Checking without a registry or a credential: what comes of it for a Pipeline, the workspace and the build's page. */
@WithJenkins
class ValidateStepTest {

    @Test
    void findingsAreReturnedWrittenAndShownAndAnInvalidPackFailsTheStep(JenkinsRule jenkins) throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        WorkflowJob job = pipeline(
                jenkins,
                "node('" + agent.getNodeName() + "') {\n" + writePack("packs/good", "good", "1.0.0")
                        + "def found = validateSpectroPacks(packs: 'packs/*', sarif: 'out/good.sarif')\n"
                        + "assert found*.rule.contains('readme-missing') && found.every { it.severity == 'WARNING' }\n"
                        + "assert found.find { it.rule == 'readme-missing' }.file == 'packs/good/README.md'\n"
                        + "try { validateSpectroPacks(packs: 'packs/*', sarif: '../out.sarif') } catch (e) { echo e.message }\n"
                        + writePack("packs/bad", "bad", "1.0.0")
                        + "writeFile file: 'packs/bad/pack.json', text: '{'\n"
                        + "validateSpectroPacks(packs: 'packs/*', sarif: 'out/bad.sarif')\n}");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("1 pack checked: 0 errors, 3 warnings.", run);
        jenkins.assertLogContains(
                "The findings could not be written to ../out.sarif: this is no file within the workspace.", run);
        jenkins.assertLogContains("ERROR: 1 pack is invalid.", run);
        FilePath workspace = agent.getWorkspaceFor(job);
        assertThat(workspace.child("out/good.sarif").readToString())
                .contains("readme-missing", "packs/good/README.md")
                .doesNotContain("packs/bad");
        assertThat(workspace.child("out/bad.sarif").readToString()).contains("packs/bad/pack.json");
        assertThat(workspace.child("../out.sarif").exists()).isFalse();
        run.reload();
        assertThat(jenkins.createWebClient()
                        .getPage(run)
                        .querySelector("[data-spectro-summary]")
                        .asNormalizedText())
                .contains("2 packs checked: 1 error");
    }

    /** A build that has written nothing yet has no workspace. */
    @Test
    void whyPacksAreInvalidIsToldEvenIfTheFindingsCannotBeWritten(JenkinsRule jenkins) throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        WorkflowJob job = pipeline(
                jenkins,
                "node('" + agent.getNodeName() + "') {\n"
                        + "catchError { validateSpectroPacks packs: 'first', sarif: 'out/findings.sarif' }\n"
                        + "validateSpectroPacks packs: 'second', sarif: '../findings.sarif'\n}");

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(PublishFixture.log(run))
                .containsSubsequence(
                        "ERROR first: There is no such folder. [pack-folder]",
                        "ERROR: 1 pack is invalid.",
                        "ERROR second: There is no such folder. [pack-folder]",
                        "The findings could not be written to ../findings.sarif: this is no file within the workspace."
                                + " Give sarif the name of a file in the workspace.",
                        "ERROR: 1 pack is invalid.");
        assertThat(agent.getWorkspaceFor(job).child("out/findings.sarif").readToString())
                .contains("pack-folder");
    }

    /** Jenkins keeps builds in files of XML, and XML has no place for these characters. */
    @Test
    void charactersThatXmlHasNoPlaceForDoNotKeepABuildFromBeingSaved(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = pipeline(
                jenkins,
                "node {\n" + writePack("packs/odd", "odd", "1.0.0")
                        + "def text = readFile('packs/odd/pack.json')\n"
                        + "writeFile file: 'packs/odd/pack.json',"
                        + " text: text.replace('logging', '0 \\\\u0000 1 \\\\uD800 2 \\\\uFFFE 3')\n"
                        + "catchError(buildResult: 'SUCCESS') { validateSpectroPacks 'none\\u0000' }\n"
                        + "validateSpectroPacks 'packs/*'\n}");

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogNotContains("could not save", run);
        run.reload();
        assertThat(jenkins.getJSON(run.getUrl() + "spectro-packs/api/json?tree=findings")
                        .getJSONObject()
                        .toString())
                .contains("0 \\\\u0000 1 \\\\uD800 2 \\\\uFFFE 3");
    }

    @Test
    void formsKeepEveryValue(JenkinsRule jenkins) throws Exception {
        ValidateSpectroPacksStep step = new ValidateSpectroPacksStep("packs/*");
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(step, "validateSpectroPacks 'packs/*'");
        step.setValidation("STRICT");
        step.setUnstableOnWarnings(true);
        step.setSarif("findings.sarif");
        snippets.assertRoundTrip(
                step,
                "validateSpectroPacks packs: 'packs/*', sarif: 'findings.sarif', unstableOnWarnings: true, validation: 'STRICT'");

        SpectroPackValidateBuilder builder = new SpectroPackValidateBuilder("$FOLDER/*");
        builder.setSarif("findings.sarif");
        builder.setUnstableOnWarnings(true);
        jenkins.assertEqualDataBoundBeans(builder, jenkins.configRoundtrip(builder));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        writePack(workspace.child("packs/good"), "good", "1.0.0");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("FOLDER", "packs")));
        jenkins.assertLogContains(
                "The packs have 3 warnings, so the build is unstable.",
                jenkins.buildAndAssertStatus(Result.UNSTABLE, job));
        assertThat(workspace.child("findings.sarif").readToString()).contains("packs/good/README.md");
    }
}
