package io.jenkins.plugins.spectropack.agent;

import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A registry with all that an agent needs to publish to it, its login included. Made on the controller for one run and never
 * stored.
 */
@Restricted(NoExternalUse.class)
public interface RegistryConnection extends Serializable {

    /** A connection that is being used. Closing it leaves the HTTP client open. */
    interface Open extends AutoCloseable {

        RegistryTarget target();

        @Override
        void close();
    }

    /** Which certificates of the registry are trusted. */
    default TlsTrust trust() {
        return TlsTrust.DEFAULT;
    }

    /**
     * Begins to use the registry. Runs on the agent.
     *
     * @throws IllegalArgumentException with a sentence if a value cannot be right
     */
    Open open(SdkHttpClient http);
}
