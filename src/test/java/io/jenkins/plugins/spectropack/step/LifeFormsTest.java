package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.assertTakePostOnly;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.model.StringParameterDefinition;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.config.BundleRegistry;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.NoPalette;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms for copying, listing and retiring, and the build steps that they make. */
@WithJenkins
class LifeFormsTest {

    private JenkinsRule jenkins;

    @Started(accountId = "111111111111")
    private EcrSandbox staging;

    @Started(accountId = "222222222222")
    private EcrSandbox production;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, "aws-staging", staging);
        addCredential(rule.jenkins, "aws-production", production);
    }

    private static EcrRegistry ecr(EcrSandbox sandbox, String credential) {
        EcrRegistry registry = new EcrRegistry("acme", sandbox.region());
        registry.setCredentialsId(credential);
        registry.setEndpoint(sandbox.endpoint().toString());
        return registry;
    }

    private SpectroPackCopyBuilder copying() {
        SpectroPackCopyBuilder builder = new SpectroPackCopyBuilder("sample:$VERSION");
        builder.setFrom(ecr(staging, "aws-staging"));
        builder.setTo(ecr(production, "aws-production"));
        builder.setPalette(new NoPalette());
        builder.setIfExists("SKIP");
        builder.setParallel(2);
        return builder;
    }

    private SpectroPackRetireBuilder retiring() {
        SpectroPackRetireBuilder builder = new SpectroPackRetireBuilder();
        builder.setRegistry(ecr(production, "aws-production"));
        builder.setPacks("sample");
        builder.setKeepNewest(1);
        builder.setDryRun(false);
        return builder;
    }

    @Test
    void formsKeepBothRegistriesWithTheirCredentialsAndTestBoth() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(copying());
        job.getBuildersList().add(retiring());
        SpectroPackRetireBuilder old = new SpectroPackRetireBuilder();
        old.setOlderThanDays(30);
        old.setRegistry(new BundleRegistry("packs.tar"));
        job.getBuildersList().add(old);

        jenkins.configRoundtrip(job);

        List<Builder> builders = job.getBuildersList().toList();
        jenkins.assertEqualDataBoundBeans(copying(), builders.get(0));
        jenkins.assertEqualDataBoundBeans(retiring(), builders.get(1));
        jenkins.assertEqualDataBoundBeans(old, builders.get(2));
        assertThat(((SpectroPackRetireBuilder) builders.get(2)).getKeepNewest()).isNull();
        assertThat(((SpectroPackRetireBuilder) builders.get(2)).isDryRun()).isTrue();

        JenkinsRule.WebClient client = jenkins.createWebClient();
        HtmlPage page = client.getPage(job, "configure");
        List<String> said = page.querySelectorAll("[data-validate-button-method=testConnection]").stream()
                .map(button -> test(client, button))
                .toList();
        assertThat(said)
                .hasSize(3)
                .satisfiesExactly(
                        from -> assertThat(from).contains("Logged in to " + staging.registryHost()),
                        to -> assertThat(to).contains("Logged in to " + production.registryHost()),
                        retire -> assertThat(retire).contains("Logged in to " + production.registryHost()));
    }

    private static String test(JenkinsRule.WebClient client, DomNode button) {
        try {
            ((HtmlElement) button).click();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client.waitForBackgroundJavaScript(30_000);
        return button.getParentNode().asNormalizedText();
    }

    @Test
    void buildStepsCopyAndRetire() throws Exception {
        Slave agent = jenkins.createOnlineSlave();
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setAssignedNode(agent);
        for (String version : List.of("1.0.0", "2.0.0")) {
            writePack(agent.getWorkspaceFor(job).child(version), "sample", version);
        }
        SpectroPackBuilder publish = new SpectroPackBuilder("*.0.0");
        publish.setRegistry(ecr(staging, "aws-staging"));
        job.getBuildersList().add(publish);
        SpectroPackCopyBuilder copy = copying();
        job.getBuildersList().add(copy);
        SpectroPackCopyBuilder all = new SpectroPackCopyBuilder("*");
        all.setFrom(ecr(staging, "aws-staging"));
        all.setTo(ecr(production, "aws-production"));
        job.getBuildersList().add(all);
        job.getBuildersList().add(retiring());
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("VERSION", "1.0.0")));

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.SUCCESS, job);

        jenkins.assertLogContains("1 pack: 1 published.", build);
        jenkins.assertLogContains("2 packs: 1 published, 1 unchanged.", build);
        jenkins.assertLogContains("sample:1.0.0: RETIRED.", build);
        assertThat(production.tags(REPOSITORY)).containsOnlyKeys("2.0.0");
        assertThat(production.tags(REPOSITORY).get("2.0.0"))
                .isEqualTo(staging.tags(REPOSITORY).get("2.0.0"));
        PublishedPacksAction action = build.getAction(PublishedPacksAction.class);
        assertThat(action.getRetired())
                .extracting(RetiredPack::getVersion, RetiredPack::getStatus, RetiredPack::getReason)
                .containsExactly(
                        tuple("1.0.0", "RETIRED", "1 version is newer"),
                        tuple("2.0.0", "KEPT", "it is among the newest 1"));
        assertThat(action.getPacks())
                .extracting(PublishedPack::getSource)
                .filteredOn(source -> source != null)
                .hasSize(3)
                .allMatch(source -> source.startsWith(staging.registryHost() + "/" + REPOSITORY + "@sha256:"));
    }

    @Test
    void valuesAreCheckedByThoseWhoPost() throws Exception {
        SpectroPackCopyBuilder.DescriptorImpl copy =
                jenkins.jenkins.getDescriptorByType(SpectroPackCopyBuilder.DescriptorImpl.class);
        assertMessage(copy.doCheckPacks(" "), "Name the packs");
        assertMessage(copy.doCheckPacks("a Bad/Name"), "'Bad/Name' does not name packs of a registry");
        assertOk(copy.doCheckPacks("my-pack:1.0.0, other *"));
        assertOk(copy.doCheckPacks("my-pack:${VERSION}"));
        assertMessage(copy.doCheckParallel("0"), "Not a positive");
        assertThat(copy.doFillIfExistsItems("")).hasSize(4);
        SpectroPackRetireBuilder.DescriptorImpl retire =
                jenkins.jenkins.getDescriptorByType(SpectroPackRetireBuilder.DescriptorImpl.class);
        assertMessage(retire.doCheckPacks("", "", ""), "It is not said which versions go.");
        assertMessage(retire.doCheckPacks("my-pack", "", ""), "It is not said which versions go.");
        assertMessage(retire.doCheckPacks("my-pack:1", "3", ""), "Say one of three");
        assertMessage(retire.doCheckPacks("x".repeat(3000), "", ""), "are not taken");
        assertOk(retire.doCheckPacks("", "3", ""));
        assertOk(retire.doCheckPacks("my-pack:1", "", ""));
        assertMessage(retire.doCheckKeepNewest("-1"), "Not a positive");
        assertOk(retire.doCheckOlderThanDays(""));
        BundleRegistry.DescriptorImpl bundle = jenkins.jenkins.getDescriptorByType(BundleRegistry.DescriptorImpl.class);
        assertMessage(bundle.doCheckPath(""), "The path of the bundle is missing");
        assertOk(bundle.doCheckPath("out/packs.tar"));

        assertTakePostOnly(jenkins, SpectroPackCopyBuilder.class, "checkPacks", "checkParallel", "fillIfExistsItems");
        assertTakePostOnly(
                jenkins, SpectroPackRetireBuilder.class, "checkPacks", "checkKeepNewest", "checkOlderThanDays");
        assertTakePostOnly(jenkins, BundleRegistry.class, "checkPath");
    }

    private static void assertOk(FormValidation validation) {
        assertThat(validation.kind).as(validation.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    private static void assertMessage(FormValidation validation, String part) {
        assertThat(validation.kind).isNotEqualTo(FormValidation.Kind.OK);
        assertThat(validation.getMessage().replace("&#039;", "'")).contains(part);
    }

    @Test
    void snippetGeneratorAndJobDslWriteWhatTheStepsRead() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        CopySpectroPacksStep copy = new CopySpectroPacksStep("my-pack:1.0.0");
        copy.setFrom(new EcrRegistry("staging", "us-east-1"));
        copy.setTo(new BundleRegistry("packs.tar"));
        snippets.assertRoundTrip(
                copy,
                "copySpectroPacks from: ecr(region: 'us-east-1', repositoryName: 'staging'), packs: 'my-pack:1.0.0',"
                        + " to: bundle('packs.tar')");
        snippets.assertRoundTrip(new CopySpectroPacksStep("*"), "copySpectroPacks '*'");
        RetireSpectroPacksStep retire = new RetireSpectroPacksStep();
        retire.setKeepNewest(10);
        snippets.assertRoundTrip(retire, "retireSpectroPacks keepNewest: 10");
        retire = new RetireSpectroPacksStep();
        retire.setPacks("my-pack:1.0.0");
        retire.setDryRun(false);
        retire.setPalette(new NoPalette());
        snippets.assertRoundTrip(
                retire, "retireSpectroPacks dryRun: false, packs: 'my-pack:1.0.0', palette: noPalette()");
        ListSpectroPacksStep list = new ListSpectroPacksStep();
        list.setPacks("my-pack");
        snippets.assertRoundTrip(list, "listSpectroPacks packs: 'my-pack'");
        SnippetizerTester.assertDocGeneration(CopySpectroPacksStep.class);
        SnippetizerTester.assertDocGeneration(RetireSpectroPacksStep.class);
        SnippetizerTester.assertDocGeneration(ListSpectroPacksStep.class);

        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText("""
                job('carry-packs') {
                  steps {
                    spectroPackCopyBuilder {
                      packs('my-pack')
                      from {
                        ecr {
                          repositoryName('staging')
                          region('us-east-1')
                        }
                      }
                      to {
                        bundle {
                          path('packs.tar')
                        }
                      }
                    }
                    spectroPackRetireBuilder {
                      keepNewest(10)
                      dryRun(false)
                    }
                  }
                }
                """);
        seed.getBuildersList().add(dsl);
        jenkins.buildAndAssertSuccess(seed);
        List<Builder> made = jenkins.jenkins
                .getItemByFullName("carry-packs", FreeStyleProject.class)
                .getBuildersList()
                .toList();
        SpectroPackCopyBuilder carries = (SpectroPackCopyBuilder) made.get(0);
        assertThat(carries.getPacks()).isEqualTo("my-pack");
        jenkins.assertEqualDataBoundBeans(new EcrRegistry("staging", "us-east-1"), (EcrRegistry) carries.getFrom());
        PackRegistry to = carries.getTo();
        assertThat(((BundleRegistry) to).getPath()).isEqualTo("packs.tar");
        SpectroPackRetireBuilder retires = (SpectroPackRetireBuilder) made.get(1);
        assertThat(retires.getKeepNewest()).isEqualTo(10);
        assertThat(retires.isDryRun()).isFalse();
    }
}
