package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Loopback;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.util.HttpResourcesUtils;
import software.amazon.awssdk.regions.util.ResourcesEndpointProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The credentials that a container of ECS or EKS gives, at an address that a step's environment names; the SDK's own look at the
 * process' environment only. Asked on the agent without a proxy, since the address is that of the machine itself. Source: AWS SDKs
 * and Tools reference guide, "Container credential provider".
 */
final class AwsContainer implements AwsCredentialsProvider, ResourcesEndpointProvider {

    private static final String ECS = "http://169.254.170.2";
    private static final Set<String> HOSTS = Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");
    private static final Duration BEFORE_END = Duration.ofMinutes(1);

    private final AwsSettings settings;
    private final URI address;
    private AwsCredentials credentials;
    private Instant end = Instant.MIN;

    AwsContainer(AwsSettings settings) throws RegistryException {
        this.settings = settings;
        Optional<String> relative = settings.get(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI);
        String url = relative.map(path -> ECS + path)
                .or(() -> settings.get(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI))
                .orElse("");
        address = address(url);
    }

    /** Nobody out there shall be sent the container's token. */
    private static URI address(String url) throws RegistryException {
        try {
            URI uri = URI.create(url);
            String host = String.valueOf(uri.getHost());
            if ("https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && (HOSTS.contains(host) || Loopback.is(host))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw RegistryException.permanent(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI must be an address of https, or one of this"
                        + " machine, ECS or EKS. Correct it.");
    }

    @Override
    public URI endpoint() {
        return address;
    }

    @Override
    public Map<String, String> headers() {
        return token().map(token -> Map.of("Authorization", token)).orElse(Map.of());
    }

    private Optional<String> token() {
        Optional<String> file = settings.get(SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE);
        if (file.isEmpty()) {
            return settings.get(SdkSystemSetting.AWS_CONTAINER_AUTHORIZATION_TOKEN);
        }
        try {
            return Optional.of(
                    Files.readString(settings.environment().path(file.get())).strip());
        } catch (IOException e) {
            throw failure("the token of the container cannot be read", e);
        }
    }

    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (Instant.now().isAfter(end)) {
            try {
                JsonNode answer = JsonMapper.shared()
                        .readTree(HttpResourcesUtils.instance().readResource(this));
                credentials = credentials(answer);
                end = Instant.parse(answer.path("Expiration").asString("")).minus(BEFORE_END);
            } catch (IOException | SdkException | JacksonException | DateTimeParseException e) {
                throw failure("the container gave no credentials at " + address.getHost() + ": " + e.getMessage(), e);
            }
        }
        return credentials;
    }

    private static AwsCredentials credentials(JsonNode answer) {
        String id = answer.path("AccessKeyId").asString("");
        String secret = answer.path("SecretAccessKey").asString("");
        String token = answer.path("Token").asString("");
        return token.isEmpty()
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, token);
    }

    private static SdkClientException failure(String what, Exception cause) {
        return SdkClientException.create(what, cause);
    }

    @Override
    public String toString() {
        return "AwsContainer[hidden]";
    }
}
