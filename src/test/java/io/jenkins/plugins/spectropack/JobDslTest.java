package io.jenkins.plugins.spectropack;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The build step in a job that Job DSL makes. */
@WithJenkins
class JobDslTest {

    @Test
    void seedJobMakesAJobThatPublishes(JenkinsRule jenkins) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText("""
                job('publish-packs') {
                  steps {
                    spectroPackBuilder {
                      packs('packs/*')
                      registry {
                        ecr {
                          repositoryName('spectro-oci-registry')
                          region('us-east-1')
                          credentialsId('aws-packs')
                        }
                      }
                      ifExists('SKIP')
                    }
                  }
                }
                """);
        seed.getBuildersList().add(dsl);

        jenkins.buildAndAssertSuccess(seed);

        SpectroPackBuilder builder = jenkins.jenkins
                .getItemByFullName("publish-packs", FreeStyleProject.class)
                .getBuildersList()
                .get(SpectroPackBuilder.class);
        SpectroPackBuilder expected = new SpectroPackBuilder("packs/*");
        EcrRegistry registry = new EcrRegistry("spectro-oci-registry", "us-east-1");
        registry.setCredentialsId("aws-packs");
        expected.setRegistry(registry);
        expected.setIfExists("SKIP");
        jenkins.assertEqualDataBoundBeans(expected, builder);
        assertThat(builder.getIfExists()).isEqualTo("SKIP");
    }
}
