package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Any OCI registry with a user name and a password, such as Harbor. Source of the procedure: Spectro Cloud's "Add a Pack to a
 * Basic OCI Registry".
 */
public final class BasicTarget implements RegistryTarget {

    private static final long serialVersionUID = 1L;
    private static final int UNAUTHORIZED = 401;

    private final RegistryAddress address;
    private final RepositoryNames names;
    private final RegistryCredentials credentials;
    private final boolean createBaseArtifact;
    private final TlsTrust trust;

    private BasicTarget(Builder builder, RegistryAddress address) {
        this.address = address;
        names = RepositoryNames.of(builder.basePath, RepositoryNames.Rules.OCI);
        credentials = builder.credentials;
        createBaseArtifact = builder.createBaseArtifact;
        trust = builder.trust;
    }

    /** Begins to describe a registry. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a {@link BasicTarget} is made of. Text may be null or blank where it is not given. */
    public static final class Builder {
        private String url = "";
        private String basePath = "";
        private RegistryCredentials credentials;
        private boolean createBaseArtifact = true;
        private TlsTrust trust = TlsTrust.DEFAULT;

        private Builder() {}

        /** The registry's address: {@code https://HOST[:PORT]}. */
        public Builder url(String value) {
            url = Objects.requireNonNullElse(value, "").strip();
            return this;
        }

        /** The path that packs go below, with or without {@code /spectro-packs/archive}; in Harbor it begins with a project. */
        public Builder basePath(String value) {
            basePath = Objects.requireNonNullElse(value, "").strip();
            return this;
        }

        /** The login; null for none, which is possible for a loopback address only. */
        public Builder credentials(RegistryCredentials value) {
            credentials = value;
            return this;
        }

        /** Whether the empty artifact that makes the repository above the packs is pushed where it is missing; true at first. */
        public Builder createBaseArtifact(boolean value) {
            createBaseArtifact = value;
            return this;
        }

        /** Which certificates are trusted. */
        public Builder trust(TlsTrust value) {
            trust = value;
            return this;
        }

        /**
         * Checks everything that can be checked without asking the registry.
         *
         * @throws IllegalArgumentException with a sentence for the user
         */
        public BasicTarget build() {
            urlProblem(url)
                    .or(() -> RepositoryNames.Rules.OCI.problem(basePath))
                    .or(() -> TlsTrust.problem(trust.caCertificates()))
                    .ifPresent(problem -> {
                        throw new IllegalArgumentException(problem);
                    });
            RegistryAddress address = address(url);
            if (credentials == null && !Loopback.is(address.origin().getHost())) {
                throw new IllegalArgumentException("The registry " + address.host()
                        + " needs a user name and a password. Give " + Setting.LOGIN.words()
                        + ". Only on a loopback address can packs be published without.");
            }
            return new BasicTarget(this, address);
        }
    }

    /** Says what is wrong with a registry's URL; empty if it is fine. */
    public static Optional<String> urlProblem(String url) {
        if (url == null || url.isBlank()) {
            return Optional.of("The registry's URL is missing. Give its address as " + Setting.REGISTRY_URL.words()
                    + ", for example https://harbor.example.com.");
        }
        if (url.contains("@")) {
            return Optional.of("The registry's URL must not hold a user name or password; give them as "
                    + Setting.LOGIN.words() + ".");
        }
        try {
            RegistryAddress.parse(url.strip());
        } catch (RegistryException e) {
            return Optional.of(e.getMessage());
        }
        URI uri = URI.create(url.contains("://") ? url.strip() : "https://" + url.strip());
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("The registry's URL '" + url + "' has more than a host. Give only https://HOST or"
                    + " https://HOST:PORT; the path that packs go below is for " + Setting.BASE_PATH.words() + ".");
        }
        return Optional.empty();
    }

    private static RegistryAddress address(String url) {
        try {
            return RegistryAddress.parse(url.strip());
        } catch (RegistryException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public RepositoryNames names() {
        return names;
    }

    @Override
    public TlsTrust trust() {
        return trust;
    }

    @Override
    public String describe() {
        return address.host() + "/" + names.archive() + ", "
                + (credentials == null ? "without a login" : "with " + credentials.source());
    }

    @Override
    public RegistrySession open(SdkHttpClient http, Limits limits, ProgressListener listener)
            throws RegistryException, InterruptedException {
        trust.warning(address.host()).ifPresent(listener::log);
        Retry retry = new Retry(limits, listener);
        HttpTransport transport = new HttpTransport(http, limits);
        BasicLogin login = new BasicLogin(address, Optional.ofNullable(credentials), transport);
        OciClient client = new OciClient(RegistryKind.BASIC, address, transport, login, retry);
        try {
            new FirstLook(address, login, http, limits, listener).logIn(names.archive(), client);
        } catch (RegistryException e) {
            // Harbor takes a token for the repository that it is made for, but need not take it here.
            if (e.status() != UNAUTHORIZED || !login.hasToken()) {
                throw e;
            }
        }
        listener.log(
                credentials != null
                        ? "Logged in to " + address.host() + "."
                        : "Reached " + address.host() + "; no login is used.");
        OciStore store = new OciStore(client);
        BaseArtifact base = new BaseArtifact(client, store, names.archive(), createBaseArtifact);
        return new RegistrySession(names, store, base, new OciInventory(client), listener);
    }

    @Override
    public String toString() {
        return "BasicTarget[" + address.host() + ", " + names + "]";
    }
}
