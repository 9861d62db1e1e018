package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import io.jenkins.plugins.spectropack.engine.util.TestHttp;
import io.jenkins.plugins.spectropack.sandbox.AwsKeys;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import uk.org.webcompere.systemstubs.environment.EnvironmentVariables;

/**
 * A step's environment on a machine whose own environment says something else. As in Jenkins, the step's holds all that the
 * machine's does, but for what a block changed.
 */
class StepIdentityTest {

    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.a-token-of-the-build.c2lnbmF0dXJl";

    @TempDir
    private Path folder;

    @Started(region = "eu-west-1")
    private EcrSandbox sandbox;

    private AwsKeys ofMachine;
    private final Map<String, String> machine = new HashMap<>();
    private final Map<String, String> block = new HashMap<>();

    @BeforeEach
    void prepare() {
        ofMachine = sandbox.iam().addUser("the-agent");
        machine.putAll(ofMachine.environment());
        machine.put("AWS_SESSION_TOKEN", "");
        machine.put("AWS_REGION", "us-east-1");
        machine.put("AWS_CONFIG_FILE", folder.resolve("none").toString());
        machine.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("none").toString());
        machine.put("AWS_EC2_METADATA_DISABLED", "true");
        machine.put("AWS_ENDPOINT_URL_ECR", sandbox.endpoint().toString());
        machine.put("AWS_ENDPOINT_URL_STS", sandbox.iam().endpoint().toString());
        block.put("AWS_REGION", "eu-west-1");
    }

    private AwsIdentity identity() throws Exception {
        Map<String, String> step = new HashMap<>(machine);
        step.putAll(block);
        AwsIdentity made =
                AwsIdentity.ofMachine().in(StepEnvironment.of(step, folder.toString()), "team/job with a long name #7");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(made);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (AwsIdentity) in.readObject();
        }
    }

    private String test(AwsIdentity identity) throws Exception {
        return new EnvironmentVariables(machine).execute(() -> {
            EcrTarget target =
                    EcrTarget.builder(identity).repositoryName("acme").build();
            try (SdkHttpClient http = TestHttp.client()) {
                return target.describe() + "\n"
                        + target.test(http, Limits.DEFAULT.withoutRetries()).said();
            }
        });
    }

    private List<String> signersOfEcr() {
        return sandbox.requests().matching(Match.service(Request.ECR)).stream()
                .map(Request::accessKeyId)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    @Test
    void keysOfTheBlockCountBeforeThoseOfTheMachine() throws Exception {
        AwsKeys ofBlock = sandbox.iam().addUser("of-block");
        machine.put("AWS_SESSION_TOKEN", "belongs to the machine's key");
        block.putAll(ofBlock.environment());

        String said = test(identity());

        assertThat(said)
                .startsWith(
                        "AWS ECR in eu-west-1, acme/spectro-packs/archive, with the access key in the step's environment")
                .endsWith(
                        "Signed in to AWS as arn:aws:iam::123456789012:user/of-block, with the access key in the step's"
                                + " environment.");
        assertThat(signersOfEcr()).containsExactly(ofBlock.accessKeyId());
    }

    @Test
    void machineIsAskedWhereTheBlockSaysNothing() throws Exception {
        assertThat(test(identity()))
                .contains("with the machine's own AWS credentials (environment variables)")
                .contains("user/the-agent");
        assertThat(signersOfEcr()).containsExactly(ofMachine.accessKeyId());
    }

    @Test
    void tokenOfTheBlockCountsBeforeKeysOfTheMachineAndIsRelativeToTheWorkspace() throws Exception {
        String role = sandbox.iam().addWebRole("from-oidc", TOKEN);
        Files.writeString(folder.resolve("token"), TOKEN);
        block.put("AWS_ROLE_ARN", role);
        block.put("AWS_WEB_IDENTITY_TOKEN_FILE", "token");

        assertThat(test(identity())).contains("with the web identity in the step's environment, as " + role);

        assertThat(sandbox.iam().tokens()).containsExactly(TOKEN);
        assertThat(sandbox.requests().matching(Match.sts("AssumeRoleWithWebIdentity")))
                .singleElement()
                .satisfies(request -> assertThat(request.accessKeyId()).isEmpty());
        assertThat(sandbox.iam().sessions())
                .containsExactly("arn:aws:sts::123456789012:assumed-role/from-oidc/team-job-with-a-long-name--7");
        assertThat(signersOfEcr()).isEqualTo(sandbox.iam().sessionKeys());
    }

    @Test
    void profileOfTheBlockCountsBeforeKeysOfTheMachine() throws Exception {
        AwsKeys ofProfile = sandbox.iam().addUser("of-profile");
        Files.writeString(
                folder.resolve("config"),
                "[profile team]\nregion = eu-west-1\naws_access_key_id = " + ofProfile.accessKeyId()
                        + "\naws_secret_access_key = " + ofProfile.secretAccessKey() + "\n");
        block.remove("AWS_REGION");
        block.put("AWS_CONFIG_FILE", "config");
        block.put("AWS_PROFILE", "team");

        assertThat(test(identity()))
                .startsWith("AWS ECR in eu-west-1, ")
                .contains("with the profile 'team' that the step's environment names");
        assertThat(signersOfEcr()).containsExactly(ofProfile.accessKeyId());

        block.put("AWS_PROFILE", "typo");
        block.put("AWS_REGION", "eu-west-1");
        AwsIdentity wrong = identity();
        assertThatThrownBy(() -> test(wrong))
                .hasMessage("The AWS profile 'typo' is not in AWS' configuration files. Add it, or name another one.");
    }

    @Test
    void containerOfTheBlockIsAskedWithItsToken() throws Exception {
        AwsKeys ofContainer = sandbox.iam().addUser("of-container");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = "a token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = ("{\"AccessKeyId\":\"" + ofContainer.accessKeyId() + "\",\"SecretAccessKey\":\""
                            + ofContainer.secretAccessKey()
                            + "\",\"Expiration\":\"2100-01-01T00:00:00Z\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 403, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/role";
            block.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", address);
            block.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a token");
            assertThat(test(identity())).contains("with the container credentials that the step's environment names");
            assertThat(signersOfEcr()).containsExactly(ofContainer.accessKeyId());

            block.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "another");
            AwsIdentity refused = identity();
            assertThatThrownBy(() -> test(refused))
                    .hasMessageContaining("the container gave no credentials at 127.0.0.1");
        } finally {
            server.stop(0);
        }
        block.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://elsewhere.example.com/role");
        AwsIdentity elsewhere = identity();
        assertThatThrownBy(() -> test(elsewhere))
                .hasMessageContaining("AWS_CONTAINER_CREDENTIALS_FULL_URI must be an address of https");
    }

    @Test
    void endpointsOfTheBlockCountBeforeThoseOfTheMachine() throws Exception {
        machine.put("AWS_ENDPOINT_URL_ECR", "https://127.0.0.1:9");
        block.put("AWS_ENDPOINT_URL", sandbox.endpoint().toString());
        block.put("AWS_USE_FIPS_ENDPOINT", "true");

        test(identity());

        assertThat(signersOfEcr()).containsExactly(ofMachine.accessKeyId());
    }

    @Test
    void fipsAndDualStackOfTheBlockLeadToTheirHosts() throws Exception {
        block.remove("AWS_REGION");
        block.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
        block.put("AWS_USE_FIPS_ENDPOINT", "true");
        assertThat(host()).isEqualTo("api.ecr-fips.us-east-1.amazonaws.com");
        block.put("AWS_USE_FIPS_ENDPOINT", "false");
        block.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
        assertThat(host()).isEqualTo("ecr.us-east-1.api.aws");
    }

    /** Nothing leaves: the first request is caught. */
    private String host() throws Exception {
        AwsIdentity identity = identity();
        return new EnvironmentVariables(machine).execute(() -> {
            EcrTarget target =
                    EcrTarget.builder(identity).repositoryName("acme").build();
            CaughtRequest http = new CaughtRequest();
            assertThatThrownBy(() -> target.open(http, Limits.DEFAULT.withoutRetries(), line -> {}))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(http.asked().getHost());
            return http.asked().getHost();
        });
    }

    /** A client that remembers where it was sent, and fails. */
    private static final class CaughtRequest implements SdkHttpClient {
        private URI asked = URI.create("none:/");

        URI asked() {
            return asked;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            asked = request.httpRequest().getUri();
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    throw new ConnectException("caught");
                }

                @Override
                public void abort() {
                    // Nothing is under way.
                }
            };
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void nothingOfItIsShown() throws Exception {
        block.put("AWS_SECRET_ACCESS_KEY", "hunter2hunter2");
        assertThat(identity()).hasToString("AwsIdentity[hidden]");
        assertThat(StepEnvironment.of(block, "")).hasToString("StepEnvironment[hidden]");
    }

    @Test
    void blankVariableOfTheBlockTakesTheMachinesAway() throws Exception {
        block.put("AWS_REGION", "");
        AwsIdentity identity = identity();
        assertThatThrownBy(() -> test(identity)).hasMessageStartingWith("The AWS region is missing. Give --region,");
    }
}
