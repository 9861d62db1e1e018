package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;

/** A registry that packs can be published to, and the right to do so. */
public interface RegistryTarget {

    /** Where packs go below this registry. */
    RepositoryNames names();

    /**
     * Logs in. The session must be closed.
     *
     * @throws RegistryException if the registry does not let us in, or is not the one that the user meant
     */
    RegistrySession open(ProgressListener listener) throws RegistryException, InterruptedException;
}
