package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.BoundedHttpClient;
import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * A private registry of AWS ECR. Logs in with GetAuthorizationToken; the registry's host is the {@code proxyEndpoint} that
 * comes with the token.
 */
public final class EcrTarget implements RegistryTarget {

    private static final long serialVersionUID = 1L;

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final int LONGEST_REGION = 64;
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[0-9]{1,2}");

    private final RepositoryNames names;
    private final String region;
    private final String accountId;
    private final String endpoint;
    private final boolean createRepositories;
    private final RepositorySettings repositorySettings;
    private final AwsIdentity identity;

    private EcrTarget(Builder builder) {
        names = RepositoryNames.of(builder.repositoryName, RepositoryNames.Rules.ECR);
        region = builder.region;
        accountId = builder.accountId;
        endpoint = builder.endpoint;
        createRepositories = builder.createRepositories;
        repositorySettings = builder.repositorySettings;
        identity = builder.identity;
    }

    /**
     * Begins to describe a registry.
     *
     * @param identity who signs
     */
    public static Builder builder(AwsIdentity identity) {
        return new Builder(identity);
    }

    /** What an {@link EcrTarget} is made of. Text may be null or blank where it is not given. */
    public static final class Builder {
        private final AwsIdentity identity;
        private String repositoryName = "";
        private String region = "";
        private String accountId = "";
        private String endpoint = "";
        private boolean createRepositories = true;
        private RepositorySettings repositorySettings = RepositorySettings.DEFAULT;

        private Builder(AwsIdentity identity) {
            this.identity = Objects.requireNonNull(identity);
        }

        /** The repository that packs go below, with or without {@code /spectro-packs/archive}. */
        public Builder repositoryName(String value) {
            repositoryName = strip(value);
            return this;
        }

        /** The AWS region, such as {@code us-east-1}; blank for the one that the environment or the profile of the identity says. */
        public Builder region(String value) {
            region = strip(value);
            return this;
        }

        /** The account that the registry must belong to, twelve digits; blank for any. */
        public Builder accountId(String value) {
            accountId = strip(value);
            return this;
        }

        /** The URL of the ECR API, where it is not AWS's own for the region; blank for that one. */
        public Builder endpoint(String value) {
            endpoint = strip(value);
            return this;
        }

        /** Whether missing repositories are made; true at first. */
        public Builder createRepositories(boolean value) {
            createRepositories = value;
            return this;
        }

        /** How missing repositories are made. */
        public Builder repositorySettings(RepositorySettings value) {
            repositorySettings = value;
            return this;
        }

        /**
         * Checks everything that can be checked without asking AWS.
         *
         * @throws IllegalArgumentException with a sentence for the user
         */
        public EcrTarget build() {
            RepositoryNames.Rules.ECR
                    .problem(repositoryName)
                    .or(() -> regionProblem(region))
                    .or(() -> accountProblem(accountId))
                    .or(() -> endpointProblem(endpoint))
                    .or(repositorySettings::problem)
                    .ifPresent(problem -> {
                        throw new IllegalArgumentException(problem);
                    });
            return new EcrTarget(this);
        }

        private static String strip(String text) {
            return Objects.requireNonNullElse(text, "").strip();
        }
    }

    /** Says what is wrong with an account id; empty if it is fine or not given. */
    public static Optional<String> accountProblem(String accountId) {
        if (accountId == null
                || accountId.isBlank()
                || ACCOUNT.matcher(accountId.strip()).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                "The account id '" + accountId + "' is not an AWS account id. Give its twelve digits without dashes as "
                        + Setting.ACCOUNT_ID.words() + ", for example 123456789012.");
    }

    /** Says that nothing names the region. */
    public static String regionMissing() {
        return "The AWS region is missing. Give " + Setting.REGION.words() + ", or set AWS_DEFAULT_REGION, or choose a"
                + " profile that has a region with AWS_PROFILE.";
    }

    /** Says what is wrong with a region's name; empty if it looks like one or is not given. Regions newer than this program are fine. */
    public static Optional<String> regionProblem(String region) {
        if (region == null || region.isBlank()) {
            return Optional.empty();
        }
        if (region.length() > LONGEST_REGION || !REGION.matcher(region.strip()).matches()) {
            return Optional.of("'" + region + "' is not the name of an AWS region. Give one such as us-east-1 as "
                    + Setting.REGION.words() + ".");
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
            return Optional.of("The endpoint '" + endpoint + "' is not a URL. Check " + Setting.ENDPOINT.words() + ".");
        }
        if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
            return Optional.of("The endpoint '" + endpoint
                    + "' is none. Give a URL such as https://api.ecr.us-east-1.amazonaws.com as "
                    + Setting.ENDPOINT.words() + ".");
        }
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            return Optional.of("The endpoint has more than a host. Give only https://HOST or https://HOST:PORT as "
                    + Setting.ENDPOINT.words() + ", without a path, a query or a user.");
        }
        if ("http".equals(uri.getScheme()) && !Loopback.is(uri.getHost())) {
            return Optional.of("The endpoint '" + endpoint
                    + "' is plain HTTP, which would carry the login unencrypted. Use https:// in "
                    + Setting.ENDPOINT.words() + ".");
        }
        return Optional.empty();
    }

    @Override
    public RepositoryNames names() {
        return names;
    }

    @Override
    public boolean isEcr() {
        return true;
    }

    @Override
    public String describe() {
        return "AWS ECR in " + regionInForce().orElse("a region that is not known") + ", " + names.archive() + ", with "
                + identity.source();
    }

    private Optional<String> regionInForce() {
        try {
            return region.isEmpty() ? identity.region() : Optional.of(region);
        } catch (RegistryException e) {
            // Told when the registry is opened.
            return Optional.empty();
        }
    }

    @Override
    public RegistrySession open(SdkHttpClient http, Limits limits, ProgressListener listener)
            throws RegistryException, InterruptedException {
        return open(http, limits, listener, AwsSigner::told);
    }

    @Override
    public Tried test(SdkHttpClient http, Limits limits) throws RegistryException, InterruptedException {
        List<String> said = new ArrayList<>();
        try (RegistrySession session = open(http, limits, said::add, signer -> said.add(signer.words()))) {
            return new Tried(String.join(" ", said), session.refusals());
        }
    }

    private RegistrySession open(
            SdkHttpClient http, Limits limits, ProgressListener listener, Consumer<AwsSigner> loggedIn)
            throws RegistryException, InterruptedException {
        Retry retry = new Retry(limits, listener);
        SdkHttpClient bounded = new BoundedHttpClient(http);
        AwsSettings settings = identity.settings();
        Region where = region(settings);
        Optional<URI> api = endpoint.isEmpty() ? settings.endpoint("ecr") : Optional.of(URI.create(endpoint));
        AwsSession credentials = identity.open(bounded, settings, where, limits.api());
        AwsSigner signer = new AwsSigner(credentials, identity.source(), listener);
        EcrApi ecr;
        try {
            ecr = new EcrApi(bounded, credentials, settings, where, api, limits.api(), retry, signer);
        } catch (RegistryException e) {
            credentials.close();
            throw e;
        }
        boolean opened = false;
        try {
            EcrLogin login = new EcrLogin(ecr, signer);
            RegistryAddress address = RegistryAddress.parse(login.first().proxyEndpoint());
            EcrAccount account = new EcrAccount(accountId, address);
            Optional<String> owner = account.check(() -> ecr.account(names.archive()), listener);
            listener.log("Logged in to " + address.host()
                    + owner.map(id -> " (account " + id + ")").orElse("") + ".");
            loggedIn.accept(signer);
            OciClient client = new OciClient(RegistryKind.ECR, address, new HttpTransport(http, limits), login, retry);
            EcrProvisioner provisioner =
                    new EcrProvisioner(ecr, client, account, createRepositories, repositorySettings);
            RegistrySession session =
                    new RegistrySession(names, new OciStore(client), provisioner, new EcrInventory(ecr), listener);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                ecr.close();
            }
        }
    }

    private Region region(AwsSettings settings) throws RegistryException {
        String name = region.isEmpty() ? settings.region().orElse("") : region;
        Optional<String> problem = name.isEmpty() ? Optional.of(regionMissing()) : regionProblem(name);
        if (problem.isPresent()) {
            throw RegistryException.permanent(problem.get());
        }
        return Region.of(name);
    }

    @Override
    public String toString() {
        return "EcrTarget[" + names + (region.isEmpty() ? "" : ", " + region) + "]";
    }
}
