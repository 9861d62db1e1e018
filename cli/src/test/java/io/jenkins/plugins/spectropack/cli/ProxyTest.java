package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code publish} where the registry is behind a proxy that the environment names. */
class ProxyTest {

    private static final URI REGISTRY = URI.create("https://registry.example.com");

    @WorkingFolder
    private Path folder;

    private TestCertificate certificate;
    private OciSandbox registry;

    @BeforeEach
    void start() throws Exception {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        certificate = TestCertificate.create(folder, REGISTRY.getHost());
        registry = OciSandbox.start(OciBehaviour.DISTRIBUTION, certificate.serverContext(), REGISTRY);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /** In a process of its own: Java reads once which logins a proxy may ask for. */
    private CommandRun publish(String proxy, String noProxy) throws InterruptedException {
        CommandRun run = CommandRun.in(folder)
                .with("HTTPS_PROXY", proxy)
                .with("NO_PROXY", noProxy)
                .java("-D" + Limits.PROPERTY + "="
                        + InProcess.PATIENT.withoutRetries().toProperty())
                .input(registry.password() + "\n")
                .runApart(
                        "publish",
                        "--registry-url",
                        REGISTRY.toString(),
                        "--username",
                        registry.username(),
                        "--password-stdin",
                        "--ca-cert",
                        certificate.certificate().toString(),
                        "--repository-name",
                        "acme",
                        "my-pack");
        assertThat(run.output()).doesNotContain("s3cret").doesNotContain(registry.password());
        return run;
    }

    private static String withLogin(TunnelProxy proxy, String login) {
        return proxy.uri().toString().replace("//", "//" + login + "@");
    }

    @Test
    void proxyCarriesAllRequests() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.to(registry.uri())) {
            assertThat(publish(proxy.uri().toString(), "example.org").succeeds().out())
                    .startsWith("PUBLISHED registry.example.com/acme/");
            assertThat(proxy.tunnels()).containsOnly("registry.example.com:443");
        }
    }

    @Test
    void proxyGetsTheLoginAndTheRegistryDoesNot() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.to(registry.uri(), "user:s3cret")) {
            publish(withLogin(proxy, "user:s3cret"), "").succeeds();
            assertThat(registry.requests().all())
                    .isNotEmpty()
                    .allMatch(request -> request.header("Proxy-Authorization").isEmpty());
        }
    }

    @Test
    void proxyThatRefusesTheLoginIsTold() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.to(registry.uri(), "user:other")) {
            assertThat(publish(withLogin(proxy, "user:s3cret"), "")
                            .fails(ExitCode.FAILED)
                            .err())
                    .contains("407 Proxy Authentication Required")
                    .contains("Check the user name and password of the proxy.");
            assertThat(proxy.tunnels()).isEmpty();
        }
    }

    @Test
    void hostsWithoutProxyAreAskedDirectly() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.to(registry.uri())) {
            assertThat(publish(proxy.uri().toString(), ".example.com")
                            .fails(ExitCode.FAILED)
                            .err())
                    .contains("the host registry.example.com is not known");
            assertThat(proxy.tunnels()).isEmpty();
        }
    }

    @Test
    void loopbackNeedsNoProxy() throws Exception {
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            CommandRun.in(folder)
                    .with(sandbox.environment())
                    .with("HTTPS_PROXY", "http://127.0.0.1:1")
                    .with("HTTP_PROXY", "http://127.0.0.1:1")
                    .run("publish", "--repository-name", "acme", "my-pack")
                    .succeeds();
        }
    }

    @Test
    void addressThatIsNoneIsWrongUsage() throws Exception {
        assertThat(publish("socks5://user:s3cret@host", "")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("HTTPS_PROXY must be the address of a proxy");
        assertThat(CommandRun.in(folder)
                        .with("HTTPS_PROXY", "socks5://host")
                        .run("demo", "my-pack")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("HTTPS_PROXY must be the address of a proxy");
    }
}
