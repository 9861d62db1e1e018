package io.jenkins.plugins.spectropack.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox as {@code aws} and {@code skopeo} see it, where they are installed. */
class ExternalToolsTest {

    private static final String NAME = "base/spectro-packs/archive/nginx";

    @TempDir
    private Path folder;

    @Started
    private EcrSandbox sandbox;

    @Test
    void awsCreatesARepositoryAndLogsIn() throws Exception {
        Tools.Result created = aws(sandbox.environment(), "create-repository", "--repository-name", NAME);
        assertThat(created.exitCode()).as(created.errors()).isZero();
        assertThat(created.output()).contains("\"repositoryUri\": \"" + sandbox.registryHost() + "/" + NAME + "\"");
        Tools.Result again = aws(sandbox.environment(), "create-repository", "--repository-name", NAME);
        assertThat(again.exitCode()).isNotZero();
        assertThat(again.errors()).contains("RepositoryAlreadyExistsException");
        Tools.Result login = aws(sandbox.environment(), "get-login-password");
        assertThat(sandbox.issuedPasswords()).containsExactly(login.output().strip());
    }

    @Test
    void awsIsToldWhatIsWrongWithItsKeys() throws Exception {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.put("AWS_SECRET_ACCESS_KEY", "x".repeat(40));
        assertThat(aws(environment, "get-login-password").errors())
                .contains("InvalidSignatureException", "The request signature we calculated does not match");
        environment.putAll(sandbox.environment());
        environment.put("AWS_DEFAULT_REGION", "eu-west-1");
        assertThat(aws(environment, "get-login-password").errors())
                .contains("Credential should be scoped to a valid region.");
    }

    @Test
    void skopeoReadsWhatWasPushed() throws Exception {
        restartWithTls();
        sandbox.createRepository(NAME, false);
        byte[] archive = "archive".getBytes(StandardCharsets.UTF_8);
        String digest = sandbox.pushArchive(NAME, "1.0.0", archive);
        Path login = login(sandbox.registryHost(), sandbox.issuePassword());
        String reference = "docker://" + sandbox.registryHost() + "/" + NAME + ":1.0.0";

        Tools.Result raw = skopeo("inspect", "--raw", "--tls-verify=false", "--authfile", login.toString(), reference);
        assertThat(raw.exitCode()).as(raw.errors()).isZero();
        assertThat(raw.output().strip().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(sandbox.manifest(NAME, digest).orElseThrow());

        for (boolean redirect : new boolean[] {false, true}) {
            sandbox.redirectBlobs(redirect);
            Path copy = folder.resolve("copy" + redirect);
            Tools.Result copied = skopeo(
                    "copy",
                    "--insecure-policy",
                    "--src-tls-verify=false",
                    "--src-authfile",
                    login.toString(),
                    reference,
                    "dir:" + copy);
            assertThat(copied.exitCode()).as(copied.errors()).isZero();
            assertThat(copy.resolve(Digests.sha256Hex(archive))).hasBinaryContent(archive);
        }
    }

    @Test
    void skopeoIsToldThatTheLoginExpired() throws Exception {
        restartWithTls();
        sandbox.createRepository(NAME, false);
        Path login = login(sandbox.registryHost(), sandbox.issuePassword());
        sandbox.expirePasswords();
        Tools.Result refused = skopeo(
                "inspect",
                "--raw",
                "--tls-verify=false",
                "--authfile",
                login.toString(),
                "docker://" + sandbox.registryHost() + "/" + NAME + ":1.0.0");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).contains("Your authorization token has expired");
    }

    @Test
    void theReferenceRegistryStandsBehindTheApi() throws Exception {
        assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
        try (DockerRegistry registry = DockerRegistry.start();
                EcrSandbox facade = EcrSandbox.builder()
                        .registry(registry.uri(), DockerRegistry.PASSWORD)
                        .start()) {
            assertThat(aws(facade.environment(), "get-login-password").output().strip())
                    .isEqualTo(DockerRegistry.PASSWORD);
            RegistryClient client = new RegistryClient(facade.registry(), DockerRegistry.USER, DockerRegistry.PASSWORD);
            assertThat(client.push(NAME, "1.0.0", new byte[] {1, 2, 3}).statusCode())
                    .isEqualTo(201);
            assertThat(new RegistryClient(facade.registry(), DockerRegistry.USER, "wrong")
                            .send("GET", "/v2/")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void theReferenceRegistrySpeaksHttpsOnRequest() throws Exception {
        assumeTrue(DockerRegistry.isInstalled(), "docker-registry is not installed");
        try (DockerRegistry registry = DockerRegistry.startWithTls()) {
            Path login = login(registry.host(), DockerRegistry.PASSWORD);
            Path trust = Files.createDirectories(folder.resolve("trust"));
            String reference = "docker://" + registry.host() + "/" + NAME + ":1.0.0";

            Tools.Result untrusted = skopeo("inspect", "--raw", "--authfile", login.toString(), reference);
            assertThat(untrusted.errors()).contains("certificate");
            Files.copy(registry.caCertificate().orElseThrow(), trust.resolve("ca.crt"));
            Tools.Result trusted = skopeo(
                    "inspect", "--raw", "--authfile", login.toString(), "--cert-dir", trust.toString(), reference);
            assertThat(trusted.errors()).contains("manifest unknown");
        }
    }

    private void restartWithTls() throws Exception {
        sandbox.close();
        sandbox = EcrSandbox.builder()
                .tls(TestCertificate.create(folder).serverContext())
                .start();
    }

    private Tools.Result aws(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(Tools.isInstalled("aws"), "aws is not installed");
        List<String> command = new ArrayList<>(List.of("aws", "ecr"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--endpoint-url", environment.get("AWS_ENDPOINT_URL_ECR")));
        return Tools.run(folder, environment, command);
    }

    private Tools.Result skopeo(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Tools.isInstalled("skopeo"), "skopeo is not installed");
        List<String> command = new ArrayList<>(List.of("skopeo"));
        command.addAll(List.of(arguments));
        return Tools.run(folder, Map.of(), command);
    }

    private Path login(String host, String password) throws IOException {
        Map<String, Object> auths = Map.of("auths", Map.of(host, Map.of("auth", Passwords.token(password))));
        return Files.writeString(
                folder.resolve("login.json"), JsonMapper.shared().writeValueAsString(auths));
    }
}
