package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** A registry is one value: wrong ones cannot be made, right ones reach an agent whole, and none shows its login. */
class RegistryTargetTest {

    private static final RegistryCredentials LOGIN = new RegistryCredentials("robot", "hunter2");

    private static EcrTarget.Builder ecr() {
        return EcrTarget.builder(AwsIdentity.of(AwsSessionCredentials.create("AKIDEXAMPLE", "hunter2", "hunter3")))
                .repositoryName(" acme ")
                .region(" eu-west-1 ");
    }

    private static BasicTarget.Builder basic() {
        return BasicTarget.builder()
                .url("https://r.example")
                .basePath("acme")
                .credentials(LOGIN)
                .trust(new TlsTrust("", true));
    }

    @Test
    void travelsToAnAgentAndShowsNoLogin() throws Exception {
        for (RegistryTarget target : List.of(ecr().build(), basic().build())) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(target);
            }
            RegistryTarget copy;
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                copy = (RegistryTarget) in.readObject();
            }

            assertThat(copy.names().pack("my-pack")).isEqualTo("acme/spectro-packs/archive/my-pack");
            assertThat(copy.trust()).isEqualTo(target.trust());
            assertThat(copy.toString())
                    .isEqualTo(target.toString())
                    .contains("acme/spectro-packs/archive")
                    .doesNotContain("hunter", "AKIDEXAMPLE", "robot");
        }
        assertThat(AwsIdentity.ofMachine()).hasToString("AwsIdentity[hidden]");
        assertThat(LOGIN).hasToString("RegistryCredentials[hidden]");
    }

    @Test
    void wrongValuesAreToldWhereTheValueIsMade() {
        assertThatThrownBy(ecr().repositoryName("")::build).hasMessageContaining("The repository name is empty");
        assertThatThrownBy(ecr().region("us")::build).hasMessageContaining("is not the name of an AWS region");
        assertThatThrownBy(ecr().accountId("1")::build).hasMessageContaining("is not an AWS account id");
        assertThatThrownBy(ecr().endpoint("http://r.example")::build).hasMessageContaining("plain HTTP");
        assertThatThrownBy(ecr().repositorySettings(new RepositorySettings(false, false, "x", null, null))::build)
                .hasMessageContaining("KMS key");
        assertThatThrownBy(basic().url("http://r.example")::build).hasMessageContaining("plain HTTP");
        assertThatThrownBy(basic().basePath("A")::build).hasMessageContaining("base path 'A'");
        assertThatThrownBy(basic().trust(new TlsTrust("x", false))::build).hasMessageContaining("not one in PEM");
        assertThatThrownBy(basic().credentials(null)::build).hasMessageContaining("needs a user name and a password");
        assertThat(basic().url("http://127.0.0.1:5000")
                        .credentials(null)
                        .build()
                        .names())
                .hasToString("acme/spectro-packs/archive");
    }

    @ParameterizedTest
    @CsvSource({
        "v*, v1, true",
        "v*, w1, false",
        "*, anything, true",
        "a*b*c, a--b--c, true",
        "a*b*c, a--c--b, false",
        "ab*ba, aba, false",
        "1.0, 1.0, true",
        "1.0, 1x0, false",
        "*-rc, 1.0-rc, true"
    })
    void starsOfAFilterStandForAnyCharacters(String filter, String tag, boolean matches) {
        assertThat(EcrProvisioner.matches(filter, tag)).isEqualTo(matches);
    }
}
