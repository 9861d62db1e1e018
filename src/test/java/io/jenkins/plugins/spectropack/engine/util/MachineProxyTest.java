package io.jenkins.plugins.spectropack.engine.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineProxyTest {

    private static MachineProxy variables(Map<String, String> variables) {
        return MachineProxy.find(name -> null, variables::get);
    }

    private static boolean isDirect(MachineProxy proxy, String host) {
        return proxy.isDirect(URI.create("https://" + host));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://proxy.example.com:3128, http://proxy.example.com:3128",
        "https_proxy, http://proxy.example.com:3128/, http://proxy.example.com:3128",
        "HTTPS_PROXY, proxy.example.com:3128, http://proxy.example.com:3128",
        "HTTPS_PROXY, http://proxy.example.com, http://proxy.example.com:80"
    })
    void readsTheAddressFromTheEnvironment(String name, String value, URI expected) {
        MachineProxy proxy = variables(Map.of(name, value));

        assertThat(proxy.address()).contains(expected);
        assertThat(proxy.userName()).isEmpty();
    }

    @Test
    void readsTheLoginAndNeverShowsThePassword() {
        MachineProxy proxy = variables(Map.of("HTTPS_PROXY", "http://user:p%40ss:word@proxy.example.com:3128"));

        assertThat(proxy.userName()).contains("user");
        assertThat(proxy.password()).contains("p@ss:word");
        assertThat(proxy).hasToString("MachineProxy[http://proxy.example.com:3128]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://proxy:s3cret@host:1",
                "https://proxy:s3cret@host:1",
                "http://user:s3cret@",
                "http://s3cret^@:"
            })
    void saysWhatIsWrongWithoutTheText(String value) {
        assertThatThrownBy(() -> variables(Map.of("HTTPS_PROXY", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HTTPS_PROXY must be the address of a proxy, http://HOST:PORT")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void theProxyForPlainHttpIsNotTaken() {
        assertThat(variables(Map.of("HTTP_PROXY", "http://proxy.example.com:3128"))
                        .address())
                .isEmpty();
    }

    @Test
    void propertiesGoBeforeTheEnvironment() {
        Map<String, String> properties = Map.of(
                "https.proxyHost", "java.example.com",
                "https.proxyPort", "8080",
                "https.proxyUser", "user",
                "https.proxyPassword", "secret",
                "http.nonProxyHosts", "*.internal|registry.example.com");
        MachineProxy proxy =
                MachineProxy.find(properties::get, Map.of("HTTPS_PROXY", "http://other:1", "NO_PROXY", "other")::get);

        assertThat(proxy.address()).contains(URI.create("http://java.example.com:8080"));
        assertThat(proxy.password()).contains("secret");
        assertThat(isDirect(proxy, "a.internal")).isTrue();
        assertThat(isDirect(proxy, "registry.example.com")).isTrue();
        assertThat(isDirect(proxy, "below.registry.example.com")).isFalse();
        assertThat(isDirect(proxy, "other")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, true",
        "a.example.com, true",
        "badexample.com, false",
        "dotted.org, true",
        "a.dotted.org, true",
        "a.starred.net, true",
        "10.1.2.3, true",
        "10.2.2.3, false",
        "exampleXcom, false",
        "localhost, true",
        "127.0.0.1, true",
        "[::1], true",
        "elsewhere.com, false"
    })
    void hostsThatNeedNoProxy(String host, boolean direct) {
        MachineProxy proxy = variables(
                Map.of("HTTPS_PROXY", "http://proxy:1", "no_proxy", "example.com, .dotted.org,*.STARRED.net,10.1.*,"));

        assertThat(isDirect(proxy, host)).isEqualTo(direct);
        assertThat(isDirect(variables(Map.of("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", "*")), host))
                .isTrue();
    }

    /** The first list is one that curl and Go read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8, 172.16.0.0/12 | 10.200.1.1 | true",
                "10.0.0.0/8, 172.16.0.0/12 | 172.31.255.255:8443 | true",
                "10.0.0.0/8, 172.16.0.0/12 | 172.32.0.1 | false",
                "10.0.0.0/8 | 10.example.com | false",
                "10.1.2.3 | 10.1.2.3:5000 | true",
                "10.1.2.3:5000 | 10.1.2.3:5000 | true",
                "10.1.2.3:5000 | 10.1.2.3 | false",
                "registry.example.com:443 | registry.example.com | true",
                "registry.example.com:443 | registry.example.com:8443 | false",
                "registry.example.com:443 | a.registry.example.com | true",
                "a.b   c.d | c.d | true",
                "a.b,*, c.d | elsewhere.org | true",
                "Example.COM. | EXAMPLE.com | true",
                "example.com | example.com. | true",
                "fd00::/8 | [fd12::1] | true",
                "fd00::/8 | [fe80::1] | false",
                "[fd00::]/8 | [fd12::1] | true",
                "fd12:0:0::1 | [fd12::1]:5000 | true",
                "[fd12::1] | [fd12::1] | true",
                "[fd12::1]:5000 | [fd12::1]:5000 | true",
                "[fd12::1]:5000 | [fd12::1] | false",
                "10.0.0.0/33 | 10.0.0.0 | true",
                "nonsense/8 | nonsense | false",
                ". | example.com | false",
                ",, | example.com | false"
            })
    void everyFormOfAnEntryIsRead(String list, String host, boolean direct) {
        MachineProxy proxy = variables(Map.of("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", list));

        assertThat(isDirect(proxy, host)).isEqualTo(direct);
    }

    @Test
    void variablesOfAStepCountBeforeTheMachine() {
        MachineProxy proxy = MachineProxy.find(
                StepEnvironment.of(Map.of("HTTPS_PROXY", "http://proxy.of-the-step.example:3128"), ""));

        assertThat(proxy).hasToString("MachineProxy[http://proxy.of-the-step.example:3128]");
    }
}
