package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One word says where a registry is. */
class LocationTest {

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.us-east-1.amazonaws.com,us-east-1",
        "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com,us-gov-west-1",
        "123456789012.dkr-ecr.eu-west-1.on.aws,eu-west-1",
        "123456789012.dkr-ecr-fips.us-east-2.on.aws,us-east-2",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn,cn-north-1",
        "123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn,cn-north-1",
        "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu,eusc-de-east-1"
    })
    void ecrIsKnownByItsHost(String host, String region) {
        Location expected = new Location.Ecr("123456789012", region, "team/packs");

        assertThat(Location.parse(host + "/team/packs")).isEqualTo(expected);
        assertThat(Location.parse(" https://" + host + "/team/packs ")).isEqualTo(expected);
    }

    @Test
    void everyOtherHostIsAnyRegistry() {
        assertThat(Location.parse("harbor.example.com/packs"))
                .isEqualTo(new Location.Oci("https://harbor.example.com", "packs"));
        assertThat(Location.parse("r.example:8443/a/b")).isEqualTo(new Location.Oci("https://r.example:8443", "a/b"));
        assertThat(Location.parse("http://127.0.0.1:5000/a")).isEqualTo(new Location.Oci("http://127.0.0.1:5000", "a"));
        assertThat(Location.parse("http://[::1]:5000/a")).isEqualTo(new Location.Oci("http://[::1]:5000", "a"));
        assertThat(Location.parse("123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.example/a"))
                .isInstanceOf(Location.Oci.class);
    }

    @Test
    void bundlesArePaths() {
        assertThat(Location.parse("bundle:out/packs.tar")).isEqualTo(new Location.Bundle("out/packs.tar"));
        assertThat(Location.parse("bundle:/tmp/x y")).isEqualTo(new Location.Bundle("/tmp/x y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "harbor.example.com", "harbor.example.com/", "https:///x", "oci://r.example/x", "/x"})
    void whatNamesNoRegistryIsAnsweredWithTheForms(String text) {
        assertThatThrownBy(() -> Location.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Give HOST/BASE");
    }

    @Test
    void loginsAndPlainHttpAreRefused() {
        assertThatThrownBy(() -> Location.parse("https://me:hunter2@r.example/x"))
                .hasMessageContaining("must not hold a user name")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> Location.parse("http://r.example/x")).hasMessageContaining("is plain HTTP");
        assertThatThrownBy(() -> Location.parse("bundle:")).hasMessageContaining("path of the bundle is missing");
        assertThatThrownBy(() -> Location.parse("bundle:x.tgz")).hasMessageContaining("cannot be compressed");
    }
}
