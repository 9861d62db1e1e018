package io.jenkins.plugins.spectropack.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.LongConsumer;
import land.oras.Descriptor;

/**
 * What holds manifests and blobs by repository: a registry that is reached over the network, or a bundle on this machine. Used
 * from several threads at once.
 */
interface Store {

    /** What stands before the repository in a reference: {@code HOST[:PORT]}, or {@code bundle:PATH}. */
    String host();

    /**
     * Fetches a manifest.
     *
     * @param reference a tag or a digest
     * @return nothing if the repository has no such manifest
     * @throws RegistryException with code {@code NAME_UNKNOWN} if there is no such repository
     */
    Optional<RemoteManifest> manifest(String repository, String reference)
            throws RegistryException, InterruptedException;

    /** Whether a repository has a blob. Where that cannot be found out, it counts as no. */
    boolean hasBlob(String repository, String digest) throws RegistryException, InterruptedException;

    /** Takes from a blob what is needed, as it arrives; again from its start after a transient failure. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream blob) throws IOException;
    }

    /** Reads a blob, or its beginning. What is read is not checked. */
    <T> T blob(String repository, Descriptor blob, Reader<T> reader) throws RegistryException, InterruptedException;

    /** Takes a whole blob, as it arrives. */
    @FunctionalInterface
    interface Sink {
        void accept(InputStream blob) throws IOException, InterruptedException;
    }

    /** Where a blob comes from: hands it to a sink once for each try. */
    @FunctionalInterface
    interface Source {
        void sendTo(Sink sink) throws IOException, InterruptedException;

        /** Bytes of this machine. Where they cannot be read, that is thrown, whatever the sink makes of it. */
        static Source of(ArtifactFile.Content content) {
            return sink -> {
                try (OwnStream stream = new OwnStream(content.open())) {
                    try {
                        sink.accept(stream);
                    } catch (IOException e) {
                        stream.rethrow();
                        throw e;
                    }
                }
            };
        }
    }

    /**
     * Hands a blob on, checked while it is read. Tries once only, since whoever takes it has begun something that cannot be taken
     * up again; a failure of the sink is thrown as it is.
     */
    void send(String repository, Descriptor blob, Sink sink) throws IOException, InterruptedException;

    /**
     * Stores a blob.
     *
     * @param source is asked again for each try
     * @param progress told how many bytes of the present try are on their way
     */
    void putBlob(String repository, Descriptor blob, Source source, LongConsumer progress)
            throws RegistryException, InterruptedException;

    /**
     * Takes a blob over from another repository of the same registry, without its being sent.
     *
     * @return whether that was done
     */
    default boolean mount(Store from, String fromRepository, String repository, Descriptor blob)
            throws RegistryException, InterruptedException {
        return false;
    }

    /**
     * Stores a manifest under a tag, or under its digest only.
     *
     * @return the digest under which it is stored, if that is known
     */
    Optional<String> putManifest(String repository, String reference, byte[] manifest)
            throws RegistryException, InterruptedException;

    /** Told that this run has made a repository, which a registry may not know everywhere at once; ECR takes some seconds. */
    default void made(String repository) {}

    /** The digest that a tag resolves to. */
    Optional<String> resolve(String repository, String tag) throws RegistryException, InterruptedException;

    /** Whether what was stored can be seen only after {@link #complete}. */
    default boolean isStaged() {
        return false;
    }

    /** Makes all that was stored visible, where that has not happened yet. */
    default void complete() throws RegistryException, InterruptedException {}
}
