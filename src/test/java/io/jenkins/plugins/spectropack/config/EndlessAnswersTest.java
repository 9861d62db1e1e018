package io.jenkins.plugins.spectropack.config;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Slave;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.EndlessServer;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Servers whose answer has a head or a body without an end, as the controller's and an agent's HTTP client meets them. */
@WithJenkins
class EndlessAnswersTest {

    private static final String HEADER = "HTTP/1.1 200 OK\r\nX-Endless: ";
    private static final String TOO_LONG =
            "(the head of the answer has more than 200 lines, or one of more than 32768 characters)";
    private static final int CHUNK = 64 * 1024;

    /** What the systems on both sides keep of it on the way counts, too. */
    private static final long ENOUGH = 32L * 1024 * 1024;

    private JenkinsRule jenkins;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        addCredential(rule.jenkins, CREDENTIAL, sandbox);
    }

    private FormValidation testEcr(EndlessServer server) throws Exception {
        return jenkins.jenkins
                .getDescriptorByType(EcrRegistry.DescriptorImpl.class)
                .doTestConnection(
                        null,
                        "acme",
                        "us-east-1",
                        CREDENTIAL,
                        "",
                        "",
                        "",
                        server.uri().toString());
    }

    private static void assertCut(FormValidation said, EndlessServer server, String why) {
        assertThat(said.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(said.getMessage())
                .contains("the connection to " + server.uri().getAuthority() + " failed " + why);
        assertThat(server.taken()).isLessThan(ENOUGH);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\\r\\nX-Endless: ', a",
        "'HTTP/1.1 200 ', a",
        "'HTTP/1.1 200 OK\\r\\n', 'X-Endless: 1\\r\\n'"
    })
    void testOfAConnectionEndsWhereTheHeadOfAnAnswerDoesNot(String begin, String again) throws Exception {
        try (EndlessServer server = EndlessServer.start(begin, again.repeat(CHUNK / again.length()))) {
            assertCut(testEcr(server), server, TOO_LONG);
        }
    }

    @Test
    void testOfAConnectionEndsWhereTheBodyDoesNot() throws Exception {
        try (EndlessServer server = EndlessServer.start("HTTP/1.1 200 OK\r\n\r\n", " ".repeat(CHUNK))) {
            assertCut(testEcr(server), server, "(the answer is longer than 4194304 bytes)");
        }
    }

    @Test
    void testOfAConnectionToAnyRegistryOrToPaletteEndsLikewise(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.create(folder);
        String trusted = Files.readString(certificate.certificate());
        try (EndlessServer server = EndlessServer.start(certificate.serverContext(), HEADER, "a".repeat(CHUNK))) {
            assertCut(
                    jenkins.jenkins
                            .getDescriptorByType(BasicRegistry.DescriptorImpl.class)
                            .doTestConnection(null, server.uri().toString(), "acme", "", trusted, false),
                    server,
                    TOO_LONG);
            PublishFixture.addPaletteKey(jenkins.jenkins, PublishFixture.PALETTE_KEY, "key");
            assertCut(
                    jenkins.jenkins
                            .getDescriptorByType(PaletteSettings.DescriptorImpl.class)
                            .doTestConnection(
                                    null,
                                    server.uri().toString(),
                                    PublishFixture.PALETTE_KEY,
                                    PublishFixture.PALETTE_REGISTRY,
                                    "",
                                    trusted,
                                    "",
                                    "",
                                    ""),
                    server,
                    TOO_LONG);
        }
    }

    @Test
    void stepOnAnAgentWithLittleMemoryEndsAndTheAgentStays() throws Exception {
        EnvVars hasty = PublishFixture.hasty();
        hasty.put("JAVA_TOOL_OPTIONS", hasty.get("JAVA_TOOL_OPTIONS") + " -Xmx128m");
        Slave agent = jenkins.createOnlineSlave(null, hasty);
        try (EndlessServer server = EndlessServer.start(HEADER, "a".repeat(CHUNK))) {
            WorkflowRun run = jenkins.buildAndAssertStatus(
                    Result.FAILURE,
                    pipeline(
                            jenkins,
                            "node('" + agent.getNodeName() + "') {\n" + writePack("my-pack", "sample", "1.0.0")
                                    + "publishSpectroPack(packs: 'my-pack', registry: ecr(repositoryName: 'acme',"
                                    + " region: 'us-east-1', credentialsId: '" + CREDENTIAL + "', endpoint: '"
                                    + server.uri() + "'))\n}"));

            jenkins.assertLogContains(
                    "ERROR: GetAuthorizationToken failed: the connection to "
                            + server.uri().getAuthority() + " failed " + TOO_LONG + ".",
                    run);
            jenkins.assertLogNotContains("\tat ", run);
            assertThat(server.taken()).isLessThan(ENOUGH);
            assertThat(agent.toComputer().isOnline()).isTrue();
        }
    }
}
