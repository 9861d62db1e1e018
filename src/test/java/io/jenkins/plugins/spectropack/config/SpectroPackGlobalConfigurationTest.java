package io.jenkins.plugins.spectropack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.Util;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import io.jenkins.plugins.casc.model.CNode;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.Test;

/** Defaults for all jobs: as code, in the form, and across restarts. */
@WithJenkinsConfiguredWithCode
class SpectroPackGlobalConfigurationTest {

    @Test
    @ConfiguredWithCode("configuration-as-code.yaml")
    void isReadFromCodeAndWrittenAsCode(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        SpectroPackGlobalConfiguration defaults = SpectroPackGlobalConfiguration.get();
        EcrRegistry registry = (EcrRegistry) defaults.getRegistry();
        assertThat(registry.getRepositoryName()).isEqualTo("spectro-oci-registry");
        assertThat(registry.getRegion()).isEqualTo("us-east-1");
        assertThat(registry.getCredentialsId()).isEqualTo("aws-packs");
        assertThat(registry.getRepositorySettings().isImmutableTags()).isTrue();
        assertThat(defaults.getIfExists()).isEqualTo("SKIP");

        CNode exported = Util.getUnclassifiedRoot(new ConfigurationContext(ConfiguratorRegistry.get()))
                .get("spectroPack");
        assertThat(Util.toYamlString(exported)).isEqualTo("""
                        ifExists: "SKIP"
                        registry:
                          ecr:
                            credentialsId: "aws-packs"
                            region: "us-east-1"
                            repositoryName: "spectro-oci-registry"
                            repositorySettings:
                              immutableTags: true
                        """);
    }

    @Test
    @ConfiguredWithCode("basic-registry.yaml")
    void registryWithUserNameAndPasswordIsReadFromCodeAndWrittenAsCode(JenkinsConfiguredWithCodeRule jenkins)
            throws Exception {
        BasicRegistry registry =
                (BasicRegistry) SpectroPackGlobalConfiguration.get().getRegistry();
        assertThat(registry.getUrl()).isEqualTo("https://harbor.example.com");
        assertThat(registry.isCreateBaseArtifact()).isFalse();

        CNode exported = Util.getUnclassifiedRoot(new ConfigurationContext(ConfiguratorRegistry.get()))
                .get("spectroPack");
        assertThat(Util.toYamlString(exported)).contains("""
                        registry:
                          basic:
                            basePath: "spectro-oci-registry"
                            createBaseArtifact: false
                            credentialsId: "harbor"
                            url: "https://harbor.example.com"
                        """);
    }

    @Test
    @ConfiguredWithCode("palette.yaml")
    void paletteIsReadFromCodeAndWrittenAsCodeAndKeptByTheForm(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        SpectroPackGlobalConfiguration defaults = SpectroPackGlobalConfiguration.get();
        PaletteSettings palette = defaults.getPalette();
        assertThat(palette.getRegistryName()).isEqualTo("my-ecr");
        assertThat(palette.getCredentialsId()).isEqualTo("palette-api-key");
        assertThat(palette.getUrl()).isEqualTo("https://api.spectrocloud.com");
        assertThat(palette.getTimeoutMinutes()).isEqualTo(20);

        CNode exported = Util.getUnclassifiedRoot(new ConfigurationContext(ConfiguratorRegistry.get()))
                .get("spectroPack");
        assertThat(Util.toYamlString(exported)).isEqualTo("""
                        palette:
                          credentialsId: "palette-api-key"
                          register:
                            ecrRole:
                              arn: "arn:aws:iam::123456789012:role/palette"
                              externalId: "5f0a"
                          registryName: "my-ecr"
                          timeoutMinutes: 20
                        """);

        palette.setUrl("https://palette.example.com");
        palette.setProjectUid("5f0a");
        palette.setWait(false);
        palette.setAlwaysSync(true);
        palette.setOnFailure("FAILURE");
        palette.setRegister(new KeysReader("aws-reader"));
        palette.setCaCertificate("-----BEGIN CERTIFICATE-----");
        defaults.setPalette(palette);
        jenkins.configRoundtrip();
        assertThat(defaults.getPalette()).isNotSameAs(palette);
        jenkins.assertEqualDataBoundBeans(palette, defaults.getPalette());
        jenkins.assertEqualDataBoundBeans(palette, new SpectroPackGlobalConfiguration().getPalette());

        HtmlForm form = jenkins.createWebClient().goTo("configure").getFormByName("config");
        form.getInputByName("_.palette").click();
        jenkins.submit(form);
        assertThat(defaults.getPalette()).isNull();
        assertThat(new SpectroPackGlobalConfiguration().getPalette()).isNull();
    }

    @Test
    void formKeepsEveryValue(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        SpectroPackGlobalConfiguration defaults = SpectroPackGlobalConfiguration.get();
        jenkins.configRoundtrip();
        assertThat(defaults.getRegistry()).isNull();
        assertThat(defaults.getPalette()).isNull();
        assertThat(Defaults.ifExists(null).name()).isEqualTo("FAIL");

        EcrRegistry registry = new EcrRegistry("acme", "eu-west-1");
        registry.setAccountId("123456789012");
        defaults.setRegistry(registry);
        defaults.setIfExists("OVERWRITE");
        jenkins.configRoundtrip();

        jenkins.assertEqualDataBoundBeans(registry, defaults.getRegistry());
        assertThat(defaults.getIfExists()).isEqualTo("OVERWRITE");
        SpectroPackGlobalConfiguration loaded = new SpectroPackGlobalConfiguration();
        jenkins.assertEqualDataBoundBeans(registry, loaded.getRegistry());
        assertThat(loaded.getIfExists()).isEqualTo("OVERWRITE");
        assertThatThrownBy(() -> defaults.setIfExists("maybe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ifExists is 'MAYBE', but must be one of FAIL, OVERWRITE, SKIP.");
    }
}
