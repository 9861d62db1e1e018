package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.REPOSITORY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.result.PublishedPacksAction;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.PlannedFault;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import net.sf.json.JSONArray;
import net.sf.json.JSONNull;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Pipeline steps for what comes after publishing, on an agent and between two accounts with a credential each. */
@WithJenkins
class LifeStepsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Predicate<Request> UPLOADS_SECOND = Match.registry("PUT", "/second/blobs/uploads/");

    private JenkinsRule jenkins;
    private Slave agent;

    @Started(accountId = "111111111111")
    private EcrSandbox staging;

    @Started(accountId = "222222222222", region = "eu-west-1")
    private EcrSandbox production;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, "aws-staging", staging);
        addCredential(rule.jenkins, "aws-production", production);
        agent = rule.createOnlineSlave();
    }

    private static String ecr(EcrSandbox sandbox, String credential) {
        return "ecr(repositoryName: 'acme', region: '" + sandbox.region() + "', credentialsId: '" + credential
                + "', endpoint: '" + sandbox.endpoint() + "')";
    }

    /** A script on the agent, in which {@code STAGING} and {@code PRODUCTION} stand for the registries. */
    private String onAgent(String... lines) {
        return "node('" + agent.getNodeName() + "') {\n"
                + String.join("\n", lines)
                        .replace("STAGING", ecr(staging, "aws-staging"))
                        .replace("PRODUCTION", ecr(production, "aws-production"))
                + "\n}";
    }

    private WorkflowRun run(Result expected, String... lines) throws Exception {
        return jenkins.buildAndAssertStatus(expected, pipeline(jenkins, onAgent(lines)));
    }

    @Test
    void packGoesFromStagingToProductionAndIntoABundleAndRetires() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                writePack("my-pack", "sample", "1.0.0"),
                "def published = publishSpectroPack(packs: 'my-pack', registry: STAGING)",
                "assert copySpectroPacks(packs: 'sample', from: STAGING, to: PRODUCTION, dryRun: true)*.status"
                        + " == ['PLANNED']",
                "def copied = copySpectroPacks(packs: 'sample:1.0.0', from: STAGING, to: PRODUCTION)",
                "assert copied*.status == ['PUBLISHED'] && copied*.digest == published*.digest",
                "assert copied[0].source == published[0].pinnedReference",
                "assert copySpectroPacks(packs: '*', from: STAGING, to: PRODUCTION, parallel: 2)*.status"
                        + " == ['UNCHANGED']",
                "def listed = listSpectroPacks(registry: PRODUCTION, packs: 'sample')",
                "assert listed*.version == ['1.0.0'] && listed*.digest == published*.digest",
                "assert listed[0].size > 100 && listed[0].pushedAt && listed[0].reference == copied[0].reference",
                "assert listed[0].pinnedReference && listed[0].repository == '" + REPOSITORY + "'",
                "copySpectroPacks(packs: 'sample', from: PRODUCTION, to: bundle('out/packs.tar'), palette: noPalette())",
                "publishSpectroPack(packs: 'my-pack', registry: bundle('out/folder'))",
                "assert fileExists('out/packs.tar') && fileExists('out/folder/index.json')",
                "assert listSpectroPacks(registry: bundle('out/packs.tar'))*.digest == published*.digest",
                "def planned = retireSpectroPacks(registry: PRODUCTION, packs: 'sample:1.0.0')",
                "assert planned*.status == ['PLANNED'] && planned*.reason == ['it was named']",
                "assert listSpectroPacks(registry: PRODUCTION).size() == 1",
                "def retired = retireSpectroPacks(registry: PRODUCTION, packs: 'sample:1.0.0', dryRun: false)",
                "assert retired*.status == ['RETIRED'] && retired*.digest == published*.digest",
                "assert retired[0].name == 'sample' && retired[0].version == '1.0.0' && retired[0].reference",
                "assert copySpectroPacks(packs: '*', from: bundle('out/packs.tar'), to: PRODUCTION)*.digest"
                        + " == published*.digest",
                "retireSpectroPacks(registry: STAGING, packs: 'sample:1.0.0', dryRun: false)",
                "assert retireSpectroPacks(registry: bundle('out/packs.tar'), packs: 'sample:1.0.0', dryRun: false)"
                        + "*.status == ['RETIRED']");

        assertThat(production.tags(REPOSITORY)).containsOnlyKeys("1.0.0");
        assertThat(staging.tags(REPOSITORY)).isEmpty();
        jenkins.assertLogContains("sample:1.0.0: to go, it was named.", run);
        jenkins.assertLogNotContains(staging.secretAccessKey(), run);
        jenkins.assertLogNotContains(production.secretAccessKey(), run);
        run.reload();
        PublishedPacksAction action = run.getAction(PublishedPacksAction.class);
        assertThat(action.getRetired())
                .extracting(RetiredPack::getStatus)
                .containsExactly("PLANNED", "RETIRED", "RETIRED", "RETIRED");
        JSONArray latest = jenkins.getJSON(run.getParent().getUrl() + "spectro-packs/api/json")
                .getJSONObject()
                .getJSONArray("packs");
        assertThat((List<?>) latest)
                .as("what is gone, and what came again")
                .extracting("reference", "retiredBy")
                .contains(
                        tuple(staging.registryHost() + "/" + REPOSITORY + ":1.0.0", 1),
                        tuple(production.registryHost() + "/" + REPOSITORY + ":1.0.0", JSONNull.getInstance()));
        assertThat(jenkins.getJSON(run.getParent().getUrl() + "spectro-packs/rows")
                        .getJSONObject()
                        .toString())
                .contains("\"retired\":\"Retired by #1\"");
        assertThat(jenkins.getJSON(run.getUrl() + "spectro-packs/rows")
                        .getJSONObject()
                        .toString())
                .contains("\"source\":\"" + staging.registryHost() + "/" + REPOSITORY + "@sha256:");
        HtmlPage page = jenkins.createWebClient().getPage(run, "spectro-packs");
        assertThat(page.querySelectorAll("table[data-spectro-retired] tbody tr"))
                .hasSize(4)
                .extracting(DomNode::asNormalizedText)
                .anySatisfy(row -> assertThat(row)
                        .contains("RETIRED", "sample", "1.0.0", "it was named", production.registryHost()));
        assertThat(jenkins.getJSON(run.getUrl() + "api/json?tree=actions[packs,retired]")
                        .getJSONObject()
                        .toString())
                .contains("\"status\":\"RETIRED\"", "\"reason\":\"it was named\"", "\"source\":\"");
    }

    @Test
    void failuresAreSentencesAndNothingIsChanged() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                writePack("my-pack", "sample", "1.0.0"),
                "publishSpectroPack(packs: 'my-pack', registry: STAGING)",
                attempt("copySpectroPacks(packs: '', from: STAGING, to: PRODUCTION)"),
                attempt("copySpectroPacks(packs: 'Sample/x', from: STAGING, to: PRODUCTION)"),
                attempt("copySpectroPacks(packs: 'sample', from: STAGING, to: PRODUCTION, ifExists: 'maybe')"),
                attempt("copySpectroPacks(packs: 'sample', from: STAGING, to: PRODUCTION, parallel: 0)"),
                attempt("copySpectroPacks(packs: 'sample', from: STAGING, to: PRODUCTION)"
                        .replace("PRODUCTION", ecr(production, "unknown"))),
                attempt("copySpectroPacks(packs: 'sample', from: STAGING, to: PRODUCTION)"
                        .replace("PRODUCTION", ecr(production, "aws-staging"))),
                attempt("copySpectroPacks(packs: 'sample', from: STAGING)"),
                attempt("copySpectroPacks(packs: 'sample sample:9', from: STAGING, to: PRODUCTION, dryRun: true)"),
                attempt("copySpectroPacks(packs: 'sample', from: STAGING, to: bundle('../packs.tar'))"),
                attempt("copySpectroPacks(packs: 'sample', from: STAGING, to: bundle('packs.zip'))"),
                attempt("listSpectroPacks(registry: STAGING, packs: 'missing')"),
                attempt("listSpectroPacks(registry: STAGING, packs: 'a/b')"),
                attempt("retireSpectroPacks(registry: STAGING, dryRun: false)"),
                attempt("retireSpectroPacks(registry: STAGING, packs: 'sample', dryRun: false)"),
                attempt("retireSpectroPacks(registry: STAGING, keepNewest: 0, dryRun: false)"),
                attempt("retireSpectroPacks(registry: STAGING, keepNewest: 1, olderThanDays: 1, dryRun: false)"),
                attempt("retireSpectroPacks(registry: STAGING, packs: 'sample:9', dryRun: false)"));

        List<String> caught = PublishFixture.log(run).stream()
                .filter(line -> line.startsWith("caught "))
                .map(line -> line.substring("caught ".length()))
                .toList();
        List<String> expected = List.of(
                "No pack is named. Give NAME:VERSION for one version",
                "'Sample/x' does not name packs of a registry.",
                "ifExists is 'MAYBE', but must be one of FAIL, OVERWRITE, SKIP.",
                "parallel must be at least 1: it is how many packs are under way at once.",
                "The AWS credential 'unknown' was not found, or this job may not use it.",
                "GetAuthorizationToken failed: ",
                "No registry is given, and neither this job's folder nor this Jenkins has a default one.",
                "sample:9 was not published: " + staging.registryHost() + "/" + REPOSITORY + ":9 does not exist.",
                "The bundle ../packs.tar lies outside the workspace. Only bundles inside it are used.",
                "The bundle 'packs.zip' cannot be compressed",
                staging.registryHost() + " has no missing below acme/spectro-packs/archive.",
                "'a/b' does not name packs of a registry.",
                "It is not said which versions go.",
                "It is not said which versions go.",
                "keepNewest must be at least 1.",
                "Say one of three: ",
                staging.registryHost() + " has no sample:9 in " + REPOSITORY + ". Nothing was deleted.");
        assertThat(caught).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(caught.get(i)).startsWith("AbortException: " + expected.get(i));
        }
        assertThat(production.repositories()).isEmpty();
        assertThat(staging.tags(REPOSITORY)).containsOnlyKeys("1.0.0");
    }

    private static String attempt(String step) {
        return "try { " + step + "; echo 'caught nothing' } catch (e) { echo \"caught ${e.toString()"
                + ".replaceFirst(/^[a-z.]+\\.([A-Z])/, '$1').readLines()[0]}\" }";
    }

    @Test
    void whatWasCopiedOrDeletedBeforeAnAbortIsKnown() throws Exception {
        run(
                Result.SUCCESS,
                writePack("packs/1", "first", "1.0.0"),
                writePack("packs/2", "second", "1.0.0"),
                "publishSpectroPack(packs: 'packs/*', registry: STAGING)");
        PlannedFault stall = production.fault(UPLOADS_SECOND, Fault.stall());
        WorkflowRun copying = pipeline(
                        jenkins, onAgent("copySpectroPacks(packs: '*', from: STAGING, to: PRODUCTION, parallel: 1)"))
                .scheduleBuild2(0)
                .waitForStart();
        production.requests().await(UPLOADS_SECOND, LIMIT);
        copying.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(copying));
        stall.cancel();

        jenkins.assertLogContains("1 of 2 packs were copied before the build was aborted.", copying);
        jenkins.assertLogNotContains("\tat ", copying);
        assertThat(copying.getAction(PublishedPacksAction.class).getPacks())
                .extracting(PublishedPack::getName, PublishedPack::getStatus)
                .containsExactly(tuple("first", "PUBLISHED"));

        Predicate<Request> deletes = Match.api("BatchDeleteImage");
        staging.fault(1, deletes, Fault.delay(Duration.ZERO));
        staging.fault(deletes, Fault.stall());
        WorkflowRun retiring = pipeline(
                        jenkins,
                        onAgent(
                                "retireSpectroPacks(registry: STAGING, packs: 'first:1.0.0 second:1.0.0', dryRun: false)"))
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("first:1.0.0: RETIRED.", retiring);
        retiring.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(retiring));

        jenkins.assertLogContains("1 of 2 versions were deleted before the build was aborted.", retiring);
        assertThat(retiring.getAction(PublishedPacksAction.class).getRetired())
                .extracting(RetiredPack::getName, RetiredPack::getStatus)
                .containsExactly(tuple("first", "RETIRED"));
        assertThat(staging.tags("acme/spectro-packs/archive/first")).isEmpty();
    }

    /** The named version goes by the first try, and its agent is lost before the second one has gone. */
    @Test
    void retiringStartsOverWhenTheAgentIsBack() throws Exception {
        run(
                Result.SUCCESS,
                writePack("packs/1", "first", "1.0.0"),
                writePack("packs/2", "second", "1.0.0"),
                "publishSpectroPack(packs: 'packs/*', registry: STAGING)");
        Predicate<Request> deletes = Match.api("BatchDeleteImage");
        staging.fault(1, deletes, Fault.delay(Duration.ZERO));
        PlannedFault stall = staging.fault(deletes, Fault.stall());
        WorkflowRun retiring = pipeline(
                        jenkins,
                        onAgent(
                                "retireSpectroPacks(registry: STAGING, packs: 'first:1.0.0 second:1.0.0', dryRun: false)"))
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("first:1.0.0: RETIRED.", retiring);
        stall.cancel();
        agent.getChannel().close();
        jenkins.waitForMessage("1 of 2 versions were deleted before the agent was lost.", retiring);
        agent.toComputer().connect(false).get();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(retiring));

        assertThat(retiring.getAction(PublishedPacksAction.class).getRetired())
                .extracting(RetiredPack::getName, RetiredPack::getStatus)
                .containsExactlyInAnyOrder(tuple("first", "RETIRED"), tuple("second", "RETIRED"));
        assertThat(staging.tags("acme/spectro-packs/archive/second")).isEmpty();
    }
}
