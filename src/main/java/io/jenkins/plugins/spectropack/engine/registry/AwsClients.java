package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/** Makes the clients of AWS' APIs. Retries are ours, and so are endpoints and times: what the SDK would choose by itself is said. */
final class AwsClients {

    private final SdkHttpClient http;
    private final AwsSettings settings;
    private final Region region;

    /** Takes what all clients of a run have in common; the HTTP client stays open. */
    AwsClients(SdkHttpClient http, AwsSettings settings, Region region) {
        this.http = http;
        this.settings = settings;
        this.region = region;
    }

    /**
     * Makes a client. The SDK is told where the API is in any case, since it would look at its own process' settings otherwise,
     * and takes no address of ours where those ask for FIPS.
     *
     * @param operation that it is for first, within a sentence
     * @param endpoint of the API
     * @param timeout of one call
     * @throws RegistryException if what this machine sets for the SDK means nothing
     */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C make(
            String operation, B builder, URI endpoint, AwsCredentialsProvider credentials, Duration timeout)
            throws RegistryException {
        try {
            return builder.httpClient(http)
                    .credentialsProvider(credentials)
                    .region(region)
                    .endpointOverride(endpoint)
                    .fipsEnabled(false)
                    .dualstackEnabled(false)
                    .defaultsMode(DefaultsMode.LEGACY)
                    .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry())
                            .apiCallTimeout(timeout)
                            .defaultProfileFile(settings.files())
                            .defaultProfileName(settings.profileName()))
                    .build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw unusable(operation, e);
        }
    }

    /** That the SDK, which reads settings of this machine by itself, cannot work with one of them. */
    static RegistryException unusable(String operation, RuntimeException e) {
        return RegistryException.permanent(
                operation + " failed: what this machine sets for the AWS SDK cannot be used (" + Reasons.of(e)
                        + "). Correct the variables whose names begin with AWS_, or the profile in AWS' configuration"
                        + " files.",
                e);
    }
}
