package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * An OCI registry on loopback with one user, which behaves as one of {@link OciBehaviour}. Point a client to {@link #uri}, then
 * look at what is in the registry and at {@link #requests}.
 */
public final class OciSandbox implements AutoCloseable {

    private static final String USER = "robot$packs";

    private final Repositories repositories = new Repositories();
    private final Passwords passwords = new Passwords();
    private final String password = passwords.issue().substring(0, 40);
    private final BlobStore store = new BlobStore();
    private final Servers servers = new Servers("oci-sandbox");
    private final LoopbackServer server;
    private final LoopbackServer storage;
    private final OciHandler handler;
    private final Blobs blobs;
    private final RepositoryActions actions;
    private final Artifacts artifacts;

    private OciSandbox(OciBehaviour behaviour, Optional<SSLContext> tls, Optional<URI> address) throws IOException {
        server = servers.bind(tls);
        storage = servers.bind(tls);
        Account nobody = new Account("000000000000", "none", "nobody");
        StorageHandler storageHandler = new StorageHandler(store, storage.uri());
        URI ownUri = address.orElse(server.uri());
        blobs = new Blobs(repositories, store, storageHandler, ownUri);
        actions = new RepositoryActions(nobody, repositories, server.host(), new Pages());
        artifacts = new Artifacts(repositories, store);
        handler = new OciHandler(
                behaviour,
                ownUri,
                USER + ":" + password,
                actions,
                repositories,
                blobs,
                new Manifests(nobody, repositories, blobs, ownUri));
        server.serve(handler);
        storage.serve(storageHandler);
    }

    /** Starts a registry that speaks HTTP. */
    public static OciSandbox start(OciBehaviour behaviour) throws IOException {
        return new OciSandbox(behaviour, Optional.empty(), Optional.empty());
    }

    /** Starts a registry that speaks HTTPS. */
    public static OciSandbox start(OciBehaviour behaviour, SSLContext tls) throws IOException {
        return new OciSandbox(behaviour, Optional.of(tls), Optional.empty());
    }

    /** Starts a registry that speaks HTTPS and calls itself by another address, at which clients reach it through a proxy. */
    public static OciSandbox start(OciBehaviour behaviour, SSLContext tls, URI address) throws IOException {
        return new OciSandbox(behaviour, Optional.of(tls), Optional.of(address));
    }

    /** The address of the registry. */
    public URI uri() {
        return server.uri();
    }

    /** Its host and port, as they stand in a reference. */
    public String host() {
        return server.host();
    }

    /** The only user. */
    public String username() {
        return USER;
    }

    /** The user's password. */
    public String password() {
        return password;
    }

    /** The password and every token that was handed out; none of them may appear in what users see. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>(handler.tokens().issued());
        secrets.add(password);
        return secrets;
    }

    /** Every token that was handed out so far, expired ones included. */
    public List<String> issuedTokens() {
        return handler.tokens().issued();
    }

    /** Makes every token handed out so far one that has run out. */
    public void expireTokens() {
        handler.tokens().expireAll();
    }

    /** Makes the registry send clients for tokens to another address. */
    public void realm(URI realm) {
        handler.realm(realm);
    }

    /** Adds a project, which Harbor needs before anything is pushed to it. */
    public void addProject(String name) {
        handler.addProject(name);
    }

    /** Whether the user may read only. */
    public void readOnly(boolean readOnly) {
        handler.readOnly(readOnly);
    }

    /** No list has more elements at once, so that short lists have pages too. */
    public void pages(int elements) {
        handler.pages(elements);
    }

    /** Whether manifests can be deleted; most registries have to be told so. Off at first. */
    public void deletes(boolean deletes) {
        handler.deletes(deletes);
    }

    /** Whether the catalog of repositories is refused, as by registries of many users. Off at first. */
    public void hideCatalog(boolean hidden) {
        handler.hideCatalog(hidden);
    }

    /** What reached the registry. */
    public RequestLog requests() {
        return servers.requests();
    }

    /** Requests for a token. */
    public static Predicate<Request> forToken() {
        return request -> request.operation().equals(OciHandler.TOKEN);
    }

    /** Plans a fault for so many of the next requests that match. */
    public PlannedFault fault(int times, Predicate<Request> when, Fault fault) {
        return servers.faults().plan(when, fault, times);
    }

    /** Whether a blob of one repository is given to another one without being sent. Off at first. */
    public void mountBlobs(boolean mount) {
        blobs.mount(mount);
    }

    /** Whether those who fetch a blob are sent to a signed address on another port. Off at first. */
    public void redirectBlobs(boolean redirect) {
        blobs.redirect(redirect);
    }

    /** The names of all repositories. */
    public List<String> repositories() {
        return repositories.all().stream().map(Repository::name).toList();
    }

    /** Adds an empty repository. */
    public void createRepository(String name) {
        actions.create(name, false);
    }

    /** The tags of a repository with the digests they point to; none if there is no such repository. */
    public Map<String, String> tags(String repository) {
        return repositories.find(repository).isPresent() ? repositories.tags(repository) : Map.of();
    }

    /** The exact bytes of all manifests of a repository. */
    public List<byte[]> manifests(String repository) {
        return repositories.manifests(repository).stream()
                .map(StoredManifest::content)
                .toList();
    }

    /** Adds an archive as ORAS 1.0.0 pushes it; returns the manifest's digest. */
    public String pushArchive(String repository, String version, Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return artifacts.pushArchive(repository, version, in);
        }
    }

    /** Cuts all connections and deletes everything. */
    @Override
    public void close() {
        servers.close();
        try {
            store.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
