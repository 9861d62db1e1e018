package io.jenkins.plugins.spectropack.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.NoPalette;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import io.jenkins.plugins.spectropack.config.RoleReader;
import java.util.List;
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
                      palette {
                        palette {
                          registryName('my-ecr')
                          credentialsId('palette-api-key')
                          onFailure('FAILURE')
                          register {
                            ecrRole {
                              arn('arn:aws:iam::123456789012:role/palette')
                              externalId('5f0a')
                            }
                          }
                        }
                      }
                      ifExists('SKIP')
                    }
                    spectroPackBuilder {
                      packs('other')
                      palette {
                        noPalette()
                      }
                    }
                  }
                }
                """);
        seed.getBuildersList().add(dsl);

        jenkins.buildAndAssertSuccess(seed);

        List<SpectroPackBuilder> builders = jenkins.jenkins
                .getItemByFullName("publish-packs", FreeStyleProject.class)
                .getBuildersList()
                .getAll(SpectroPackBuilder.class);
        SpectroPackBuilder builder = builders.get(0);
        SpectroPackBuilder expected = new SpectroPackBuilder("packs/*");
        EcrRegistry registry = new EcrRegistry("spectro-oci-registry", "us-east-1");
        registry.setCredentialsId("aws-packs");
        expected.setRegistry(registry);
        PaletteSettings palette = new PaletteSettings("my-ecr", "palette-api-key");
        palette.setOnFailure("FAILURE");
        palette.setRegister(new RoleReader("arn:aws:iam::123456789012:role/palette", "5f0a"));
        expected.setPalette(palette);
        expected.setIfExists("SKIP");
        jenkins.assertEqualDataBoundBeans(expected, builder);
        assertThat(builder.getIfExists()).isEqualTo("SKIP");
        assertThat(builders.get(1).getPalette()).isInstanceOf(NoPalette.class);
    }
}
