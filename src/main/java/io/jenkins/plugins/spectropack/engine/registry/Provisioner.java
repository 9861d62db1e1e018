package io.jenkins.plugins.spectropack.engine.registry;

import java.util.List;
import java.util.Optional;

/** Makes repositories before they are pushed to, in registries where that is needed. */
interface Provisioner extends AutoCloseable {

    /** Whether {@link #create} makes repositories at all. */
    boolean createsRepositories();

    /** Whether the registry makes a repository when something is pushed to it. */
    default boolean isRepositoryMadeByPush() {
        return false;
    }

    /**
     * Makes a repository if it does not exist.
     *
     * @return whether it did not exist before
     */
    boolean create(String repository) throws RegistryException, InterruptedException;

    /** Why a tag of a repository cannot be moved; nothing if it can, or if that cannot be found out. */
    Optional<String> immutability(String repository, String tag) throws RegistryException, InterruptedException;

    /**
     * What the login may not do with a repository, in sentences of the registry, as far as looking tells: nothing is changed for
     * it.
     */
    default List<String> refusals(String repository) throws InterruptedException {
        return List.of();
    }

    @Override
    void close();
}
