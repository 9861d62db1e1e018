package io.jenkins.plugins.spectropack.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Whoever opens a registry closes what was opened on every way out; the SDK's clients have threads that stay for ever else. */
class FailedLoginTest {

    private static final int TIMES = 5;
    private static final String SECRET = "hunter2hunter2";

    @Test
    void nothingStaysOpenWhenALoginFails() throws Exception {
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            AwsIdentity right =
                    AwsIdentity.of(AwsBasicCredentials.create(sandbox.accessKeyId(), sandbox.secretAccessKey()));
            AwsIdentity wrong = AwsIdentity.of(AwsBasicCredentials.create(sandbox.accessKeyId(), SECRET));
            String endpoint = sandbox.endpoint().toString();
            Set<Thread> before = sdkThreads();

            fail(() -> target(right, endpoint).accountId("999999999999").build(), "The account id is 999999999999");
            fail(() -> target(wrong, endpoint).build(), "GetAuthorizationToken failed");
            fail(() -> target(right, "http://127.0.0.1:1").build(), "GetAuthorizationToken failed");

            List<Thread> left = new ArrayList<>(sdkThreads());
            left.removeAll(before);
            for (Thread thread : left) {
                // A pool that was shut down ends its threads a moment later; one that was not never does.
                thread.join(10_000);
            }
            assertThat(left).noneMatch(Thread::isAlive);
        }
    }

    private static EcrTarget.Builder target(AwsIdentity identity, String endpoint) {
        return EcrTarget.builder(identity)
                .repositoryName("acme")
                .region("us-east-1")
                .endpoint(endpoint);
    }

    private static void fail(Supplier<EcrTarget> target, String why) {
        try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
            for (int i = 0; i < TIMES; i++) {
                assertThatThrownBy(() -> target.get().open(http, Limits.DEFAULT.withoutRetries(), line -> {}))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining(why)
                        .hasMessageNotContaining(SECRET);
            }
        }
    }

    private static Set<Thread> sdkThreads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sdk-"))
                .toList());
    }
}
