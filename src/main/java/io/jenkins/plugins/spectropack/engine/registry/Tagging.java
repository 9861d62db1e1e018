package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import java.util.Optional;

/** Stores manifests under tags, and makes sure that a tag points to what was stored. */
final class Tagging {

    private final Store store;
    private final ProgressListener listener;

    Tagging(Store store, ProgressListener listener) {
        this.store = store;
        this.listener = listener;
    }

    /** Stores a manifest under a tag; its digest. */
    String tag(String repository, String tag, byte[] manifest) throws RegistryException, InterruptedException {
        String digest = Digests.sha256(manifest);
        Optional<String> stored = put(repository, tag, manifest, digest);
        verify(repository, tag, digest, stored.isPresent() ? stored : readBack(repository, tag));
        return digest;
    }

    /** After a lost answer, a retry finds its own tag there, and an immutable repository does not take it twice. */
    private Optional<String> put(String repository, String tag, byte[] manifest, String digest)
            throws RegistryException, InterruptedException {
        try {
            return store.putManifest(repository, tag, manifest);
        } catch (RegistryException e) {
            if (e.code().equals("TAG_INVALID") && pointsTo(repository, tag, digest)) {
                return Optional.of(digest);
            }
            throw e;
        }
    }

    private boolean pointsTo(String repository, String tag, String digest) throws InterruptedException {
        try {
            return store.manifest(repository, tag).map(RemoteManifest::digest).equals(Optional.of(digest));
        } catch (RegistryException e) {
            return false;
        }
    }

    private Optional<String> readBack(String repository, String tag) throws RegistryException, InterruptedException {
        try {
            return store.resolve(repository, tag);
        } catch (RegistryException e) {
            if (e.status() == HTTP_FORBIDDEN || e.status() == HTTP_UNAUTHORIZED) {
                listener.log("The pushed tag could not be read back: " + e.getMessage());
                return Optional.empty();
            }
            throw e;
        }
    }

    private void verify(String repository, String tag, String digest, Optional<String> stored)
            throws RegistryException {
        if (stored.isPresent() && !stored.get().equals(digest)) {
            throw RegistryException.permanent("Tagging " + repository + ":" + tag + " failed: " + store.host()
                    + " says that it stored " + stored.get() + " instead of " + digest
                    + ". Somebody else may be publishing the same version; run the publisher again.");
        }
    }
}
