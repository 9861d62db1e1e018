package io.jenkins.plugins.spectropack.engine.registry;

import java.util.List;
import java.util.Optional;

/** How requests to a registry are authorized. Used from several threads at once. */
interface Authentication {

    /**
     * The {@code Authorization} header for a request; logs in if that is still to be done.
     *
     * @return nothing for a request without a login
     */
    Optional<String> header(String repository) throws RegistryException, InterruptedException;

    /**
     * Told that the registry did not take a login.
     *
     * @param header what was sent
     * @param challenges the registry's {@code WWW-Authenticate} headers
     * @return whether {@link #header} will give another one now
     */
    boolean refused(String repository, Optional<String> header, List<String> challenges);

    /** Told how an operation failed for good, which may be for want of a permission. */
    default void failed(RegistryException failure) {}
}
