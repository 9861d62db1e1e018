package io.jenkins.plugins.spectropack.engine.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.MachineProxy;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which proxy is used, and that it gets no more than it needs. */
class PaletteProxyTest {

    private static final String USER = "proxy-user";
    private static final String PASSWORD = "proxy:password";

    @Test
    void proxyOfTheMachineIsTaken() {
        MachineProxy machine = new MachineProxy(
                Optional.of(URI.create("http://env.example:8080")),
                Optional.of(USER),
                Optional.of(PASSWORD),
                Set.of(".*\\.corp"));
        PaletteProxy proxy = PaletteProxy.of(machine);

        assertThat(proxy.route(URI.create("https://palette.corp"))).isEmpty();
        assertThat(proxy.route(URI.create("https://api.spectrocloud.com"))).hasValueSatisfying(route -> {
            assertThat(route).hasToString("env.example:8080");
            assertThat(route.login())
                    .hasValueSatisfying(login -> assertThat(login).startsWith("Basic "));
        });
        assertThat(PaletteProxy.of(new MachineProxy(Optional.empty(), Optional.empty(), Optional.empty(), Set.of()))
                        .route(URI.create("https://api.spectrocloud.com")))
                .isEmpty();
    }

    @Test
    void hostsThatMatchAnExceptionAreAskedDirectly() {
        PaletteProxy proxy = PaletteProxy.of("proxy.example", 3128, USER, PASSWORD, List.of(".*\\.corp"));

        assertThat(proxy.route(URI.create("https://palette.CORP"))).isEmpty();
        assertThat(proxy.route(URI.create("https://palette.example")))
                .hasValueSatisfying(route -> assertThat(route.toString()).isEqualTo("proxy.example:3128"));
        assertThat(proxy.toString()).doesNotContain(PASSWORD);
    }

    private static PaletteTarget.Builder target(PaletteSandbox palette) {
        return PaletteTarget.builder(palette.apiKey())
                .url(palette.uri().toString())
                .registryName("my-ecr");
    }

    private static Palette through(TestProxy proxy, String password, PaletteSandbox palette) {
        return new Palette(
                target(palette).build(),
                PaletteProxy.of("127.0.0.1", proxy.port(), USER, password, List.of()),
                Limits.DEFAULT.withoutRetries());
    }

    @Test
    void plainRequestsGoThroughWithTheProxysLogin() throws Exception {
        try (PaletteSandbox palette = PaletteSandbox.start();
                TestProxy proxy = new TestProxy(USER + ":" + PASSWORD)) {
            palette.addRegistry("my-ecr", "registry.example", "acme");

            assertThat(through(proxy, PASSWORD, palette).test().found()).endsWith("reads registry.example/acme.");

            assertThat(proxy.heads()).hasSize(3).allMatch(head -> head.startsWith("GET " + palette.uri() + "/v1/"));
            assertThat(palette.requests().all())
                    .noneMatch(request -> request.header("Proxy-Authorization").isPresent());
        }
    }

    @Test
    void tunnelIsOpenedWithTheLoginAndTheProxyNeverSeesTheKey(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.create(folder);
        SSLContext before = SSLContext.getDefault();
        try (PaletteSandbox palette = PaletteSandbox.start(certificate.serverContext());
                TestProxy proxy = new TestProxy(USER + ":" + PASSWORD)) {
            palette.addRegistry("my-ecr", "registry.example", "acme");
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(
                    null,
                    new TlsTrust(Files.readString(certificate.certificate()), false)
                            .trustManagers()
                            .orElseThrow(),
                    null);
            SSLContext.setDefault(trusting);

            assertThat(through(proxy, PASSWORD, palette).test().found()).endsWith("reads registry.example/acme.");

            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allMatch(head -> head.startsWith("CONNECT " + palette.host() + " HTTP/1.1\r\n"))
                    .noneMatch(head -> head.contains(palette.apiKey()));
            assertThatThrownBy(() -> through(proxy, "wrong", palette).test())
                    .isInstanceOf(PaletteException.class)
                    .hasMessageContaining("407")
                    .hasMessageContaining(
                            "Check the user name and password of the proxy 127.0.0.1:" + proxy.port() + ".");
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void proxyThatIsNotThereIsNamed() throws Exception {
        try (PaletteSandbox palette = PaletteSandbox.start()) {
            TestProxy gone = new TestProxy("");
            gone.close();

            assertThatThrownBy(() -> through(gone, PASSWORD, palette).test())
                    .hasMessageContaining("(GET, through the proxy 127.0.0.1:" + gone.port() + ").");
            Palette encrypted = new Palette(
                    target(palette).url("https://palette.example").build(),
                    PaletteProxy.of("127.0.0.1", gone.port(), USER, PASSWORD, List.of()),
                    Limits.DEFAULT.withoutRetries());
            assertThatThrownBy(encrypted::test)
                    .hasMessageContaining("502")
                    .hasMessageContaining("(GET, through the proxy 127.0.0.1:" + gone.port() + ").");
            assertThat(palette.requests().all()).isEmpty();
        }
    }

    @Test
    void nobodyElseGetsThroughTheTunnelsDoor() throws Exception {
        try (TestProxy proxy = new TestProxy(USER + ":" + PASSWORD);
                ProxyTunnel tunnel = ProxyTunnel.to(
                        new PaletteProxy.Route("127.0.0.1", proxy.port(), Optional.of("Basic secret")))) {
            HttpClient other = HttpClient.newBuilder()
                    .proxy(ProxySelector.of(
                            new InetSocketAddress("127.0.0.1", tunnel.entrance().port())))
                    .build();

            for (String login : List.of("Bearer guess", "Bearer")) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("https://palette.example/"))
                        .header("Proxy-Authorization", login)
                        .build();
                assertThat(answer(other, request)).contains("407");
            }
            assertThat(proxy.heads()).isEmpty();
        }
    }

    private static String answer(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return ""
                    + client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
