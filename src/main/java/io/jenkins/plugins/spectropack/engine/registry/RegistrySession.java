package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import land.oras.Config;
import land.oras.Layer;

/**
 * A login to a registry for the time of one run. Several packs may be published through it at once, each by one thread.
 * Every method may throw {@link RegistryException} with a sentence for the log, and {@link InterruptedException} within
 * seconds of an interrupt.
 */
public final class RegistrySession implements AutoCloseable {

    private final RepositoryNames names;
    private final Store store;
    private final Provisioner provisioner;
    private final Inventory inventory;
    private final Tagging tagging;
    private final ProgressListener listener;
    private final Set<String> empty = ConcurrentHashMap.newKeySet();
    private final BlobsOnce blobs;
    private final Set<String> ready = new HashSet<>();
    private volatile boolean existing;

    RegistrySession(
            RepositoryNames names,
            Store store,
            Provisioner provisioner,
            Inventory inventory,
            ProgressListener listener) {
        this.names = names;
        this.store = store;
        this.provisioner = provisioner;
        this.inventory = inventory;
        tagging = new Tagging(store, listener);
        blobs = new BlobsOnce(store, empty);
        this.listener = listener;
    }

    /** What references begin with: {@code HOST[:PORT]} of the registry, or {@code bundle:PATH}. */
    public String host() {
        return store.host();
    }

    /** What the login may not do, in sentences, as far as looking tells. Changes nothing. */
    List<String> refusals() throws InterruptedException {
        return provisioner.refusals(names.archive());
    }

    /** The repository of a pack, without the host. */
    public String repository(String packName) {
        return names.pack(packName);
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
            listener.detail("Created repository " + repository + ".");
            empty.add(repository);
            store.made(repository);
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
            return store.manifest(repository, tag)
                    .<TagState>map(TagState.Present::new)
                    .orElseGet(TagState.Absent::new);
        } catch (RegistryException e) {
            if (e.code().equals("NAME_UNKNOWN")) {
                return provisioner.isRepositoryMadeByPush() ? new TagState.Absent() : new TagState.NoRepository();
            }
            if (e.status() == HTTP_FORBIDDEN && e.lacks("ecr:BatchGetImage")) {
                return new TagState.Unreadable(e.getMessage());
            }
            throw e;
        }
    }

    /**
     * Fetches a manifest of a pack.
     *
     * @param reference a version or a digest
     * @return nothing if there is no such manifest, or no such pack
     */
    public Optional<RemoteManifest> manifest(String packName, String reference)
            throws RegistryException, InterruptedException {
        try {
            return store.manifest(names.pack(packName), reference);
        } catch (RegistryException e) {
            if (e.code().equals("NAME_UNKNOWN")) {
                return Optional.empty();
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

    /** Reads a layer of a pack, or its beginning. What is read is not checked. */
    public <T> T download(String packName, Layer layer, BlobReader<T> reader)
            throws RegistryException, InterruptedException {
        return store.blob(names.pack(packName), layer, reader::read);
    }

    /**
     * Writes a layer of a pack to a file, checked: what is in the file afterwards is what the digest says.
     *
     * @param progress told how many bytes have come so far; starts over when the download is tried again
     */
    public void download(String packName, Layer layer, Path file, LongConsumer progress)
            throws RegistryException, InterruptedException {
        store.blob(names.pack(packName), layer, stream -> {
            VerifiedStream verified = new VerifiedStream(
                    "Downloading a blob of " + names.pack(packName) + " from " + host(),
                    stream,
                    layer.getDigest(),
                    layer.getSize());
            Files.copy(new CountedStream(verified, progress), file, StandardCopyOption.REPLACE_EXISTING);
            return null;
        });
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
        blobs.put(repository, layer, Store.Source.of(archive.content()), progress);
        blobs.put(repository, ArtifactManifest.CONFIG, ArtifactManifest::sendConfig, sent -> {});
        return tag(packName, tag, manifest);
    }

    /**
     * Copies a pack from another registry, or from another repository of the same one: its blobs as they arrive, without a
     * file, then its manifest byte for byte. A blob that is there is not sent.
     *
     * @param manifest what the source holds
     * @param progress told how many bytes of the archive have been passed on; starts over when the upload is tried again
     * @return {@code sha256:…} of the manifest, here as there
     */
    public String copy(
            RegistrySession source, String packName, String tag, RemoteManifest manifest, LongConsumer progress)
            throws RegistryException, InterruptedException {
        String repository = names.pack(packName);
        String from = source.names.pack(packName);
        Optional<Layer> layer = manifest.layer();
        Optional<Config> config = manifest.config();
        if (layer.isPresent()) {
            blobs.copy(source.store, from, repository, layer.get(), progress);
        }
        if (config.isPresent()) {
            blobs.copy(source.store, from, repository, config.get(), sent -> {});
        }
        return tag(packName, tag, manifest.content());
    }

    /** Moves the tag last, when all that the manifest names is there, and makes sure that it points to it. */
    private String tag(String packName, String tag, byte[] manifest) throws RegistryException, InterruptedException {
        empty.remove(names.pack(packName));
        return tagging.tag(names.pack(packName), tag, manifest);
    }

    /**
     * The names of all packs below this base, sorted.
     *
     * @throws RegistryException if the registry does not tell
     */
    public List<String> packNames() throws RegistryException, InterruptedException {
        return inventory.repositories(names.archive()).stream()
                .map(name -> name.substring(names.archive().length() + 1))
                .distinct()
                .sorted()
                .toList();
    }

    /** The versions of a pack with what is known of them, in any order; none if there is no such pack. */
    public List<StoredVersion> versions(String packName) throws RegistryException, InterruptedException {
        return orNone(() -> inventory.versions(names.pack(packName)));
    }

    /** The tags of a pack, in any order; none if there is no such pack. */
    public List<String> tags(String packName) throws RegistryException, InterruptedException {
        return orNone(() -> inventory.tags(names.pack(packName)));
    }

    private static <T> List<T> orNone(Retry.Attempt<List<T>, RegistryException> question)
            throws RegistryException, InterruptedException {
        try {
            return question.run();
        } catch (RegistryException e) {
            if (e.code().equals("NAME_UNKNOWN") || e.code().equals("RepositoryNotFoundException")) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Takes versions of a pack out of the registry. What other tags point to stays.
     *
     * @return for each version that is still there, a sentence that says why
     */
    public Map<String, String> delete(String packName, List<StoredVersion> versions)
            throws RegistryException, InterruptedException {
        return inventory.delete(names.pack(packName), versions);
    }

    /** Whether what was pushed can be seen only after {@link #complete}. */
    public boolean isStaged() {
        return store.isStaged();
    }

    /** Ends the work, after which all that was pushed can be seen. */
    public void complete() throws RegistryException, InterruptedException {
        store.complete();
    }

    @Override
    public void close() {
        provisioner.close();
    }
}
