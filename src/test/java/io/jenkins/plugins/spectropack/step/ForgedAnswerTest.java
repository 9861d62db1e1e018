package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.failed;
import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.finding;
import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.forge;
import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.pack;
import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.published;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.registry;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.spectropack.agent.WorkProgress;
import io.jenkins.plugins.spectropack.engine.publish.ForgedResults;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import jenkins.tasks.SimpleBuildStep;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An agent that answers by hand: whatever it says, the build ends with a sentence, and its pages and its file are as ever. */
@WithJenkins
class ForgedAnswerTest {

    private static final String REFUSED = "ERROR: The agent gave an answer that is none of this plugin: ";
    private static final String HOSTILE =
            "x\n[Pipeline] // node\nFinished: SUCCESS\u001b[8m</td><script>alert(1)</script>";

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
    }

    /** The connection to an agent that tells something first and then answers something, without having done anything. */
    private static VirtualChannel channel(Object answer, Consumer<WorkProgress> tells) {
        return (VirtualChannel) Proxy.newProxyInstance(
                ForgedAnswerTest.class.getClassLoader(),
                new Class<?>[] {VirtualChannel.class},
                (self, method, args) -> {
                    if (!method.getName().equals("call")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    tells.accept((WorkProgress) field(field(args[0], "callable"), "progress"));
                    return answer;
                });
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private SpectroPackBuilder publishing() {
        SpectroPackBuilder builder = new SpectroPackBuilder("my-pack");
        builder.setRegistry(registry(sandbox));
        return builder;
    }

    private FreeStyleBuild build(SimpleBuildStep step, Object answer, Consumer<WorkProgress> tells, Result expected)
            throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                    throws InterruptedException, IOException {
                FilePath workspace = new FilePath(channel(answer, tells), "/forged");
                step.perform(build, workspace, build.getEnvironment(listener), launcher, listener);
                return true;
            }
        });
        FreeStyleBuild build = jenkins.buildAndAssertStatus(expected, job);
        jenkins.assertLogNotContains("\tat ", build);
        assertThat(build.getLog(Integer.MAX_VALUE).stream().filter(line -> line.startsWith("Finished:")))
                .containsExactly("Finished: " + expected);
        assertPagesAreFine(build);
        // As it is read from the disk after a restart.
        job.getLazyBuildMixIn()._getRuns().purgeCache();
        assertPagesAreFine(job.getBuildByNumber(build.getNumber()));
        return build;
    }

    /** All that shows a build, and the job it is of. */
    private void assertPagesAreFine(FreeStyleBuild build) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        client.getOptions().setCssEnabled(false);
        for (String page : List.of("", "spectro-packs/", "spectro-packs/findings")) {
            if (page.isEmpty()
                    || build.getActions().stream().anyMatch(one -> "symbol-cube".equals(one.getIconFileName()))) {
                HtmlPage html = client.getPage(build, page);
                assertThat(html.getWebResponse().getContentAsString()).doesNotContain("<script>alert(1)");
            }
        }
        client.getPage(build.getParent());
        assertThat(jenkins.getJSON(build.getUrl() + "api/json?depth=2")
                        .getJSONObject()
                        .getString("result"))
                .isEqualTo(build.getResult().toString());
    }

    private int packsOf(FreeStyleBuild build) throws Exception {
        return jenkins.getJSON(build.getUrl() + "spectro-packs/api/json")
                .getJSONObject()
                .getJSONArray("packs")
                .size();
    }

    private void assertRefused(Object answer, String why) throws Exception {
        assertRefused(publishing(), answer, why);
    }

    private void assertRefused(SimpleBuildStep step, Object answer, String why) throws Exception {
        FreeStyleBuild build = build(step, answer, progress -> {}, Result.FAILURE);
        jenkins.assertLogContains(REFUSED + why, build);
        jenkins.assertLogContains(" Nothing of it is kept.", build);
    }

    private static PublishResult with(Object... packs) throws Exception {
        return forge(published(List.of(), List.of()), "packs", new ArrayList<>(Arrays.asList(packs)));
    }

    @Test
    void answersThatAreNoneAreRefused() throws Exception {
        assertRefused(null, "This is not how a run ended.");
        assertRefused("published", "It is of another kind.");
        assertRefused(ForgedResults.list(), "It is of another kind.");
        assertRefused(forge(published(List.of(), List.of()), "end", null), "This is not how a run ended.");
        assertRefused(forge(published(List.of(), List.of()), "findings", null), "This is not how a run ended.");
        assertRefused(with("a pack"), "This is not what became of a pack.");
        assertRefused(with((Object) null), "This is not what became of a pack.");
        assertRefused(with(finding()), "This is not what became of a pack.");
        assertRefused(with(forge(pack(), "name", null)), "This is not what became of a pack.");
        assertRefused(with(forge(pack(), "repository", null)), "This is not what became of a pack.");
        assertRefused(with(forge(pack(), "status", "GREEN")), "No enum constant");
        assertRefused(
                published(List.of(pack()), List.of(forge(finding(), "message", null))),
                "Something that each has is missing.");
    }

    @Test
    void answersOfOtherStepsAreRefusedLikewise() throws Exception {
        SpectroPackRetireBuilder retiring = new SpectroPackRetireBuilder();
        retiring.setRegistry(registry(sandbox));
        retiring.setPacks("sample:1.0.0");
        assertRefused(retiring, null, "This is not what became of versions.");
        RetiredPack nowhere = ForgedResults.retired();
        forge(field(nowhere, "pack"), "reference", null);
        assertRefused(retiring, ForgedResults.retired(nowhere), "Something that each has is missing.");
        assertRefused(new SpectroPackValidateBuilder("my-pack"), "valid", "It is of another kind.");
        assertRefused(
                new SpectroPackValidateBuilder("my-pack"),
                forge(ForgedResults.checked(List.of()), "summary", null),
                "This is not how a check ended.");
    }

    @Test
    void answersWithoutMeasureAreRefused() throws Exception {
        String megabyte = "y".repeat(1024 * 1024);
        assertRefused(
                published(Collections.nCopies(100_000, forge(pack(), "error", megabyte)), List.of()),
                "It holds more than 33,554,432 characters.");
        assertRefused(published(Collections.nCopies(2_000_000, pack()), List.of()), "It names 2000000 things");
        assertRefused(published(List.of(pack()), Collections.nCopies(2_000_000, finding())), "It names 2000000 things");
    }

    @Test
    void textsOfAnAnswerAreHarmlessOnPagesAndInTheFile() throws Exception {
        String huge = HOSTILE + "y".repeat(5_000_000);
        PublishedPack odd = forge(pack(), "repository", "elsewhere");
        for (String field :
                List.of("folder", "version", "digest", "archiveDigest", "replacedDigest", "source", "error")) {
            forge(odd, field, huge);
        }
        forge(odd, "archiveSize", -5L);
        List<PackFinding> findings = List.of(forge(forge(finding(), "message", huge), "file", huge));

        FreeStyleBuild build = build(
                publishing(), published(List.of(odd, failed(huge, huge)), findings), progress -> {}, Result.FAILURE);

        jenkins.assertLogContains("x\\u000A[Pipeline] // node\\u000AFinished: SUCCESS\\u001B[8m", build);
        assertThat(build.getRootDir().toPath().resolve("build.xml").toFile().length())
                .isLessThan(200_000);
        assertThat(packsOf(build)).isEqualTo(2);
    }

    @Test
    void manyPacksAndFindingsAreKeptUpToALimit() throws Exception {
        List<PublishedPack> packs =
                IntStream.range(0, 12_000).mapToObj(i -> pack("pack-" + i)).toList();

        FreeStyleBuild build = build(
                publishing(), published(packs, Collections.nCopies(1_000, finding())), progress -> {}, Result.SUCCESS);

        assertThat(build.getRootDir().toPath().resolve("build.xml").toFile().length())
                .isLessThan(6_000_000);
        assertThat(packsOf(build)).isEqualTo(10_000);
    }

    @Test
    void whatIsToldOnTheWayIsCheckedToo() throws Exception {
        Consumer<WorkProgress> tells = progress -> {
            progress.begins(Integer.MIN_VALUE);
            progress.ended(null);
            progress.retired(null);
            try {
                progress.ended(forge(pack(), "version", null));
                PublishedPack huge = forge(pack(), "source", HOSTILE + "y".repeat(1_000_000));
                for (int i = 0; i < 50_000; i++) {
                    progress.ended(forge(huge, "name", "sample-" + i));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        };

        FreeStyleBuild build = build(publishing(), "lost", tells, Result.FAILURE);

        jenkins.assertLogContains(REFUSED + "It is of another kind.", build);
        assertThat(build.getRootDir().toPath().resolve("build.xml").toFile().length())
                .isLessThan(40_000_000);
    }
}
