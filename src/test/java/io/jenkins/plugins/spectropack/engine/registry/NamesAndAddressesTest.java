package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value that a user types is either right or answered with a sentence. */
class NamesAndAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "acme,acme/spectro-packs/archive",
        "acme/,acme/spectro-packs/archive",
        "' acme ',acme/spectro-packs/archive",
        "team/acme,team/acme/spectro-packs/archive",
        "acme/spectro-packs/archive,acme/spectro-packs/archive",
        "acme/spectro-packs/archive/,acme/spectro-packs/archive",
        "spectro-packs/archive,spectro-packs/archive"
    })
    void namespaceIsAddedOnce(String typed, String archive) {
        RepositoryNames names = RepositoryNames.of(typed, RepositoryNames.Rules.ECR);

        assertThat(names.archive()).isEqualTo(archive);
        assertThat(names.pack("my-pack")).isEqualTo(archive + "/my-pack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "a//b", "/a", "a__b", "-a", "a b", "ä"})
    void namesThatEcrRefuses(String typed) {
        assertThat(RepositoryNames.Rules.ECR.problem(typed))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("The repository name '" + typed + "' is not one that ECR takes."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://123456789012.dkr.ecr.us-east-1.amazonaws.com/acme",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme",
                "acme:1.0.0"
            })
    void referencesAreNotNames(String typed) {
        assertThat(RepositoryNames.Rules.ECR.problem(typed))
                .hasValueSatisfying(problem -> assertThat(problem).contains("looks like a URL or a reference"));
    }

    @Test
    void lengthOfTheWholePathCounts() {
        String base = "a".repeat(256 - "/spectro-packs/archive".length());

        assertThat(RepositoryNames.Rules.ECR.problem(base)).isEmpty();
        assertThat(RepositoryNames.Rules.ECR.problem(base + "a"))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("has 257 characters, and ECR takes at most 256"));
        assertThat(RepositoryNames.of(base, RepositoryNames.Rules.ECR).packProblem("x"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("with 258 characters"));
        assertThat(RepositoryNames.of("acme", RepositoryNames.Rules.ECR).packProblem("x"))
                .isEmpty();
        assertThat(RepositoryNames.Rules.ECR.problem(" "))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("The repository name is empty."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "a__b", "a--b/c---d", "team/a.b_c"})
    void basePathsThatEveryRegistryTakes(String typed) {
        assertThat(RepositoryNames.Rules.OCI.problem(typed)).isEmpty();
        assertThat(RepositoryNames.of(typed, RepositoryNames.Rules.OCI).archive())
                .isEqualTo(typed + "/spectro-packs/archive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "a//b", "/a", "a___b", "a..b", "a._b", "-a", "a b"})
    void basePathsThatRegistriesRefuse(String typed) {
        assertThat(RepositoryNames.Rules.OCI.problem(typed))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("The base path '" + typed + "' is not one that OCI registries take.")
                        .doesNotContain("ECR"));
    }

    @Test
    void lengthOfABasePathIsLimitedToo() {
        String base = "a".repeat(255 - "/spectro-packs/archive".length());

        assertThat(RepositoryNames.Rules.OCI.problem(base)).isEmpty();
        assertThat(RepositoryNames.Rules.OCI.problem(base + "a"))
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("has 256 characters, and OCI registries take at most 255"));
        assertThat(RepositoryNames.of(base, RepositoryNames.Rules.OCI).packProblem("x"))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("Use a shorter base path (" + Setting.BASE_PATH.words() + ") or pack name."));
    }

    @Test
    void urlOfARegistryIsAHostOnlyAndEncrypted() {
        for (String url : new String[] {
            "https://r.example", "https://r.example/", "r.example:8443", "http://127.0.0.1:5000", " https://r.example "
        }) {
            assertThat(BasicTarget.urlProblem(url)).as(url).isEmpty();
        }
        for (String url : new String[] {
            "",
            "ftp://r.example",
            "https://r.example/x",
            "https://r.example?x",
            "https://r.example#x",
            "http://r.example",
            "https://",
            "not a url",
            "http://127.0.0.1.evil.example"
        }) {
            assertThat(BasicTarget.urlProblem(url)).as(url).isPresent();
        }
        assertThat(BasicTarget.urlProblem("https://me:hunter 2@r.example"))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContain("hunter"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234-5678-9012", "12345678901", "1234567890123", "abcdefghijkl"})
    void accountIdsAreTwelveDigits(String id) {
        assertThat(EcrTarget.accountProblem(id))
                .contains("The account id '" + id
                        + "' is not an AWS account id. Give its twelve digits without dashes as "
                        + Setting.ACCOUNT_ID.words() + ", for example 123456789012.");
    }

    @Test
    void accountIdMayBeLeftOut() {
        assertThat(EcrTarget.accountProblem(null)).isEmpty();
        assertThat(EcrTarget.accountProblem(" ")).isEmpty();
        assertThat(EcrTarget.accountProblem(" 123456789012 ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us-east-1", "us-gov-west-1", "eusc-de-east-1", "ap-southeast-12", "mx-central-1"})
    void regionsThatTheSdkDoesNotKnowAreFineAndNoneIs(String region) {
        assertThat(EcrTarget.regionProblem(region)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"us", "US-EAST-1", "us-east-1a", "us-east-1.evil.example", "us east 1"})
    void whatIsNoRegionIsTold(String region) {
        assertThat(EcrTarget.regionProblem(region)).isPresent();
    }

    @Test
    void loginNeverTravelsUnencryptedToAnotherMachine() throws Exception {
        assertThat(RegistryAddress.parse("http://127.0.0.1:5000").host()).isEqualTo("127.0.0.1:5000");
        assertThat(RegistryAddress.parse("http://localhost:5000").host()).isEqualTo("localhost:5000");
        assertThat(RegistryAddress.parse("http://[::1]:5000").host()).isEqualTo("[::1]:5000");
        assertThat(RegistryAddress.parse("r.example").origin()).isEqualTo(URI.create("https://r.example"));
        for (String address : new String[] {"http://r.example", "http://10.0.0.1", "http://127.0.0.1.evil.example"}) {
            assertThatThrownBy(() -> RegistryAddress.parse(address))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("is plain HTTP");
        }
        assertThat(EcrTarget.endpointProblem("http://r.example")).isPresent();
        assertThat(EcrTarget.endpointProblem("http://127.0.0.1:4566")).isEmpty();
        assertThat(EcrTarget.endpointProblem("ftp://r.example")).isPresent();
        assertThat(EcrTarget.endpointProblem("not a url")).isPresent();
        assertThatThrownBy(() -> RegistryAddress.parse("https://me:secret@r.example"))
                .hasMessageNotContaining("secret");
    }

    @Test
    void sameOriginNeedsSchemeHostAndPort() throws Exception {
        RegistryAddress address = RegistryAddress.parse("https://r.example");

        assertThat(address.isSameOrigin(URI.create("https://R.example:443/x"))).isTrue();
        assertThat(address.isSameOrigin(URI.create("http://r.example/x"))).isFalse();
        assertThat(address.isSameOrigin(URI.create("https://r.example:444/x"))).isFalse();
        assertThat(address.isSameOrigin(URI.create("https://evil.example/x"))).isFalse();
        assertThat(address.isSameOrigin(URI.create("/x"))).isFalse();
    }

    @Test
    void credentialsShowNothingWhenPrinted() {
        assertThat(new RegistryCredentials("AWS", "hunter2")).hasToString("RegistryCredentials[hidden]");
    }
}
