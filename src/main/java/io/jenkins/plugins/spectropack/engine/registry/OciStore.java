package io.jenkins.plugins.spectropack.engine.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import land.oras.Descriptor;

/** A registry that speaks OCI distribution. */
final class OciStore implements Store {

    private final OciClient client;
    private final OciPush push;

    OciStore(OciClient client) {
        this.client = client;
        push = new OciPush(client);
    }

    @Override
    public String host() {
        return client.address().host();
    }

    @Override
    public Optional<RemoteManifest> manifest(String repository, String reference)
            throws RegistryException, InterruptedException {
        return client.manifest(repository, reference);
    }

    @Override
    public void made(String repository) {
        push.made(repository);
    }

    @Override
    public boolean hasBlob(String repository, String digest) throws RegistryException, InterruptedException {
        return client.hasBlob(repository, digest);
    }

    @Override
    public <T> T blob(String repository, Descriptor blob, Reader<T> reader)
            throws RegistryException, InterruptedException {
        return client.blob(repository, blob.getDigest(), response -> reader.read(response.body()));
    }

    @Override
    public void send(String repository, Descriptor blob, Sink sink) throws IOException, InterruptedException {
        String what = "Downloading a blob of " + repository + " from " + host();
        AtomicReference<IOException> failure = new AtomicReference<>();
        try {
            client.blobOnce(repository, blob.getDigest(), response -> {
                VerifiedStream verified = new VerifiedStream(what, response.body(), blob.getDigest(), blob.getSize());
                try {
                    sink.accept(verified);
                } catch (InterruptedException e) {
                    throw (IOException) new InterruptedIOException("interrupted").initCause(e);
                } catch (IOException e) {
                    verified.rethrow();
                    failure.set(e);
                    throw e;
                }
                return null;
            });
        } catch (RegistryException e) {
            if (failure.get() != null) {
                throw failure.get();
            }
            throw e;
        }
    }

    @Override
    public void putBlob(String repository, Descriptor blob, Source source, LongConsumer progress)
            throws RegistryException, InterruptedException {
        push.blob(repository, blob, source, progress);
    }

    @Override
    public boolean mount(Store from, String fromRepository, String repository, Descriptor blob)
            throws RegistryException, InterruptedException {
        return from instanceof OciStore other
                && other.client.address().equals(client.address())
                && !fromRepository.equals(repository)
                && push.mount(fromRepository, repository, blob);
    }

    @Override
    public Optional<String> putManifest(String repository, String reference, byte[] manifest)
            throws RegistryException, InterruptedException {
        return push.manifest(repository, reference, manifest);
    }

    @Override
    public Optional<String> resolve(String repository, String tag) throws RegistryException, InterruptedException {
        return client.resolve(repository, tag);
    }
}
