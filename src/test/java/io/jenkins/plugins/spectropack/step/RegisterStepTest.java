package io.jenkins.plugins.spectropack.step;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.PALETTE_KEY;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.ecr;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.hastyAgent;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.palette;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.pipeline;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.ProxyConfiguration;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.spectropack.fixture.PublishFixture;
import io.jenkins.plugins.spectropack.fixture.RoleCredential;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Pipeline step where Palette does not have the registry yet. The contract with Palette is held. */
@WithJenkins
class RegisterStepTest {

    private static final String PACK = writePack("my-pack", "sample", "1.0.0");

    private JenkinsRule jenkins;
    private EcrSandbox ecr;
    private PaletteSandbox palette;
    private Slave agent;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        ecr = EcrSandbox.builder().start();
        palette = PaletteSandbox.start();
        palette.reaches(ecr);
        agent = hastyAgent(rule);
        addPaletteKey(rule.jenkins, PALETTE_KEY, palette.apiKey());
        addCredential(rule.jenkins, CREDENTIAL, ecr);
    }

    @AfterEach
    void stop() {
        palette.close();
        ecr.close();
    }

    private WorkflowRun onAgent(Result expected, String script) throws Exception {
        WorkflowJob job = pipeline(jenkins, "node('" + agent.getNodeName() + "') {\n" + PACK + script + "\n}");
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private String publish(String registry, String palette) {
        return "publishSpectroPack(packs: 'my-pack', registry: " + registry + ", palette: " + palette + ")\n";
    }

    @Test
    void keysForPaletteAreInNoFileNoLogAndNoCommandLineAndTheirUseIsTracked() throws Exception {
        addCredential(jenkins.jenkins, "aws-reader", ecr);
        palette.fault(
                1,
                PaletteSandbox.validatesRegistry(),
                Fault.paletteError(503, "Unavailable", "no use for " + ecr.secretAccessKey()));
        String script = publish(ecr(ecr), palette(palette, "register: keys('aws-reader')"));

        WorkflowRun run = onAgent(Result.SUCCESS, script);

        jenkins.assertLogContains("no use for [secret]", run);
        jenkins.assertLogContains(
                "registry 'my-ecr' was not there, and was added. It reads " + ecr.registryHost() + "/acme.", run);
        jenkins.assertLogContains("sample:1.0.0: LISTED in Palette, registry 'my-ecr'.", run);
        List<String> secrets = List.of(ecr.secretAccessKey(), palette.apiKey());
        assertThat(PublishFixture.log(run)).noneMatch(line -> secrets.stream().anyMatch(line::contains));
        PublishFixture.assertNowhereBelow(jenkins.jenkins.getRootDir().toPath(), secrets);
        PublishFixture.assertNowhereBelow(Path.of(agent.getRemoteFS()), secrets);
        assertThat(commandLines())
                .isNotEmpty()
                .noneMatch(line -> secrets.stream().anyMatch(line::contains));
        assertThat(CredentialsProvider.getFingerprintOf(
                        CredentialsProvider.findCredentialById("aws-reader", AmazonWebServicesCredentials.class, run)))
                .isNotNull();
        palette.requests().clear();

        jenkins.assertLogContains("sample:1.0.0: LISTED", onAgent(Result.SUCCESS, script));

        assertThat(palette.requests().all()).extracting(Request::method).containsOnly("GET");
    }

    /** How every process of this machine was started, as everybody can see it. */
    private static List<String> commandLines() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.resolve("cmdline"))
                    .filter(Files::isReadable)
                    .map(RegisterStepTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // The process has ended meanwhile.
            return "";
        }
    }

    @Test
    void otherRegistryIsAddedWithALoginAndItsCertificateToAPaletteWithOneOfItsOwn(@TempDir Path folder)
            throws Exception {
        URI address = URI.create("https://harbor.example.com");
        TestCertificate certificate = TestCertificate.create(folder, address.getHost());
        TestCertificate ofPalette =
                TestCertificate.create(Files.createDirectory(folder.resolve("palette")), "127.0.0.1");
        String pem = Files.readString(certificate.certificate());
        try (OciSandbox harbor = OciSandbox.start(OciBehaviour.HARBOR, certificate.serverContext(), address);
                TunnelProxy proxy = TunnelProxy.to(harbor.uri());
                PaletteSandbox own = PaletteSandbox.start(ofPalette.serverContext())) {
            harbor.addProject("acme");
            own.reaches(harbor, address, pem);
            addPaletteKey(jenkins.jenkins, "own-key", own.apiKey());
            SystemCredentialsProvider.getInstance()
                    .getCredentials()
                    .add(new UsernamePasswordCredentialsImpl(
                            CredentialsScope.GLOBAL, "harbor", "", harbor.username(), harbor.password()));
            jenkins.jenkins.setProxy(
                    new ProxyConfiguration("127.0.0.1", proxy.uri().getPort()));
            String registry = "basic(url: '" + address
                    + "', basePath: 'acme', credentialsId: 'harbor', caCertificate: '''" + pem + "''')";
            String asked = "palette(registryName: 'harbor', credentialsId: 'own-key', url: '" + own.uri()
                    + "', register: login('harbor')";

            WorkflowRun run = onAgent(
                    Result.UNSTABLE,
                    publish(registry, asked + ")")
                            + publish(
                                    registry,
                                    asked + ", caCertificate: '''" + Files.readString(ofPalette.certificate())
                                            + "''')"));

            jenkins.assertLogContains(
                    "Check that the certificate is one that this machine's Java trusts, or give that of its CA as caCertificate.",
                    run);
            jenkins.assertLogContains("was added. It reads harbor.example.com/acme.", run);
            jenkins.assertLogContains("sample:1.0.0: LISTED in Palette, registry 'harbor'.", run);
            assertThat(PublishFixture.log(run)).noneMatch(line -> line.contains(harbor.password()));
            PublishFixture.assertNowhereBelow(run.getRootDir().toPath(), List.of(harbor.password()));
        }
    }

    @Test
    void whatCannotBeRegisteredIsTold() throws Exception {
        try (EcrSandbox other = EcrSandbox.builder().requireSessionToken().start()) {
            SystemCredentialsProvider.getInstance().getCredentials().add(new RoleCredential("session", other));
        }
        String role = "register: ecrRole(arn: 'arn:aws:iam::" + ecr.accountId() + ":role/palette', externalId: '%s')";
        String basic = "basic(url: '" + ecr.registry() + "', basePath: 'acme')";

        WorkflowRun run = onAgent(
                Result.UNSTABLE,
                attempt(publish(ecr(ecr), palette(palette, "register: keys('unknown')")))
                        + attempt(publish(ecr(ecr), palette(palette, "register: keys('')")))
                        + attempt(publish(ecr(ecr), palette(palette, "register: login('')")))
                        + attempt(publish(ecr(ecr), palette(palette, "register: keys('session')")))
                        + attempt(publish(ecr(ecr), palette(palette, "register: ecrRole(arn: 'x', externalId: 'y')")))
                        + attempt(publish(basic, palette(palette, role.formatted(palette.externalId()))))
                        + "echo 'nothing was sent'\n"
                        + publish(ecr(ecr), palette(palette, role.formatted("wrong"))));

        assertThat(PublishFixture.log(run))
                .filteredOn(line -> line.startsWith("caught ") || line.contains("makes the build unstable"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("caught The AWS credential 'unknown' was not found"),
                        line -> assertThat(line)
                                .startsWith("caught The AWS credential that Palette shall read with is"),
                        line -> assertThat(line)
                                .startsWith("caught The login that Palette shall read with is missing."),
                        line -> assertThat(line)
                                .startsWith("caught The AWS credential 'session' gives no keys that last"),
                        line -> assertThat(line).startsWith("caught The ARN of the role that Palette reads with is"),
                        line -> assertThat(line)
                                .startsWith("caught Palette reads AWS ECR only with a role or AWS keys")
                                .endsWith("Give user name and password: register: login(...)."),
                        line -> assertThat(line)
                                .startsWith("Validating registry 'my-ecr' in Palette failed: " + palette.host()
                                        + " answered 400 RegistryValidationFailed to POST: The registry has no role that"
                                        + " may be assumed.")
                                .contains("What was published stays published."));
        assertThat(palette.registries()).isEmpty();

        palette.addRegistry("my-ecr", "other.example.com", "elsewhere");
        WorkflowRun there =
                onAgent(Result.UNSTABLE, publish(ecr(ecr), palette(palette, role.formatted(palette.externalId()))));

        jenkins.assertLogContains(
                "Registry 'my-ecr' in Palette reads other.example.com/elsewhere, but the packs were pushed to "
                        + ecr.registryHost() + "/acme.",
                there);
        assertThat(palette.requests().count(PaletteSandbox.addsRegistry())).isZero();
    }

    private static String attempt(String step) {
        return "try { " + step + "; echo 'caught nothing' } catch (e) { echo \"caught ${e.message}\" }\n";
    }
}
