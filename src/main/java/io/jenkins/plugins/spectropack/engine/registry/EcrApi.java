package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Retry;
import io.jenkins.plugins.spectropack.engine.util.ServerErrors;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
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
    private final AwsCredentialChain credentials;
    private final Retry retry;
    private final Duration timeout;
    private final String host;
    private final String where;

    /**
     * Makes a client.
     *
     * @param http stays open
     * @param credentials are closed with this client
     */
    EcrApi(
            SdkHttpClient http,
            AwsCredentialChain credentials,
            Region region,
            Optional<URI> endpoint,
            Duration timeout,
            Retry retry) {
        EcrClientBuilder builder = EcrClient.builder()
                .httpClient(http)
                .credentialsProvider(credentials)
                .region(region)
                .overrideConfiguration(override ->
                        override.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(timeout));
        endpoint.ifPresent(builder::endpointOverride);
        try {
            client = builder.build();
        } catch (RuntimeException e) {
            credentials.close();
            throw e;
        }
        this.credentials = credentials;
        this.retry = retry;
        this.timeout = timeout;
        host = endpoint.map(URI::getRawAuthority)
                .orElseGet(() -> EcrClient.serviceMetadata().endpointFor(region).toString());
        where = endpoint.map(uri -> "ECR at " + host).orElse("ECR in " + region.id());
    }

    /** GetAuthorizationToken: a login for 12 hours, and the registry's address. */
    AuthorizationData authorizationToken() throws RegistryException, InterruptedException {
        return call("GetAuthorizationToken", "", ecr -> ecr.getAuthorizationToken()).authorizationData().stream()
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
                Repository made = ecr.createRepository(request.build()).repository();
                return new Creation(true, Optional.ofNullable(made.registryId()));
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

    private <T> T call(String operation, String on, Function<EcrClient, T> call)
            throws RegistryException, InterruptedException {
        return retry.run(() -> {
            try {
                return call.apply(client);
            } catch (AbortedException e) {
                Thread.interrupted();
                throw new InterruptedException(operation + " was interrupted");
            } catch (EcrException e) {
                throw refused(operation + on, e);
            } catch (SdkException e) {
                throw unanswered(operation + on, e);
            }
        });
    }

    private RegistryException refused(String operation, EcrException e) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        String message = e.awsErrorDetails() == null
                ? e.getMessage()
                : String.valueOf(e.awsErrorDetails().errorMessage());
        StringBuilder text = new StringBuilder(operation)
                .append(" failed: ")
                .append(where)
                .append(" answered ")
                .append(code.isEmpty() ? Integer.toString(e.statusCode()) : code);
        if (message != null && !message.isBlank()) {
            text.append(": ").append(message.strip().replaceAll("\\s+", " "));
        }
        ServerErrors.finishSentence(text);
        hint(code, message).ifPresent(hint -> text.append(' ').append(hint));
        boolean isTransient =
                e.isThrottlingException() || ServerErrors.isTransient(e.statusCode()) || code.equals("ServerException");
        Optional<String> retryAfter = Optional.ofNullable(e.awsErrorDetails())
                .flatMap(details -> details.sdkHttpResponse().firstMatchingHeader("Retry-After"));
        return RegistryException.answered(
                text.toString(), e.statusCode(), code, isTransient, ServerErrors.wait(retryAfter), null);
    }

    private static Optional<String> hint(String code, String message) {
        Optional<String> action = RegistryErrors.missingAction(String.valueOf(message));
        String hint =
                switch (code) {
                    case "UnrecognizedClientException", "InvalidClientTokenId" ->
                        "Check the AWS access key id, and the session token if there is one.";
                    case "InvalidSignatureException", "SignatureDoesNotMatch" ->
                        String.valueOf(message).toLowerCase(Locale.ROOT).contains("region")
                                ? "Check the region."
                                : "Check the AWS secret access key, the region and this machine's clock.";
                    case "ExpiredTokenException", "ExpiredToken" -> "The AWS session has run out; get a fresh one.";
                    case "MissingAuthenticationTokenException", "IncompleteSignatureException" ->
                        "Check the AWS credentials.";
                    case "AccessDeniedException" ->
                        "Allow " + action.orElse("this action") + " in the IAM policy of these credentials.";
                    case "LimitExceededException" ->
                        "Ask AWS for a higher quota of repositories, or delete unused ones.";
                    case "KmsException" -> "Check the KMS key, and that these credentials may use it.";
                    case "InvalidTagParameterException", "TooManyTagsException" -> "Check the resource tags.";
                    default -> "";
                };
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    private RegistryException unanswered(String operation, SdkException e) {
        Throwable network = e;
        while (network.getCause() != null && !(network instanceof IOException)) {
            network = network.getCause();
        }
        if (network instanceof IOException io) {
            return RegistryErrors.unanswered(RegistryKind.ECR, operation, host, "", io);
        }
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return RegistryException.transientFailure(
                    operation + " failed: " + where + " did not answer within " + timeout.toSeconds() + " s.", e);
        }
        if (e instanceof SdkClientException && String.valueOf(e.getMessage()).contains("credentials")) {
            return RegistryException.permanent(
                    operation + " failed: no usable AWS credentials. " + credentialsHint(e.getMessage()), e);
        }
        return RegistryException.permanent(operation + " failed: " + e.getMessage(), e);
    }

    private static String credentialsHint(String message) {
        String searched = message.replaceAll("\\s+", " ").strip();
        return "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose a profile with AWS_PROFILE, or run where the machine"
                + " has a role. The AWS SDK says: " + searched;
    }

    @Override
    public void close() {
        try {
            client.close();
        } finally {
            credentials.close();
        }
    }
}
