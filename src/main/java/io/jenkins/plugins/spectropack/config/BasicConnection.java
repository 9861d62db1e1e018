package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.spectropack.agent.RegistryConnection;
import io.jenkins.plugins.spectropack.engine.registry.BasicTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A registry with a user name and a password, on its way to an agent.
 *
 * @param login null for none, which a loopback address takes only
 */
record BasicConnection(
        String url,
        String basePath,
        boolean createBaseArtifact,
        TlsTrust trust,
        @CheckForNull UserAndPassword login) implements RegistryConnection {

    /** The engine's description of the registry, with all values checked. */
    BasicTarget target(SdkHttpClient http, Limits limits) {
        return BasicTarget.builder(http)
                .url(url)
                .basePath(basePath)
                .credentials(Optional.ofNullable(login).map(UserAndPassword::toCredentials))
                .createBaseArtifact(createBaseArtifact)
                .trust(trust)
                .limits(limits)
                .build();
    }

    @Override
    public Open open(SdkHttpClient http) {
        return new OpenBasic(target(http, Limits.ofFrontDoor()));
    }

    private record OpenBasic(RegistryTarget target) implements Open {
        @Override
        public void close() {
            // The HTTP client is all there is to let go of, and it is not ours.
        }
    }
}
