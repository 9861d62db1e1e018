package io.jenkins.plugins.spectropack;

import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Descriptor.FormException;
import hudson.model.ModelObject;
import hudson.model.Slave;
import hudson.util.Secret;
import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What tests in a real Jenkins have in common. */
final class PublishFixture {

    static final String CREDENTIAL = "aws-packs";
    static final String PALETTE_KEY = "palette-api-key";
    static final String PALETTE_REGISTRY = "my-ecr";
    static final String REPOSITORY = "acme/spectro-packs/archive/sample";

    private static final int LOOKS = 20;

    private PublishFixture() {}

    static AWSCredentialsImpl credential(String id, EcrSandbox sandbox) throws FormException {
        return new AWSCredentialsImpl(
                CredentialsScope.GLOBAL, id, sandbox.accessKeyId(), sandbox.secretAccessKey(), "for tests");
    }

    static void addCredential(ModelObject where, String id, EcrSandbox sandbox) throws IOException, FormException {
        CredentialsStore store =
                CredentialsProvider.lookupStores(where).iterator().next();
        store.addCredentials(Domain.global(), credential(id, sandbox));
    }

    /** The registry in a Pipeline. */
    static String ecr(EcrSandbox sandbox, String... more) {
        return "ecr(repositoryName: 'acme', region: 'us-east-1', credentialsId: '" + CREDENTIAL + "', endpoint: '"
                + sandbox.endpoint() + "'"
                + String.join("", Stream.of(more).map(text -> ", " + text).toList()) + ")";
    }

    static EcrRegistry registry(EcrSandbox sandbox) {
        EcrRegistry registry = new EcrRegistry("acme", "us-east-1");
        registry.setCredentialsId(CREDENTIAL);
        registry.setEndpoint(sandbox.endpoint().toString());
        return registry;
    }

    /** A secret text that holds an API key. */
    static void addPaletteKey(ModelObject where, String id, String apiKey) throws IOException {
        CredentialsStore store =
                CredentialsProvider.lookupStores(where).iterator().next();
        store.addCredentials(
                Domain.global(),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "for tests", Secret.fromString(apiKey)));
    }

    /** Palette in a Pipeline. */
    static String palette(PaletteSandbox sandbox, String... more) {
        return "palette(registryName: '" + PALETTE_REGISTRY + "', credentialsId: '" + PALETTE_KEY + "', url: '"
                + sandbox.uri() + "'"
                + String.join("", Stream.of(more).map(text -> ", " + text).toList()) + ")";
    }

    static PaletteSettings settings(PaletteSandbox sandbox) {
        PaletteSettings settings = new PaletteSettings(PALETTE_REGISTRY, PALETTE_KEY);
        settings.setUrl(sandbox.uri().toString());
        return settings;
    }

    /** An agent that asks again after milliseconds where others wait for seconds. */
    static Slave hastyAgent(JenkinsRule jenkins) throws Exception {
        return jenkins.createOnlineSlave(null, hasty());
    }

    /** The environment of such an agent. */
    static EnvVars hasty() {
        Limits limits = new Limits(
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                3,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMinutes(1),
                Duration.ofMillis(20));
        return new EnvVars("JAVA_TOOL_OPTIONS", "-D" + Limits.PROPERTY + "=" + limits.toProperty());
    }

    /** Pipeline steps that write a pack. */
    static String writePack(String folder, String name, String version) {
        return "writeFile file: '" + folder + "/pack.json', text: '''" + SamplePacks.packJson(name, version) + "'''\n"
                + "writeFile file: '" + folder + "/values.yaml', text: 'pack: {}'\n"
                + "writeFile file: '" + folder + "/manifests/config.yaml', text: 'kind: ConfigMap'\n";
    }

    static void writePack(FilePath folder, String name, String version) throws IOException, InterruptedException {
        folder.child("pack.json").write(SamplePacks.packJson(name, version), "UTF-8");
        folder.child("values.yaml").write("pack: {}\n", "UTF-8");
        folder.child("manifests/config.yaml").write("kind: ConfigMap\n", "UTF-8");
    }

    static WorkflowJob pipeline(JenkinsRule jenkins, String script) throws IOException, FormException {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    static List<String> log(WorkflowRun run) throws IOException {
        return run.getLog(Integer.MAX_VALUE);
    }

    /** What made steps of a run yellow. */
    static List<WarningAction> warnings(WorkflowRun run) {
        return new DepthFirstScanner()
                .allNodes(run.getExecution()).stream()
                        .map(node -> node.getPersistentAction(WarningAction.class))
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Web methods of a descriptor, by the end of their names, that a link must not be able to call. */
    static void assertTakePostOnly(JenkinsRule jenkins, Class<?> described, String... methods) throws Exception {
        String base = jenkins.getURL() + "descriptorByName/" + described.getName() + "/";
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        for (String method : methods) {
            URL url = new URL(base + method);
            assertThat(client.getPage(new WebRequest(url, HttpMethod.GET))
                            .getWebResponse()
                            .getStatusCode())
                    .as("GET " + method)
                    .isEqualTo(404);
            assertThat(client.getPage(client.addCrumb(new WebRequest(url, HttpMethod.POST)))
                            .getWebResponse()
                            .getStatusCode())
                    .as("POST " + method)
                    .isEqualTo(200);
        }
    }

    /** Looks through all files below a folder for texts that must be nowhere. */
    static void assertNowhereBelow(Path folder, List<String> secrets) throws IOException {
        // Jenkins goes on writing, each file under another name at first; a look counts if nothing vanished meanwhile.
        for (int look = 1; ; look++) {
            try {
                lookThrough(folder, secrets);
                return;
            } catch (NoSuchFileException | UncheckedIOException e) {
                if (look == LOOKS) {
                    throw e;
                }
            }
        }
    }

    private static void lookThrough(Path folder, List<String> secrets) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (String secret : secrets) {
                    assertThat(content.contains(secret)).as(file.toString()).isFalse();
                }
            }
        }
    }
}
