package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Retry;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.endpoints.EcrEndpointProvider;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;

/**
 * The few calls of the ECR API that publishing needs, with failures as sentences: AWS's own code and message, and what to
 * do.
 */
final class EcrApi implements AutoCloseable {

    private static final Pattern REGISTRY_ID = Pattern.compile("registry with id '([0-9]{12})'");

    private final EcrClient client;
    private final AwsSession credentials;
    private final AwsSigner signer;
    private final Retry retry;
    private final String where;
    private final AwsErrors errors;

    /**
     * Makes a client.
     *
     * @param http stays open
     * @param credentials are closed with this client
     * @param endpoint of the API; empty for AWS's own
     * @param signer is told of refusals
     * @throws RegistryException if what this machine sets for the SDK means nothing
     */
    EcrApi(
            SdkHttpClient http,
            AwsSession credentials,
            AwsSettings settings,
            Region region,
            Optional<URI> endpoint,
            Duration timeout,
            Retry retry,
            AwsSigner signer)
            throws RegistryException {
        URI address = endpoint.orElseGet(() -> ownEndpoint(region, settings));
        client = new AwsClients(http, settings, region)
                .make("Asking ECR", EcrClient.builder(), address, credentials, timeout);
        this.credentials = credentials;
        this.signer = signer;
        this.retry = retry;
        String host = address.getRawAuthority();
        boolean isUsual = endpoint.isEmpty() && !settings.fips() && !settings.dualStack();
        where = isUsual ? "ECR in " + region.id() : "ECR at " + host;
        Optional<String> doubt = endpoint.isPresent() ? Optional.empty() : AwsRegions.doubt(region.id());
        errors = new AwsErrors(host, where, doubt, timeout, credentials::secrets);
    }

    private static URI ownEndpoint(Region region, AwsSettings settings) {
        return EcrEndpointProvider.defaultProvider()
                .resolveEndpoint(endpoint ->
                        endpoint.region(region).useFips(settings.fips()).useDualStack(settings.dualStack()))
                .join()
                .url();
    }

    /** GetAuthorizationToken: a login for 12 hours, and the registry's address. */
    AuthorizationData authorizationToken() throws RegistryException, InterruptedException {
        return call("GetAuthorizationToken", "", ecr -> ecr.getAuthorizationToken()).authorizationData().stream()
                .filter(data -> data != null && data.authorizationToken() != null && data.proxyEndpoint() != null)
                .findFirst()
                .orElseThrow(() -> RegistryException.permanent(
                        "GetAuthorizationToken failed: " + where + " answered without a token."));
    }

    /**
     * What CreateRepository did.
     *
     * @param created whether there was no such repository
     * @param account of the registry, as far as the answer names it
     */
    record Creation(boolean created, Optional<String> account) {}

    /** CreateRepository; an existing repository is left as it is. */
    Creation create(String repository, RepositorySettings settings) throws RegistryException, InterruptedException {
        CreateRepositoryRequest.Builder request =
                CreateRepositoryRequest.builder().repositoryName(repository);
        if (settings.immutableTags()) {
            request.imageTagMutability(ImageTagMutability.IMMUTABLE);
        }
        if (settings.scanOnPush()) {
            request.imageScanningConfiguration(scanning -> scanning.scanOnPush(true));
        }
        if (!settings.kmsKey().isEmpty()) {
            request.encryptionConfiguration(
                    encryption -> encryption.encryptionType(EncryptionType.KMS).kmsKey(settings.kmsKey()));
        }
        if (!settings.tags().isEmpty()) {
            request.tags(settings.tags().entrySet().stream()
                    .map(tag -> Tag.builder()
                            .key(tag.getKey())
                            .value(tag.getValue())
                            .build())
                    .toList());
        }
        Creation creation = call("CreateRepository", " '" + repository + "'", ecr -> {
            try {
                Optional<Repository> made = Optional.ofNullable(
                        ecr.createRepository(request.build()).repository());
                return new Creation(true, made.map(Repository::registryId));
            } catch (RepositoryAlreadyExistsException e) {
                return new Creation(false, registryId(e));
            }
        });
        if (creation.created() && !settings.lifecyclePolicy().isEmpty()) {
            putLifecyclePolicy(repository, settings.lifecyclePolicy());
        }
        return creation;
    }

    private void putLifecyclePolicy(String repository, String policy) throws RegistryException, InterruptedException {
        try {
            call(
                    "PutLifecyclePolicy",
                    " on '" + repository + "'",
                    ecr -> ecr.putLifecyclePolicy(
                            put -> put.repositoryName(repository).lifecyclePolicyText(policy)));
        } catch (RegistryException e) {
            // The next run would take the repository as it is, without its policy.
            throw RegistryException.permanent(e.getMessage() + " " + remove(repository), e);
        }
    }

    private String remove(String repository) throws InterruptedException {
        try {
            call(
                    "DeleteRepository",
                    " '" + repository + "'",
                    ecr -> ecr.deleteRepository(delete -> delete.repositoryName(repository)));
            return "The repository, still empty, was removed again.";
        } catch (RegistryException e) {
            return "The repository was created and has no lifecycle policy; delete it before the next run, or set the"
                    + " policy by hand.";
        }
    }

    /** DescribeRepositories for one repository; nothing if it does not exist. */
    Optional<Repository> describe(String repository) throws RegistryException, InterruptedException {
        return call("DescribeRepositories", " '" + repository + "'", ecr -> {
            try {
                return ecr
                        .describeRepositories(describe -> describe.repositoryNames(repository))
                        .repositories()
                        .stream()
                        .filter(Objects::nonNull)
                        .findFirst();
            } catch (RepositoryNotFoundException e) {
                return Optional.<Repository>empty();
            }
        });
    }

    /** The account that a registry belongs to, as far as ECR tells: looking at repositories may not be allowed. */
    Optional<String> account(String repository) throws InterruptedException {
        try {
            return describeAccount(repository);
        } catch (RegistryException e) {
            signer.forgive();
            return Optional.empty();
        }
    }

    private Optional<String> describeAccount(String repository) throws RegistryException, InterruptedException {
        return call("DescribeRepositories", " '" + repository + "'", ecr -> {
            try {
                return ecr
                        .describeRepositories(describe -> describe.repositoryNames(repository))
                        .repositories()
                        .stream()
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(Repository::registryId);
            } catch (RepositoryNotFoundException e) {
                return registryId(e);
            }
        });
    }

    private static Optional<String> registryId(EcrException e) {
        Matcher matcher = REGISTRY_ID.matcher(String.valueOf(e.awsErrorDetails().errorMessage()));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * Calls the API, again after a transient failure.
     *
     * @param operation its name
     * @param on what follows the name in a sentence
     */
    <T> T call(String operation, String on, Function<EcrClient, T> call)
            throws RegistryException, InterruptedException {
        return retry.run(() -> {
            credentials.refresh(operation + on);
            try {
                return call.apply(client);
            } catch (AbortedException e) {
                Thread.interrupted();
                throw new InterruptedException(operation + " was interrupted");
            } catch (EcrException e) {
                RegistryException refusal = errors.refused(operation + on, e);
                signer.refused(refusal);
                throw refusal;
            } catch (SdkException e) {
                throw errors.unanswered(operation + on, e);
            } catch (StackOverflowError | OutOfMemoryError e) {
                throw errors.tooMuch(operation + on, e);
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw AwsClients.unusable(operation + on, e);
            }
        });
    }

    /** Which ECR is asked, within a sentence. */
    String where() {
        return where;
    }

    /** What ECR says of one image of several, as a sentence. */
    String failed(String operation, ImageFailure failure) {
        return errors.failed(operation, failure.failureCodeAsString(), failure.failureReason());
    }

    /** Told that the last refusal does no harm. */
    void forgive() {
        signer.forgive();
    }

    @Override
    public void close() {
        try {
            signer.ended();
            client.close();
        } finally {
            credentials.close();
        }
    }
}
