package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sync} where Palette is behind a proxy that the environment names, which gets no more than it needs. */
class PaletteProxyTest {

    private static final String HOST = "palette.example.com";
    private static final String LOGIN = "user:s3cret";

    @TempDir
    private Path folder;

    private TestCertificate certificate;
    private PaletteSandbox palette;

    @BeforeEach
    void start() throws Exception {
        certificate = TestCertificate.create(folder, HOST);
        palette = PaletteSandbox.start(certificate.serverContext());
        palette.addRegistry("my-ecr", "registry.example", "acme");
    }

    @AfterEach
    void stop() {
        palette.close();
    }

    private CommandRun sync(URI proxy, String login, String noProxy) throws InterruptedException {
        CommandRun run = CommandRun.in(folder)
                .with("HTTPS_PROXY", proxy.toString().replace("//", login.isEmpty() ? "//" : "//" + login + "@"))
                .with("NO_PROXY", noProxy)
                .with("PALETTE_API_KEY", palette.apiKey())
                .java("-D" + Limits.PROPERTY + "="
                        + InProcess.PATIENT.withoutRetries().toProperty())
                .java(certificate.trustingJava().toArray(String[]::new))
                .runApart("sync", "--palette-url", "https://" + HOST, "--palette-registry", "my-ecr");
        assertThat(run.output()).doesNotContain("s3cret").doesNotContain(palette.apiKey());
        return run;
    }

    @Test
    void tunnelIsOpenedWithTheLoginWhichPaletteDoesNotSee() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.to(palette.uri(), LOGIN)) {
            assertThat(sync(proxy.uri(), LOGIN, "example.org").succeeds().err())
                    .contains("registry 'my-ecr' reads registry.example/acme.");
            assertThat(proxy.tunnels()).containsOnly(HOST + ":443");
            assertThat(palette.requests().all())
                    .isNotEmpty()
                    .allMatch(request -> request.header("Proxy-Authorization").isEmpty());
        }
    }

    @Test
    void proxyThatRefusesTheLoginIsTold() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.to(palette.uri(), "user:other")) {
            assertThat(sync(proxy.uri(), LOGIN, "").fails(ExitCode.PALETTE).err())
                    .contains("407 Proxy Authentication Required")
                    .contains("Check the user name and password of the proxy.");
            assertThat(palette.requests().all()).isEmpty();
        }
    }

    @Test
    void hostsWithoutProxyAreAskedDirectly() throws Exception {
        try (TunnelProxy proxy = TunnelProxy.to(palette.uri())) {
            assertThat(sync(proxy.uri(), "", ".example.com")
                            .fails(ExitCode.PALETTE)
                            .err())
                    .contains("the host " + HOST + " is not known");
            assertThat(proxy.tunnels()).isEmpty();
        }
    }

    @Test
    void proxyThatIsNotThereIsTold() throws Exception {
        TunnelProxy gone = TunnelProxy.to(palette.uri());
        gone.close();

        assertThat(sync(gone.uri(), "", "").fails(ExitCode.PALETTE).err())
                .contains("no connection to " + HOST + " (Connection refused) (GET).")
                .contains("whether a proxy is needed from this machine.");
    }
}
