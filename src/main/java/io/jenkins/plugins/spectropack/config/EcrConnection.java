package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.spectropack.agent.RegistryConnection;
import io.jenkins.plugins.spectropack.engine.registry.AwsCredentialChain;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.RepositorySettings;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A registry of ECR, on its way to an agent.
 *
 * @param keys to sign with; null for the agent's own AWS credentials
 */
record EcrConnection(
        String repositoryName,
        String region,
        String accountId,
        String endpoint,
        boolean createRepositories,
        RepositorySettings repositorySettings,
        @CheckForNull AwsKeys keys)
        implements RegistryConnection {

    /** The engine's description of the registry, with all values checked. */
    EcrTarget target(SdkHttpClient http, AwsCredentialsProvider credentials, Limits limits) {
        EcrTarget.endpointProblem(endpoint).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return EcrTarget.builder(http, credentials)
                .repositoryName(repositoryName)
                .region(region)
                .accountId(accountId)
                .endpoint(endpoint.isEmpty() ? null : URI.create(endpoint))
                .createRepositories(createRepositories)
                .repositorySettings(repositorySettings)
                .limits(limits)
                .build();
    }

    @Override
    public Open open(SdkHttpClient http) {
        EcrTarget.regionProblem(region).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        if (keys != null) {
            return new OpenEcr(
                    target(http, StaticCredentialsProvider.create(keys.toCredentials()), Limits.ofFrontDoor()),
                    () -> {});
        }
        AwsCredentialChain chain = new AwsCredentialChain(http, region);
        try {
            return new OpenEcr(target(http, chain, Limits.ofFrontDoor()), chain::close);
        } catch (IllegalArgumentException e) {
            chain.close();
            throw e;
        }
    }

    private record OpenEcr(RegistryTarget target, Runnable end) implements Open {
        @Override
        public void close() {
            end.run();
        }
    }
}
