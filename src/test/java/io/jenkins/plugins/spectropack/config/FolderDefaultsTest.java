package io.jenkins.plugins.spectropack.config;

import static io.jenkins.plugins.spectropack.fixture.PublishFixture.CREDENTIAL;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.addCredential;
import static io.jenkins.plugins.spectropack.fixture.PublishFixture.writePack;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a folder says for its jobs: the nearest counts, each setting by itself, with credentials of that folder. */
@WithJenkins
class FolderDefaultsTest {

    private static JenkinsRule jenkins;
    private static EcrSandbox sandbox;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        sandbox = EcrSandbox.builder().start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static SpectroPackFolderProperty defaults(String repositoryName, String ifExists) throws Exception {
        SpectroPackFolderProperty property = new SpectroPackFolderProperty();
        if (repositoryName != null) {
            EcrRegistry registry = new EcrRegistry(repositoryName, "us-east-1");
            registry.setCredentialsId(CREDENTIAL);
            registry.setEndpoint(sandbox.endpoint().toString());
            property.setRegistry(registry);
        }
        property.setIfExists(ifExists);
        return property;
    }

    private static WorkflowJob job(Folder folder, String name) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "node {\n" + writePack("my-pack", "sample", "1.0.0")
                        + "writeFile file: 'my-pack/values.yaml', text: \"pack: {}\\n# ${env.BUILD_NUMBER}\"\n"
                        + "publishSpectroPack 'my-pack'\n}",
                true));
        return job;
    }

    @Test
    void nearestFolderCountsForEachSettingAndItsCredentialIsFound() throws Exception {
        SpectroPackGlobalConfiguration.get().setRegistry(new EcrRegistry("of-jenkins", "us-east-1"));
        SpectroPackGlobalConfiguration.get().setIfExists("FAIL");
        Folder outer = jenkins.createProject(Folder.class, "outer");
        outer.addProperty(defaults("of-outer", "OVERWRITE"));
        addCredential(outer, CREDENTIAL, sandbox);
        Folder inner = outer.createProject(Folder.class, "inner");
        Folder innermost = inner.createProject(Folder.class, "innermost");
        innermost.addProperty(defaults("of-innermost", null));

        WorkflowJob far = job(inner, "far");
        WorkflowJob near = job(innermost, "near");
        jenkins.buildAndAssertSuccess(far);
        jenkins.buildAndAssertSuccess(near);
        WorkflowRun again = jenkins.buildAndAssertSuccess(near);

        assertThat(sandbox.tags("of-outer/spectro-packs/archive/sample")).containsKey("1.0.0");
        assertThat(sandbox.tags("of-innermost/spectro-packs/archive/sample")).containsKey("1.0.0");
        jenkins.assertLogContains("sample:1.0.0: OVERWRITTEN", again);
        assertThat(sandbox.repository("of-jenkins/spectro-packs/archive")).isEmpty();
    }

    @Test
    void formKeepsWhatAFolderSays() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "in-a-form");
        SpectroPackFolderProperty property = defaults("of-form", "SKIP");
        property.setPalette(new NoPalette());
        folder.addProperty(property);

        JenkinsRule.WebClient client = jenkins.createWebClient();
        jenkins.submit(client.getPage(folder, "configure").getFormByName("config"));

        SpectroPackFolderProperty kept = folder.getProperties().get(SpectroPackFolderProperty.class);
        assertThat(kept.getIfExists()).isEqualTo("SKIP");
        assertThat(kept.getPalette()).isInstanceOf(NoPalette.class);
        jenkins.assertEqualDataBoundBeans(property.getRegistry(), kept.getRegistry());
    }

    @Test
    void jobDslSetsIt() throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText("""
                folder('from-dsl') {
                    properties {
                        spectroPackDefaults {
                            registry {
                                ecr {
                                    repositoryName('of-dsl')
                                    roleArn('arn:aws:iam::123456789012:role/pack-publisher')
                                }
                            }
                            ifExists('SKIP')
                        }
                    }
                }
                """);
        seed.getBuildersList().add(dsl);

        jenkins.buildAndAssertSuccess(seed);

        SpectroPackFolderProperty set = jenkins.jenkins
                .getItemByFullName("from-dsl", Folder.class)
                .getProperties()
                .get(SpectroPackFolderProperty.class);
        assertThat(set.getIfExists()).isEqualTo("SKIP");
        EcrRegistry registry = (EcrRegistry) set.getRegistry();
        assertThat(registry.getRepositoryName()).isEqualTo("of-dsl");
        assertThat(registry.getRoleArn()).isEqualTo("arn:aws:iam::123456789012:role/pack-publisher");
        assertThat(registry.getRegion()).isNull();
    }
}
