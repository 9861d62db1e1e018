package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blobs of the registry. Source: OCI distribution specification, "Pulling blobs", "Pushing a blob monolithically"; where ECR
 * is stricter (one whole body per upload session, no upload by POST alone), what its users reported.
 */
final class Blobs {

    private static final String DIGEST = "Docker-Content-Digest";

    private final Repositories repositories;
    private final BlobStore store;
    private final StorageHandler storage;
    private final URI base;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private volatile boolean redirects;
    private volatile boolean mounts;

    private static final class Upload {
        private final String repository;
        private boolean taken;
        private volatile long received;

        private Upload(String repository) {
            this.repository = repository;
        }

        private synchronized boolean take() {
            boolean free = !taken;
            taken = true;
            return free;
        }

        private synchronized void end(long bytes) {
            received = bytes;
            taken = bytes > 0;
        }
    }

    Blobs(Repositories repositories, BlobStore store, StorageHandler storage, URI base) {
        this.repositories = repositories;
        this.store = store;
        this.storage = storage;
        this.base = base;
    }

    /** Whether those who fetch a blob are sent to the storage, as ECR sends them to S3. */
    void redirect(boolean redirect) {
        redirects = redirect;
    }

    /** Whether a blob of one repository is given to another one without being sent. Off at first, as in ECR. */
    void mount(boolean mount) {
        mounts = mount;
    }

    Answer get(Call call, RegistryHandler.Route route) throws IOException, RegistryError {
        String digest = route.reference();
        if (!Digests.isDigest(digest)) {
            throw new RegistryError(400, "DIGEST_INVALID", "The digest is not valid.");
        }
        if (!repositories.hasBlob(route.repository(), digest)) {
            throw new RegistryError(
                    404,
                    "BLOB_UNKNOWN",
                    "The layer with digest '" + digest + "' does not exist within the repository with name '"
                            + route.repository() + "'");
        }
        if (redirects && call.method().equals("GET")) {
            return Answer.of(307, Map.of("Location", storage.presign(digest).toString()));
        }
        Map<String, String> headers = Map.of("Content-Type", "application/octet-stream", DIGEST, digest);
        return Answer.file(headers, store.path(digest));
    }

    Answer startUpload(Call call, RegistryHandler.Route route) {
        String mounted = call.parameter("mount");
        String from = call.parameter("from");
        if (mounts && repositories.find(from).isPresent() && repositories.hasBlob(from, mounted)) {
            repositories.addBlob(route.repository(), mounted);
            URI there = base.resolve("/v2/" + route.repository() + "/blobs/" + mounted);
            return Answer.of(201, Map.of("Location", there.toString(), DIGEST, mounted));
        }
        String id = UUID.randomUUID().toString();
        uploads.put(id, new Upload(route.repository()));
        URI location = base.resolve("/v2/" + route.repository() + "/blobs/uploads/" + id);
        return Answer.of(202, Map.of("Location", location.toString(), "Docker-Upload-UUID", id, "Range", "0-0"));
    }

    Answer finishUpload(Call call, RegistryHandler.Route route) throws IOException, RegistryError {
        Upload upload = uploads.get(route.reference());
        if (upload == null || !upload.repository.equals(route.repository())) {
            throw new RegistryError(404, "BLOB_UPLOAD_UNKNOWN", "The upload is not known.");
        }
        String digest = call.parameter("digest");
        if (!Digests.isDigest(digest)) {
            throw new RegistryError(400, "DIGEST_INVALID", "The digest is not valid.");
        }
        if (call.length().isEmpty()) {
            throw new RegistryError(411, "BLOB_UPLOAD_INVALID", "The Content-Length is missing.");
        }
        if (!upload.take()) {
            throw new RegistryError(
                    416, "BLOB_UPLOAD_INVALID", "First byte of the layer part is 0 instead of " + upload.received);
        }
        BlobStore.Incoming incoming;
        try {
            incoming = store.receive(call.body());
        } finally {
            upload.end(call.received());
        }
        if (!incoming.digest().equals(digest)) {
            store.discard(incoming);
            throw new RegistryError(
                    400,
                    "BLOB_UPLOAD_INVALID",
                    "None of the provided layer digests match the layer that was received.");
        }
        store.keep(incoming);
        repositories.addBlob(route.repository(), digest);
        URI location = base.resolve("/v2/" + route.repository() + "/blobs/" + digest);
        return Answer.of(201, Map.of("Location", location.toString(), DIGEST, digest));
    }

    /** Whether a repository has a blob of that digest and size. */
    boolean has(String repository, String digest, long size) throws IOException {
        return repositories.hasBlob(repository, digest) && Files.size(store.path(digest)) == size;
    }
}
