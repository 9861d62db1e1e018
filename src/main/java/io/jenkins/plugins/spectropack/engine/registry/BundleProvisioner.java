package io.jenkins.plugins.spectropack.engine.registry;

import java.util.Optional;

/** A bundle needs no repositories, but nobody else may write to it meanwhile. */
final class BundleProvisioner implements Provisioner {

    private final BundleStore store;

    BundleProvisioner(BundleStore store) {
        this.store = store;
    }

    @Override
    public boolean createsRepositories() {
        return true;
    }

    @Override
    public boolean isRepositoryMadeByPush() {
        return true;
    }

    @Override
    public boolean create(String repository) throws RegistryException, InterruptedException {
        store.lock();
        return false;
    }

    @Override
    public Optional<String> immutability(String repository, String tag) {
        return Optional.empty();
    }

    @Override
    public void close() {
        store.close();
    }
}
