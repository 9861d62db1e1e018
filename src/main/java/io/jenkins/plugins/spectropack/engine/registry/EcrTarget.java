package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.Repository;

/**
 * A private registry of AWS ECR. Logs in with GetAuthorizationToken; the registry's host is the {@code proxyEndpoint} that
 * comes with the token. Whoever makes it keeps the HTTP client and closes it after the last session.
 */
public final class EcrTarget implements RegistryTarget {

    // Source: the ECR user guide, "Private registry authentication", and the dual-stack and FIPS forms of the host.
    private static final Pattern ACCOUNT_IN_HOST = Pattern.compile("([0-9]{12})\\.dkr[.-]ecr(-fips)?\\..*");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}");

    private final Builder settings;
    private final RepositoryNames names;

    private EcrTarget(Builder settings) {
        this.settings = settings;
        names = RepositoryNames.of(settings.repositoryName, RepositoryNames.Rules.ECR);
    }

    /**
     * Begins to describe a registry.
     *
     * @param http the client for the ECR API and the registry alike
     * @param credentials to sign with
     */
    public static Builder builder(SdkHttpClient http, AwsCredentialsProvider credentials) {
        return new Builder(http, credentials);
    }

    /** What an {@link EcrTarget} is made of. */
    public static final class Builder {
        private final SdkHttpClient http;
        private final AwsCredentialsProvider credentials;
        private String repositoryName = "";
        private String region = "";
        private String accountId = "";
        private URI endpoint;
        private boolean createRepositories = true;
        private RepositorySettings repositorySettings = RepositorySettings.DEFAULT;
        private Limits limits = Limits.ofFrontDoor();

        private Builder(SdkHttpClient http, AwsCredentialsProvider credentials) {
            this.http = Objects.requireNonNull(http);
            this.credentials = Objects.requireNonNull(credentials);
        }

        /** The repository that packs go below, with or without {@code /spectro-packs/archive}. */
        public Builder repositoryName(String value) {
            repositoryName = value;
            return this;
        }

        /** The AWS region, such as {@code us-east-1}. */
        public Builder region(String value) {
            region = value;
            return this;
        }

        /** The account that the registry must belong to, twelve digits; blank for any. */
        public Builder accountId(String value) {
            accountId = value == null ? "" : value.strip();
            return this;
        }

        /** The ECR API, where it is not AWS's own for the region; null for that one. */
        public Builder endpoint(URI value) {
            endpoint = value;
            return this;
        }

        /** Whether missing repositories are made. */
        public Builder createRepositories(boolean value) {
            createRepositories = value;
            return this;
        }

        /** How missing repositories are made. */
        public Builder repositorySettings(RepositorySettings value) {
            repositorySettings = value;
            return this;
        }

        /** How long to wait and how often to retry. */
        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        /**
         * Checks everything that can be checked without asking AWS.
         *
         * @throws IllegalArgumentException with a sentence for the user
         */
        public EcrTarget build() {
            reject(RepositoryNames.Rules.ECR.problem(repositoryName));
            reject(regionProblem(region));
            reject(accountProblem(accountId));
            reject(endpointProblem(endpoint == null ? "" : endpoint.toString()));
            reject(repositorySettings.problem());
            return new EcrTarget(this);
        }

        private static void reject(Optional<String> problem) {
            problem.ifPresent(text -> {
                throw new IllegalArgumentException(text);
            });
        }
    }

    /** Says what is wrong with an account id; empty if it is fine or not given. */
    public static Optional<String> accountProblem(String accountId) {
        if (accountId == null
                || accountId.isBlank()
                || ACCOUNT.matcher(accountId.strip()).matches()) {
            return Optional.empty();
        }
        return Optional.of("The account id '" + accountId
                + "' is not an AWS account id: give its twelve digits without dashes, for example 123456789012.");
    }

    /** Says what is wrong with a region's name; empty if it looks like one. Regions newer than this program are fine. */
    public static Optional<String> regionProblem(String region) {
        if (region == null || region.isBlank()) {
            return Optional.of("The AWS region is missing. Give the region of the registry, for example us-east-1.");
        }
        if (!REGION.matcher(region.strip()).matches()) {
            return Optional.of("'" + region + "' is not the name of an AWS region. Give a name such as us-east-1.");
        }
        return Optional.empty();
    }

    /** Says what is wrong with the URL of an ECR API; empty if it is fine or not given. */
    public static Optional<String> endpointProblem(String endpoint) {
        if (endpoint == null || endpoint.isBlank()) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = URI.create(endpoint.strip());
        } catch (IllegalArgumentException e) {
            return Optional.of("The endpoint '" + endpoint + "' is not a URL.");
        }
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            return Optional.of(
                    "The endpoint '" + endpoint + "' must be a URL such as https://api.ecr.us-east-1.amazonaws.com.");
        }
        if ("http".equals(uri.getScheme()) && !Loopback.is(uri.getHost())) {
            return Optional.of("The endpoint '" + endpoint
                    + "' is plain HTTP, which would carry the login unencrypted. Use https://.");
        }
        return Optional.empty();
    }

    @Override
    public RepositoryNames names() {
        return names;
    }

    @Override
    public RegistrySession open(ProgressListener listener) throws RegistryException, InterruptedException {
        Retry retry = new Retry(settings.limits, listener);
        EcrApi api = new EcrApi(
                settings.http,
                settings.credentials,
                Region.of(settings.region.strip()),
                Optional.ofNullable(settings.endpoint),
                settings.limits.api(),
                retry);
        Login login = new Login(api);
        RegistryAddress address = RegistryAddress.parse(login.first().proxyEndpoint());
        Optional<String> account = checkAccount(api, address, listener);
        listener.log("Logged in to " + address.host()
                + account.map(id -> " (account " + id + ")").orElse("") + ".");
        OciClient client = new OciClient(
                RegistryKind.ECR, address, new OciTransport(settings.http, settings.limits), login, retry);
        return new RegistrySession(names, client, new EcrProvisioner(api, client), listener);
    }

    /**
     * Logs in and looks who the registry belongs to, without changing anything.
     *
     * @return a sentence that names the registry and the account
     */
    public String test() throws RegistryException, InterruptedException {
        StringBuilder said = new StringBuilder();
        open(said::append).close();
        return said.toString();
    }

    private Optional<String> checkAccount(EcrApi api, RegistryAddress address, ProgressListener listener)
            throws RegistryException, InterruptedException {
        Matcher matcher = ACCOUNT_IN_HOST.matcher(address.host());
        Optional<String> account = matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        if (settings.accountId.isEmpty()) {
            return account;
        }
        if (account.isEmpty()) {
            account = api.account(names.archive());
        }
        if (account.isEmpty()) {
            listener.log("Which account " + address.host() + " belongs to is not known yet; the account id is checked"
                    + " against what ECR says of the repositories.");
        }
        requireAccount(account, address);
        return account;
    }

    private void requireAccount(Optional<String> account, RegistryAddress address) throws RegistryException {
        if (account.isPresent()
                && !settings.accountId.isEmpty()
                && !account.get().equals(settings.accountId)) {
            throw RegistryException.permanent("The account id is " + settings.accountId
                    + ", but the credentials belong to the registry of account " + account.get() + " at "
                    + address.host() + ". Check the account id, or use credentials of that account."
                    + " No pack was sent.");
        }
    }

    /** The token of ECR, fetched again when the registry refuses it. ECR gives it for 12 hours. */
    private static final class Login implements Authentication {
        private final EcrApi api;
        private RegistryCredentials credentials;
        private AuthorizationData data;

        Login(EcrApi api) {
            this.api = api;
        }

        synchronized AuthorizationData first() throws RegistryException, InterruptedException {
            fetch();
            return data;
        }

        private void fetch() throws RegistryException, InterruptedException {
            data = api.authorizationToken();
            try {
                credentials = RegistryCredentials.ofToken(data.authorizationToken());
            } catch (IllegalArgumentException e) {
                throw RegistryException.permanent("GetAuthorizationToken failed: ECR answered with a token that is not"
                        + " base64 of USER:PASSWORD.");
            }
        }

        @Override
        public synchronized Optional<String> header(String repository) throws RegistryException, InterruptedException {
            if (credentials == null) {
                fetch();
            }
            return Optional.of(credentials.basicAuthorization());
        }

        @Override
        public synchronized boolean refused(String repository, Optional<String> header, List<String> challenges) {
            if (credentials != null && header.equals(Optional.of(credentials.basicAuthorization()))) {
                credentials = null;
            }
            return true;
        }
    }

    /** Makes repositories with CreateRepository, which needs one permission less than looking first. */
    private final class EcrProvisioner implements Provisioner {
        private static final String ANY_TAG = "latest";

        private final EcrApi api;
        private final OciClient client;

        EcrProvisioner(EcrApi api, OciClient client) {
            this.api = api;
            this.client = client;
        }

        @Override
        public boolean createsRepositories() {
            return settings.createRepositories;
        }

        @Override
        public void close() {
            api.close();
        }

        @Override
        public boolean create(String repository) throws RegistryException, InterruptedException {
            if (!settings.createRepositories) {
                return false;
            }
            try {
                EcrApi.Creation creation = api.create(repository, settings.repositorySettings);
                requireAccount(creation.account(), client.address());
                return creation.created();
            } catch (RegistryException e) {
                if (e.code().equals("AccessDeniedException") && exists(repository)) {
                    return false;
                }
                throw e;
            }
        }

        private boolean exists(String repository) throws InterruptedException {
            try {
                client.manifest(repository, ANY_TAG);
                return true;
            } catch (RegistryException e) {
                return false;
            }
        }

        @Override
        public Optional<String> immutability(String repository, String tag)
                throws RegistryException, InterruptedException {
            Optional<Repository> found;
            try {
                found = api.describe(repository);
            } catch (RegistryException e) {
                // Without ecr:DescribeRepositories the registry itself will refuse the tag, after the upload.
                return Optional.empty();
            }
            return found.filter(described -> isImmutable(described, tag))
                    .map(immutable -> "the repository's tags are immutable");
        }

        // Source: ECR API reference, "ImageTagMutabilityExclusionFilter": '*' stands for any characters.
        private static boolean isImmutable(Repository repository, String tag) {
            boolean excluded = repository.imageTagMutabilityExclusionFilters().stream()
                    .anyMatch(filter -> tag.matches("\\Q" + filter.filter().replace("*", "\\E.*\\Q") + "\\E"));
            return switch (repository.imageTagMutability()) {
                case IMMUTABLE -> true;
                case IMMUTABLE_WITH_EXCLUSION -> !excluded;
                case MUTABLE_WITH_EXCLUSION -> excluded;
                default -> false;
            };
        }
    }
}
