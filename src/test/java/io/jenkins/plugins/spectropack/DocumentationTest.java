package io.jenkins.plugins.spectropack;

import static io.jenkins.plugins.spectropack.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.PublishFixture.PALETTE_KEY;
import static io.jenkins.plugins.spectropack.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.PublishFixture.addPaletteKey;
import static io.jenkins.plugins.spectropack.PublishFixture.hasty;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Slave;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.spectropack.pack.SamplePacks;
import io.jenkins.plugins.spectropack.publish.PublishedPack;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteRegistryDouble;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What README and docs say is true: every example runs, every parameter is there and no other. */
@WithJenkins
class DocumentationTest {

    private static final List<Path> TEXTS = List.of(Path.of("README.md"), Path.of("docs/user-guide.md"));

    @Test
    void everyExampleRuns(JenkinsRule jenkins) throws Exception {
        try (EcrSandbox sandbox = EcrSandbox.builder().start();
                PaletteSandbox palette = PaletteSandbox.start()) {
            PaletteRegistryDouble registry = palette.addRegistry("my-ecr", sandbox, "spectro-oci-registry");
            addPaletteKey(jenkins.jenkins, PALETTE_KEY, palette.apiKey());
            addCredential(jenkins.jenkins, CREDENTIAL, sandbox);
            EnvVars environment = hasty();
            environment.put("AWS_ENDPOINT_URL_ECR", sandbox.endpoint().toString());
            Slave agent = jenkins.createOnlineSlave(null, environment);
            jenkins.jenkins.setNumExecutors(0);
            for (String example : examples("yaml")) {
                ConfigurationAsCode.get()
                        .configureWith(YamlSource.of(new ByteArrayInputStream(
                                pointTo(palette, example).getBytes(StandardCharsets.UTF_8))));
            }
            for (String example : examples("groovy")) {
                if (example.startsWith("job(")) {
                    seed(jenkins, example);
                } else {
                    run(jenkins, agent, pointTo(palette, example));
                }
            }
            assertThat(sandbox.tags("spectro-oci-registry/spectro-packs/archive/my-pack"))
                    .containsKey("1.0.0");
            assertThat(registry.syncs()).isPositive();
            assertThat(palette.requests().all()).extracting(Request::status).containsOnly(200, 202);
        }
    }

    /** An example that names no Palette means the service of Spectro Cloud, which no test asks. */
    private static String pointTo(PaletteSandbox palette, String example) {
        return example.replaceAll("credentialsId: 'palette-api-key'", "$0, url: '" + palette.uri() + "'")
                .replaceAll("credentialsId: palette-api-key", "$0\n      url: " + palette.uri());
    }

    private static List<String> examples(String language) throws IOException {
        List<String> examples = new ArrayList<>();
        for (Path text : TEXTS) {
            Matcher matcher = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(text));
            while (matcher.find()) {
                examples.add(matcher.group(1));
            }
        }
        assertThat(examples).isNotEmpty();
        return examples;
    }

    private static void seed(JenkinsRule jenkins, String example) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        seed.setAssignedNode(jenkins.jenkins);
        jenkins.jenkins.setNumExecutors(1);
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(example);
        seed.getBuildersList().add(dsl);
        jenkins.buildAndAssertSuccess(seed);
        jenkins.jenkins.setNumExecutors(0);
        assertThat(jenkins.jenkins
                        .getItemByFullName("publish-packs", FreeStyleProject.class)
                        .getBuildersList()
                        .get(SpectroPackBuilder.class))
                .isNotNull();
    }

    private static void run(JenkinsRule jenkins, Slave agent, String example) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(example, true));
        Path workspace = Path.of(agent.getWorkspaceFor(job).getRemote());
        for (String folder : new String[] {"my-pack", "packs/my-pack", "packs/other"}) {
            SamplePacks.write(workspace.resolve(folder), folder.replace("packs/", ""), "1.0.0");
        }
        jenkins.buildAndAssertSuccess(job);
    }

    @Test
    void referenceListsTheParametersThatThereAre(JenkinsRule jenkins) throws Exception {
        String text = Files.readString(Path.of("docs/pipeline.md"));
        assertThat(documented(text, "publishSpectroPack", "parameter"))
                .isEqualTo(parameters(PublishSpectroPackStep.class));
        assertThat(documented(text, "publishSpectroPack", "parameter")).isEqualTo(parameters(SpectroPackBuilder.class));
        assertThat(documented(text, "ecr", "parameter")).isEqualTo(parameters(EcrRegistry.class));
        assertThat(documented(text, "basic", "parameter")).isEqualTo(parameters(BasicRegistry.class));
        assertThat(documented(text, "palette", "parameter")).isEqualTo(parameters(PaletteSettings.class));
        assertThat(documented(text, "repositorySettings", "parameter"))
                .isEqualTo(parameters(EcrRepositorySettings.class));
        assertThat(documented(text, "publishSpectroPack", "property"))
                .isEqualTo(Arrays.stream(PublishedPack.class.getMethods())
                        .map(Method::getName)
                        .filter(name -> name.startsWith("get") && !name.equals("getClass"))
                        .map(name -> Character.toLowerCase(name.charAt(3)) + name.substring(4))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyFieldOfEveryFormHasHelp(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        for (Class<?> type : List.of(
                PublishSpectroPackStep.class,
                SpectroPackBuilder.class,
                EcrRegistry.class,
                EcrRepositorySettings.class,
                BasicRegistry.class,
                PaletteSettings.class)) {
            Descriptor<?> descriptor = jenkins.jenkins.getDescriptor(type.asSubclass(Describable.class));
            for (String parameter : parameters(type)) {
                String file = client.executeOnServer(() -> descriptor.getHelpFile(parameter));
                assertThat(file).as(type.getSimpleName() + "." + parameter).isNotNull();
                assertThat(client.goTo(file.substring(1), "text/html")
                                .getWebResponse()
                                .getContentAsString())
                        .contains("<div>");
            }
        }
    }

    private static Set<String> parameters(Class<?> type) {
        return DescribableModel.of(type).getParameters().stream()
                .map(DescribableParameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first column of the table that begins with a heading, in a section of the reference. */
    private static Set<String> documented(String text, String section, String heading) {
        String part = text.substring(text.indexOf("\n## " + section + "\n") + 1);
        int end = part.indexOf("\n## ");
        part = end < 0 ? part : part.substring(0, end);
        Set<String> names = new TreeSet<>();
        boolean inside = false;
        for (String line : part.lines().toList()) {
            if (line.startsWith("| " + heading + " |")) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside) {
                Matcher name = Pattern.compile("`(\\w+)`").matcher(line.split("\\|")[1]);
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
        }
        return names;
    }
}
