package io.jenkins.plugins.spectropack.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Amazon ECR on loopback: the API on one port, its OCI registry on another. Start it with {@link #builder}, point a client to
 * {@link #endpoint} with the keys in {@link #environment}, then look at what is in the registry and at {@link #requests}.
 */
public final class EcrSandbox implements AutoCloseable {

    private final Account account;
    private final AwsKeys keys;
    private final SigV4Check signatures;
    private final Passwords passwords = new Passwords();
    private final Repositories repositories = new Repositories();
    private final RepositoryActions actions;
    private final Pages pages = new Pages();
    private final Artifacts artifacts;
    private final BlobStore store;
    private final Servers servers = new Servers("ecr-sandbox");
    private final LoopbackServer api;
    private final LoopbackServer ownRegistry;
    private final LoopbackServer storage;
    private final RegistryHandler registryHandler;
    private final Blobs blobs;
    private final URI registry;

    private EcrSandbox(Builder builder) throws IOException {
        // First, since another program may have the port.
        api = servers.bind(builder.port, Optional.empty());
        account = new Account(builder.accountId, builder.region, builder.user);
        keys = AwsKeys.random(builder.session);
        signatures = new SigV4Check(keys, builder.region);
        store = new BlobStore();
        ownRegistry = servers.bind(builder.tls);
        storage = servers.bind(builder.tls);

        URI ownUri = ownRegistry.uri();
        StorageHandler storageHandler = new StorageHandler(store, storage.uri());
        blobs = new Blobs(repositories, store, storageHandler, ownUri);
        Manifests manifests = new Manifests(account, repositories, blobs, ownUri);
        registryHandler = new RegistryHandler(account, passwords, repositories, blobs, manifests, ownUri);
        registry = builder.external.orElse(ownUri);
        actions = new RepositoryActions(account, repositories, registry.getRawAuthority(), pages);
        artifacts = new Artifacts(repositories, store);
        api.serve(new EcrApiHandler(
                account,
                signatures,
                actions,
                new ImageActions(account, repositories, actions, pages),
                registry,
                () -> builder.externalPassword.map(passwords::issue).orElseGet(passwords::issue)));
        ownRegistry.serve(registryHandler);
        storage.serve(storageHandler);
    }

    /** Prepares a sandbox. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address of the API, for {@code --endpoint-url}. */
    public URI endpoint() {
        return api.uri();
    }

    /** The address of the registry, as GetAuthorizationToken tells it. */
    public URI registry() {
        return registry;
    }

    /** The registry's host and port, as they stand in a reference. */
    public String registryHost() {
        return registry.getRawAuthority();
    }

    /** The account, twelve digits. */
    public String accountId() {
        return account.id();
    }

    /** The region that requests must be signed for. */
    public String region() {
        return account.region();
    }

    /** The id of the only key that the API takes. */
    public String accessKeyId() {
        return keys.accessKeyId();
    }

    /** The secret of that key. */
    public String secretAccessKey() {
        return keys.secretAccessKey();
    }

    /** The token that requests must carry, if {@link Builder#requireSessionToken} was asked for. */
    public Optional<String> sessionToken() {
        return keys.sessionToken();
    }

    /** The environment of a process that shall use the sandbox. Source of the names: AWS SDKs and Tools reference guide. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", keys.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
        keys.sessionToken().ifPresent(token -> environment.put("AWS_SESSION_TOKEN", token));
        environment.put("AWS_DEFAULT_REGION", account.region());
        environment.put("AWS_ENDPOINT_URL_ECR", endpoint().toString());
        return environment;
    }

    /** A working password of the registry's user {@code AWS}, without a call of the API. */
    public String issuePassword() {
        return passwords.issue();
    }

    /** Every password that was handed out, expired ones included; none of them may appear in what users see. */
    public List<String> issuedPasswords() {
        return passwords.issued();
    }

    /** Makes every password handed out so far an expired one; later ones work. */
    public void expirePasswords() {
        passwords.expireAll();
    }

    /** Makes the API refuse the keys as those of a session that is over. */
    public void expireKeys() {
        signatures.expire();
    }

    /** Takes the permission for an IAM action, such as {@code ecr:CreateRepository}, from the user. */
    public void deny(String action) {
        account.deny(action);
    }

    /** Gives a denied permission back. */
    public void allow(String action) {
        account.allow(action);
    }

    /** What reached the API, the registry and its storage. */
    public RequestLog requests() {
        return servers.requests();
    }

    /** Plans a fault for every request that matches and meets no fault planned before. */
    public PlannedFault fault(Predicate<Request> when, Fault fault) {
        return servers.faults().plan(when, fault, Integer.MAX_VALUE);
    }

    /** Plans a fault for so many of the next requests that match and meet no fault planned before. */
    public PlannedFault fault(int times, Predicate<Request> when, Fault fault) {
        return servers.faults().plan(when, fault, times);
    }

    /** Releases and forgets all faults. */
    public void clearFaults() {
        servers.faults().clear();
    }

    /** Makes every request wait that long before it is handled. */
    public void latency(Duration each) {
        servers.faults().latency(each);
    }

    /** Whether a blob of one repository is given to another one without being sent. Off at first. */
    public void mountBlobs(boolean mount) {
        blobs.mount(mount);
    }

    /** Whether those who fetch a blob are sent to a signed address on another port, as ECR sends them to S3. Off at first. */
    public void redirectBlobs(boolean redirect) {
        blobs.redirect(redirect);
    }

    /**
     * Whether the start of an upload to a repository that is not there is cut, as ECR is reported to do, rather than answered
     * with {@code NAME_UNKNOWN}. On at first.
     */
    public void cutUploadsToMissingRepositories(boolean cut) {
        registryHandler.cutUploadsToMissingRepositories(cut);
    }

    /** No list of the API has more elements at once, so that short lists have pages too. */
    public void pages(int elements) {
        pages.most(elements);
    }

    /** All repositories, by name. */
    public List<Repository> repositories() {
        return repositories.all();
    }

    /** The repository of that name. */
    public Optional<Repository> repository(String name) {
        return repositories.find(name);
    }

    /** Adds a repository. */
    public Repository createRepository(String name, boolean immutable) {
        return actions.create(name, immutable);
    }

    /** The tags of a repository with the digests they point to. */
    public Map<String, String> tags(String repository) {
        return repositories.tags(repository);
    }

    /** The exact bytes of the manifest with a tag or digest. */
    public Optional<byte[]> manifest(String repository, String reference) {
        return repositories.manifest(repository, reference).map(StoredManifest::content);
    }

    /** Whether a repository has a blob. */
    public boolean hasBlob(String repository, String digest) {
        return repositories.hasBlob(repository, digest);
    }

    /** A blob's content as a file, which must not be changed and is gone when the sandbox is closed. */
    public Path blob(String repository, String digest) throws IOException {
        if (!repositories.hasBlob(repository, digest)) {
            throw new NoSuchFileException(digest, null, "There is no such blob in " + repository);
        }
        return store.path(digest);
    }

    /** Moves a tag to a manifest that is there, whatever the repository's settings say. */
    public void putTag(String repository, String tag, String digest) {
        repositories.putTag(repository, tag, digest);
    }

    /** Removes a tag; what it pointed to stays. */
    public void removeTag(String repository, String tag) {
        repositories.removeTag(repository, tag);
    }

    /** Adds a blob; returns its digest. */
    public String putBlob(String repository, byte[] content) throws IOException {
        return artifacts.putBlob(repository, new ByteArrayInputStream(content));
    }

    /** Adds a manifest as it is, unchecked, and moves a tag to it; returns its digest. */
    public String putManifest(String repository, String tag, String mediaType, byte[] content) {
        return artifacts.putManifest(repository, tag, mediaType, content);
    }

    /**
     * Adds an archive as {@code oras push HOST/REPOSITORY:VERSION NAME-VERSION.tar.gz} of ORAS 1.0.0 does, NAME being the last
     * part of the repository's name; returns the manifest's digest.
     */
    public String pushArchive(String repository, String version, byte[] archive) throws IOException {
        return artifacts.pushArchive(repository, version, new ByteArrayInputStream(archive));
    }

    /** As {@link #pushArchive(String, String, byte[])}, for an archive of any size. */
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

    /** The settings of a sandbox; each has a default. */
    public static final class Builder {

        private String accountId = "123456789012";
        private String region = "us-east-1";
        private String user = "pack-publisher";
        private int port;
        private boolean session;
        private Optional<URI> external = Optional.empty();
        private Optional<String> externalPassword = Optional.empty();

        private Optional<SSLContext> tls = Optional.empty();

        private Builder() {}

        /** The account; {@code 123456789012} otherwise. */
        public Builder accountId(String twelveDigits) {
            if (!twelveDigits.matches("[0-9]{12}")) {
                throw new IllegalArgumentException("An account id has twelve digits, not " + twelveDigits);
            }
            accountId = twelveDigits;
            return this;
        }

        /** The region; {@code us-east-1} otherwise. */
        public Builder region(String name) {
            region = Objects.requireNonNull(name);
            return this;
        }

        /** The port of the API; a free one otherwise. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /** The name of the IAM user whom refusals mention. */
        public Builder user(String name) {
            user = Objects.requireNonNull(name);
            return this;
        }

        /** Makes the keys those of a session, so that requests must carry its token. */
        public Builder requireSessionToken() {
            session = true;
            return this;
        }

        /**
         * Puts the API in front of another registry: logins are for that address, with that password, and CreateRepository only
         * records what it was asked for.
         */
        public Builder registry(URI base, String password) {
            external = Optional.of(base);
            externalPassword = Optional.of(password);
            return this;
        }

        /**
         * Makes the registry and its storage speak HTTPS. {@code skopeo} tries HTTPS first and waits ten seconds for a server
         * that only speaks HTTP, so give it one that does.
         */
        public Builder tls(SSLContext context) {
            tls = Optional.of(context);
            return this;
        }

        /** Starts the sandbox. */
        public EcrSandbox start() throws IOException {
            return new EcrSandbox(this);
        }
    }
}
