package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import land.oras.Descriptor;

/** Manifests and blobs in an OCI image layout. A reference's tag is the end of a manifest's name in the index. */
final class BundleStore implements Store, Inventory, AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final String host;
    private final BundleFiles files;
    private BundleIndex index;

    /**
     * Takes the files of a bundle.
     *
     * @param host {@code bundle:PATH}, as the user named it
     */
    BundleStore(String host, BundleFiles files) {
        this.host = host;
        this.files = files;
    }

    /** Reads what is there. */
    synchronized void open() throws RegistryException {
        load();
    }

    private void load() throws RegistryException {
        try {
            Optional<byte[]> content = files.index();
            index = content.isPresent() ? BundleIndex.parse(content.get()) : BundleIndex.empty();
        } catch (IOException e) {
            throw failed("Reading the bundle", e);
        }
    }

    /** Whether nothing is there yet. */
    synchronized boolean isNew() {
        return index.isNew();
    }

    /** Keeps others from writing, and reads again what they may have written meanwhile. */
    synchronized void lock() throws RegistryException, InterruptedException {
        try {
            files.lock();
        } catch (IOException e) {
            throw failed("Writing the bundle", e);
        }
        load();
    }

    private RegistryException failed(String what, IOException e) {
        if (e instanceof RegistryException known) {
            return known;
        }
        String reason = e instanceof NoSuchFileException ? "it lacks " + e.getMessage() : Reasons.of(e);
        return RegistryException.permanent(what + " " + host + " failed: " + reason + ".", e);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public synchronized Optional<RemoteManifest> manifest(String repository, String reference)
            throws RegistryException {
        Optional<String> digest = index.digest(repository, reference);
        return digest.isPresent() ? Optional.of(RemoteManifest.of(content(digest.get()))) : Optional.empty();
    }

    /** A small blob, as a whole and checked. */
    private byte[] content(String digest) throws RegistryException {
        byte[] content;
        try (InputStream stream = files.open(digest)) {
            content = stream.readNBytes(OciClient.MANIFEST_LIMIT);
        } catch (NoSuchFileException e) {
            throw RegistryException.permanent(
                    "Reading the bundle " + host + " failed: the manifest " + digest + " is missing in it.", e);
        } catch (IOException e) {
            throw failed("Reading the manifest " + digest + " of the bundle", e);
        }
        if (!Digests.sha256(content).equals(digest)) {
            throw RegistryException.permanent("Reading the bundle " + host + " failed: the manifest " + digest
                    + " has the content of " + Digests.sha256(content) + ". It was damaged or replaced.");
        }
        return content;
    }

    /** A damaged blob counts as missing, so that whoever has the right one puts it there. */
    @Override
    public boolean hasBlob(String repository, String digest) throws RegistryException, InterruptedException {
        try {
            if (!files.has(digest)) {
                return false;
            }
            MessageDigest sum = Digests.begin();
            byte[] buffer = new byte[BUFFER];
            try (InputStream stream = files.open(digest)) {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    sum.update(buffer, 0, count);
                }
            }
            return Digests.end(sum).equals(digest);
        } catch (IOException e) {
            throw failed("Reading the blob " + digest + " of the bundle", e);
        }
    }

    @Override
    public <T> T blob(String repository, Descriptor blob, Reader<T> reader) throws RegistryException {
        try (InputStream stream = files.open(blob.getDigest())) {
            return reader.read(stream);
        } catch (IOException e) {
            throw failed("Reading the blob " + blob.getDigest() + " of the bundle", e);
        }
    }

    @Override
    public void send(String repository, Descriptor blob, Sink sink) throws IOException, InterruptedException {
        InputStream stream;
        try {
            stream = files.open(blob.getDigest());
        } catch (NoSuchFileException e) {
            throw RegistryException.permanent(
                    "Reading the bundle " + host + " failed: the blob " + blob.getDigest() + " is missing in it.", e);
        } catch (IOException e) {
            throw failed("Reading the blob " + blob.getDigest() + " of the bundle", e);
        }
        try (VerifiedStream verified =
                new VerifiedStream("Reading the bundle " + host, stream, blob.getDigest(), blob.getSize())) {
            try {
                sink.accept(verified);
            } catch (IOException e) {
                verified.rethrow();
                throw e;
            }
        }
    }

    @Override
    public void putBlob(String repository, Descriptor blob, Source source, LongConsumer progress)
            throws RegistryException, InterruptedException {
        lock();
        String what = "Writing a blob to the bundle " + host;
        try {
            source.sendTo(stream -> {
                VerifiedStream verified = new VerifiedStream(what, stream, blob.getDigest(), blob.getSize());
                files.add(blob.getDigest(), new CountedStream(verified, progress));
            });
        } catch (IOException e) {
            throw failed("Writing a blob to the bundle", e);
        }
    }

    @Override
    public synchronized Optional<String> putManifest(String repository, String reference, byte[] manifest)
            throws RegistryException, InterruptedException {
        lock();
        String digest = Digests.sha256(manifest);
        try {
            files.add(digest, new ByteArrayInputStream(manifest));
            Optional<String> before = index.put(repository, reference, digest, manifest.length);
            commit(before.filter(old -> !old.equals(digest)).map(List::of).orElse(List.of()));
        } catch (IOException e) {
            throw failed("Writing the index of the bundle", e);
        }
        return Optional.of(digest);
    }

    private void commit(List<String> removed) throws IOException {
        files.commit(index.toBytes(), orphans(removed));
    }

    /** What only manifests refer to that are in the index no longer. */
    private Set<String> orphans(List<String> removed) throws RegistryException {
        Set<String> orphans = new HashSet<>();
        if (removed.isEmpty()) {
            return orphans;
        }
        for (String digest : removed) {
            orphans.add(digest);
            orphans.addAll(referred(digest));
        }
        for (String digest : index.digests()) {
            orphans.remove(digest);
            orphans.removeAll(referred(digest));
        }
        return orphans;
    }

    private Set<String> referred(String digest) throws RegistryException {
        try {
            if (!files.has(digest)) {
                return Set.of();
            }
            byte[] content = content(digest);
            Set<String> referred = new HashSet<>(BundleIndex.referred(content));
            for (String child : BundleIndex.children(content)) {
                referred.addAll(referred(child));
            }
            return referred;
        } catch (IOException e) {
            throw failed("Reading the manifest " + digest + " of the bundle", e);
        }
    }

    @Override
    public synchronized Optional<String> resolve(String repository, String tag) {
        return index.digest(repository, tag);
    }

    @Override
    public synchronized List<String> repositories(String below) {
        return index.repositories().stream()
                .filter(name -> RepositoryNames.isPack(name, below))
                .toList();
    }

    @Override
    public synchronized List<StoredVersion> versions(String repository) throws RegistryException {
        List<StoredVersion> versions = new ArrayList<>();
        for (Map.Entry<String, String> tag : index.tags(repository).entrySet()) {
            RemoteManifest manifest = RemoteManifest.of(content(tag.getValue()));
            versions.add(new StoredVersion(
                    tag.getKey(), tag.getValue(), manifest.layer().map(Descriptor::getSize), Optional.empty()));
        }
        return versions;
    }

    @Override
    public synchronized Map<String, String> delete(String repository, List<StoredVersion> versions)
            throws RegistryException, InterruptedException {
        lock();
        List<String> removed = new ArrayList<>();
        for (StoredVersion version : versions) {
            index.remove(repository, version.version()).ifPresent(removed::add);
        }
        try {
            commit(removed);
        } catch (IOException e) {
            throw failed("Writing the index of the bundle", e);
        }
        return new HashMap<>();
    }

    @Override
    public boolean isStaged() {
        return files.isStaged();
    }

    @Override
    public synchronized void complete() throws RegistryException, InterruptedException {
        try {
            files.finish();
        } catch (IOException e) {
            throw failed("Writing the bundle", e);
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            // What is left lies in hidden files, which the next run removes.
        }
    }
}
