package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import land.oras.Descriptor;
import land.oras.Layer;

/**
 * A login to a registry for the time of one run. Several packs may be published through it at once, each by one thread.
 * Every method may throw {@link RegistryException} with a sentence for the log, and {@link InterruptedException} within
 * seconds of an interrupt.
 */
public final class RegistrySession implements AutoCloseable {

    private final RepositoryNames names;
    private final OciClient client;
    private final OciPush push;
    private final Provisioner provisioner;
    private final ProgressListener listener;
    private final Set<String> empty = ConcurrentHashMap.newKeySet();
    private final Set<String> ready = new HashSet<>();
    private volatile boolean existing;

    RegistrySession(RepositoryNames names, OciClient client, Provisioner provisioner, ProgressListener listener) {
        this(names, client, new OciPush(client), provisioner, listener);
    }

    RegistrySession(
            RepositoryNames names,
            OciClient client,
            OciPush push,
            Provisioner provisioner,
            ProgressListener listener) {
        this.names = names;
        this.client = client;
        this.push = push;
        this.provisioner = provisioner;
        this.listener = listener;
    }

    /** {@code HOST[:PORT]} of the registry. */
    public String host() {
        return client.address().host();
    }

    /** The repository of a pack, without the host. */
    public String repository(String packName) {
        return names.pack(packName);
    }

    /** What is known about a tag before anything is pushed. */
    public sealed interface TagState {

        /** There is no such tag. */
        record Absent() implements TagState {}

        /** There is no such repository. */
        record NoRepository() implements TagState {}

        /**
         * The registry does not let these credentials look.
         *
         * @param reason the registry's refusal
         */
        record Unreadable(String reason) implements TagState {}

        /** The tag points to a manifest. */
        record Present(RemoteManifest manifest) implements TagState {}
    }

    /**
     * Looks a pack's tag up, after its repository was made if it does not exist and the user wants that. The packs before tell
     * which of the two is asked for first: most runs find all repositories there, and then one request a pack does.
     */
    public TagState prepare(String packName, String tag) throws RegistryException, InterruptedException {
        if (!provisioner.createsRepositories()) {
            return find(packName, tag);
        }
        if (existing) {
            TagState state = find(packName, tag);
            if (state instanceof TagState.Present || state instanceof TagState.Absent) {
                return state;
            }
        }
        String repository = names.pack(packName);
        boolean created = provisioner.create(repository);
        if (created) {
            listener.log("Created repository " + repository + ".");
            empty.add(repository);
        }
        TagState state = find(packName, tag);
        existing = !created && !(state instanceof TagState.Unreadable);
        return state;
    }

    /** Makes the repository above the packs, once a run. Palette looks for it. */
    public void provisionArchive() throws RegistryException, InterruptedException {
        synchronized (ready) {
            if (ready.contains(names.archive())) {
                return;
            }
            if (provisioner.create(names.archive())) {
                listener.log("Created repository " + names.archive() + ".");
            }
            ready.add(names.archive());
        }
    }

    /** Whether {@link #prepare} makes repositories that do not exist. */
    public boolean createsRepositories() {
        return provisioner.createsRepositories();
    }

    /** Looks a pack's tag up. */
    public TagState find(String packName, String tag) throws RegistryException, InterruptedException {
        String repository = names.pack(packName);
        if (empty.contains(repository)) {
            return new TagState.Absent();
        }
        try {
            return client.manifest(repository, tag)
                    .<TagState>map(TagState.Present::new)
                    .orElseGet(TagState.Absent::new);
        } catch (RegistryException e) {
            if (e.code().equals("NAME_UNKNOWN")) {
                return provisioner.isRepositoryMadeByPush() ? new TagState.Absent() : new TagState.NoRepository();
            }
            if (e.status() == HTTP_FORBIDDEN && e.getMessage().contains("ecr:BatchGetImage")) {
                return new TagState.Unreadable(e.getMessage());
            }
            throw e;
        }
    }

    /** Takes what is needed from a blob as it arrives. */
    @FunctionalInterface
    public interface BlobReader<T> {
        /** Reads the blob, or its beginning. */
        T read(InputStream blob) throws IOException;
    }

    /** Reads a layer of a pack. */
    public <T> T download(String packName, Layer layer, BlobReader<T> reader)
            throws RegistryException, InterruptedException {
        return client.blob(names.pack(packName), layer.getDigest(), response -> reader.read(response.body()));
    }

    /** Why an existing tag of a pack cannot be moved; nothing if it can, or if that cannot be found out. */
    public Optional<String> immutability(String packName, String tag) throws RegistryException, InterruptedException {
        return provisioner.immutability(names.pack(packName), tag);
    }

    /**
     * Pushes an archive: first the blobs, then the manifest under its tag, so that the tag never points to something that
     * is not whole. Checks that the registry has stored the manifest under the digest that is returned.
     *
     * @param manifest the bytes of its manifest
     * @param progress told how many bytes of the archive have left this machine; starts over when the upload is tried again
     * @return {@code sha256:…} of the manifest
     */
    public String push(String packName, String tag, ArtifactFile archive, byte[] manifest, LongConsumer progress)
            throws RegistryException, InterruptedException {
        String repository = names.pack(packName);
        Layer layer = Layer.fromDigest(archive.digest(), archive.size());
        if (isMissing(repository, layer)) {
            push.blob(repository, layer, () -> Files.newInputStream(archive.path()), progress);
        }
        if (isMissing(repository, ArtifactManifest.CONFIG)) {
            push.config(repository);
        }
        empty.remove(repository);
        String digest = Digests.sha256(manifest);
        Optional<String> stored = tag(repository, tag, manifest, digest);
        verify(repository, tag, digest, stored.isPresent() ? stored : readBack(repository, tag));
        return digest;
    }

    private boolean isMissing(String repository, Descriptor blob) throws RegistryException, InterruptedException {
        return empty.contains(repository) || !client.hasBlob(repository, blob.getDigest());
    }

    /** After a lost answer, a retry finds its own tag there, and an immutable repository does not take it twice. */
    private Optional<String> tag(String repository, String tag, byte[] manifest, String digest)
            throws RegistryException, InterruptedException {
        try {
            return push.manifest(repository, tag, manifest);
        } catch (RegistryException e) {
            if (e.code().equals("TAG_INVALID") && pointsTo(repository, tag, digest)) {
                return Optional.of(digest);
            }
            throw e;
        }
    }

    private boolean pointsTo(String repository, String tag, String digest) throws InterruptedException {
        try {
            return client.manifest(repository, tag).map(RemoteManifest::digest).equals(Optional.of(digest));
        } catch (RegistryException e) {
            return false;
        }
    }

    private Optional<String> readBack(String repository, String tag) throws RegistryException, InterruptedException {
        try {
            return client.resolve(repository, tag);
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
            throw RegistryException.permanent("Tagging " + repository + ":" + tag + " failed: " + host()
                    + " says that it stored " + stored.get() + " instead of " + digest
                    + ". Somebody else may be publishing the same version; run the publisher again.");
        }
    }

    @Override
    public void close() {
        provisioner.close();
    }
}
