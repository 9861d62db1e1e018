package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Amazon ECR on loopback: the API on one port, its OCI registry on another, STS on a third. Start it with {@link #builder}, point a client to
 * {@link #endpoint} with the keys in {@link #environment}, then look at what is in the registry and at {@link #requests}.
 */
public final class EcrSandbox extends EcrContent implements AutoCloseable {

    private final Account account;
    private final AwsKeys keys;
    private final IamSandbox iam;
    private final SigV4Check signatures;
    private final Passwords passwords = new Passwords();
    private final Servers servers;
    private final LoopbackServer api;
    private final RegistryHandler registryHandler;
    private final Blobs blobs;
    private final URI registry;

    private EcrSandbox(
            Builder builder,
            Account account,
            Servers servers,
            LoopbackServer api,
            LoopbackServer ownRegistry,
            URI registry)
            throws IOException {
        super(account, registry.getRawAuthority());
        this.account = account;
        this.servers = servers;
        this.api = api;
        this.registry = registry;
        keys = AwsKeys.random(builder.session);
        iam = new IamSandbox(account, keys);
        signatures = new SigV4Check(iam, builder.region, Request.ECR);
        LoopbackServer sts = servers.bind(Optional.empty());
        LoopbackServer storage = servers.bind(builder.tls);

        URI ownUri = ownRegistry.uri();
        StorageHandler storageHandler = new StorageHandler(store(), storage.uri());
        blobs = new Blobs(repositoryStore(), store(), storageHandler, ownUri);
        Manifests manifests = new Manifests(account, repositoryStore(), blobs, ownUri);
        registryHandler = new RegistryHandler(account, passwords, repositoryStore(), blobs, manifests, ownUri);
        api.serve(new EcrApiHandler(
                account,
                signatures,
                actions(),
                imageActions(),
                registry,
                () -> builder.externalPassword.map(passwords::issue).orElseGet(passwords::issue)));
        sts.serve(new StsHandler(iam, new SigV4Check(iam, builder.region, Request.STS)));
        iam.serve(sts.uri());
        ownRegistry.serve(registryHandler);
        storage.serve(storageHandler);
    }

    private static EcrSandbox start(Builder builder) throws IOException {
        Servers servers = new Servers("ecr-sandbox");
        // First, since another program may have the port.
        LoopbackServer api = servers.bind(builder.port, Optional.empty());
        LoopbackServer ownRegistry = servers.bind(builder.tls);
        Account account = new Account(builder.accountId, builder.region, builder.user);
        URI registry = builder.external.orElse(ownRegistry.uri());
        return new EcrSandbox(builder, account, servers, api, ownRegistry, registry);
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

    /** Whose requests the API takes: users, roles, and STS. */
    public IamSandbox iam() {
        return iam;
    }

    /** The id of the key that the API takes at first. */
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
        Map<String, String> environment = new LinkedHashMap<>(keys.environment());
        environment.put("AWS_DEFAULT_REGION", account.region());
        environment.put("AWS_ENDPOINT_URL_ECR", endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_STS", iam.endpoint().toString());
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

    /** Forgets all faults, and cuts the connections of the requests that they hold up. */
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

    /** Cuts all connections and deletes everything. */
    @Override
    public void close() {
        servers.close();
        try {
            store().delete();
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
            return EcrSandbox.start(this);
        }
    }
}
