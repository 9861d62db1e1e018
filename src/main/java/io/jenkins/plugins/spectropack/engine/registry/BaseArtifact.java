package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.util.Optional;

/**
 * Makes the repository above the packs by pushing an artifact without files to it, as the documented procedure does; the
 * repositories of packs are made by the push itself.
 *
 * <p>The repository counts as there if it has that very artifact or answers a request for its tags: the reference registry answers
 * {@code NAME_UNKNOWN} to the latter while nothing in a repository has a tag.
 */
final class BaseArtifact implements Provisioner {

    private final OciClient client;
    private final OciStore store;
    private final String archive;
    private final boolean creates;

    /**
     * Takes where to push.
     *
     * @param archive the repository above the packs
     * @param creates whether it is made at all
     */
    BaseArtifact(OciClient client, OciStore store, String archive, boolean creates) {
        this.client = client;
        this.store = store;
        this.archive = archive;
        this.creates = creates;
    }

    @Override
    public boolean createsRepositories() {
        return creates;
    }

    @Override
    public boolean isRepositoryMadeByPush() {
        return true;
    }

    @Override
    public boolean create(String repository) throws RegistryException, InterruptedException {
        if (!creates || !repository.equals(archive)) {
            return false;
        }
        byte[] manifest = ArtifactManifest.empty();
        String digest = Digests.sha256(manifest);
        if (client.hasManifestOrTags(repository, digest)) {
            return false;
        }
        store.putBlob(repository, ArtifactManifest.CONFIG, ArtifactManifest::sendConfig, sent -> {});
        store.putManifest(repository, digest, manifest);
        return true;
    }

    @Override
    public Optional<String> immutability(String repository, String tag) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Nothing to let go of: the HTTP client belongs to whoever opened the session.
    }
}
