package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_PROXY_AUTH;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import io.jenkins.plugins.spectropack.engine.util.Secrets;
import io.jenkins.plugins.spectropack.engine.util.ServerErrors;
import io.jenkins.plugins.spectropack.engine.util.ServerText;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Failures of AWS' APIs as sentences: AWS's own code and message, and what to do. Source of the codes: ECR API reference and STS API
 * reference, each action's "Errors" and "Common errors".
 */
final class AwsErrors {

    /** How the name of the operation begins that brings a token instead of a signature. */
    private static final String WITH_TOKEN = "AssumeRoleWithWebIdentity";

    private final String host;
    private final String where;
    private final Optional<String> doubt;
    private final Duration timeout;
    private final Supplier<Secrets> secrets;

    /**
     * Takes what sentences name.
     *
     * @param host of the API
     * @param where which service it is, within a sentence
     * @param doubt what may be wrong with the region that the host's name is made of; empty if nothing is
     * @param timeout after which a call is given up
     * @param secrets what was sent
     */
    AwsErrors(String host, String where, Optional<String> doubt, Duration timeout, Supplier<Secrets> secrets) {
        this.host = host;
        this.where = where;
        this.doubt = doubt;
        this.timeout = timeout;
        this.secrets = secrets;
    }

    private String words(String text) {
        return ServerText.of(text, secrets.get());
    }

    /** What AWS answered, as a sentence. */
    RegistryException refused(String operation, AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null || details.errorCode() == null) {
            return notFromAws(operation, e);
        }
        String code = words(details.errorCode());
        String message = words(Objects.requireNonNullElse(details.errorMessage(), ""));
        StringBuilder text = new StringBuilder(answered(operation, code, message));
        hint(operation, code, message).ifPresent(hint -> text.append(' ').append(hint));
        boolean isTransient = e.isThrottlingException()
                || ServerErrors.isTransient(e.statusCode())
                || code.equals("ServerException")
                || code.equals("IDPCommunicationError");
        return RegistryException.answered(
                text.toString(),
                e.statusCode(),
                code,
                isTransient,
                ServerErrors.wait(retryAfter(details)),
                RegistryErrors.missingAction(message));
    }

    /**
     * A code and a message of AWS as a sentence.
     *
     * @param code null where AWS says none, as the message may be
     */
    String failed(String operation, String code, String message) {
        return answered(
                operation, code == null ? "no code" : words(code), words(Objects.requireNonNullElse(message, "")));
    }

    private String answered(String operation, String code, String message) {
        StringBuilder text = new StringBuilder(operation)
                .append(" failed: ")
                .append(where)
                .append(" answered ")
                .append(code);
        if (!message.isEmpty()) {
            text.append(": ").append(message);
        }
        ServerErrors.finishSentence(text);
        return text.toString();
    }

    private static Optional<String> retryAfter(AwsErrorDetails details) {
        return Optional.ofNullable(details)
                .map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader("Retry-After"));
    }

    /** A page of something in between, which has no code of AWS. */
    private RegistryException notFromAws(String operation, AwsServiceException e) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(e.awsErrorDetails());
        String server = details.map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader("Server"))
                .map(name -> ", which calls itself '" + words(name) + "'")
                .orElse("");
        String page = details.map(AwsErrorDetails::rawResponse)
                .map(bytes -> words(new String(bytes.asByteArray(), StandardCharsets.UTF_8)))
                .filter(text -> !text.isEmpty())
                .map(text -> ": " + text)
                .orElse("");
        StringBuilder text = new StringBuilder(operation)
                .append(" failed: ")
                .append(host)
                .append(" answered ")
                .append(e.statusCode())
                .append(" with something that is not AWS'")
                .append(server)
                .append(page);
        ServerErrors.finishSentence(text);
        text.append(
                e.statusCode() == HTTP_PROXY_AUTH
                        ? " Check the user name and password of the proxy."
                        : " A proxy or gateway may be between this machine and AWS: check it, and "
                                + Setting.ENDPOINT.words() + " if that is given.");
        return RegistryException.answered(
                text.toString(),
                e.statusCode(),
                "",
                ServerErrors.isTransient(e.statusCode()),
                ServerErrors.wait(retryAfter(e.awsErrorDetails())),
                Optional.empty());
    }

    private static Optional<String> hint(String operation, String code, String message) {
        Optional<String> action = RegistryErrors.missingAction(String.valueOf(message));
        String hint =
                switch (code) {
                    case "UnrecognizedClientException", "InvalidClientTokenId" ->
                        "Check the AWS access key id, and the session token if there is one.";
                    case "InvalidSignatureException", "SignatureDoesNotMatch" ->
                        String.valueOf(message).toLowerCase(Locale.ROOT).contains("region")
                                ? "Check " + Setting.REGION.words() + "."
                                : "Check the AWS secret access key, " + Setting.REGION.words()
                                        + " and this machine's clock.";
                    case "ExpiredTokenException", "ExpiredToken" -> "The AWS session has run out; get a fresh one.";
                    case "MissingAuthenticationTokenException", "IncompleteSignatureException" ->
                        "Check the AWS credentials.";
                    case "AccessDeniedException" ->
                        "Allow " + action.orElse("this action") + " in the IAM policy of these credentials.";
                    case "AccessDenied" ->
                        operation.startsWith(WITH_TOKEN)
                                ? "Let the role's trust policy trust this identity provider, with the subject and the"
                                        + " audience of the token."
                                : "Allow sts:AssumeRole in the IAM policy of these credentials, and let the role's"
                                        + " trust policy trust them, with this external id if it asks for one.";
                    case "InvalidIdentityToken", "IDPRejectedClaim" ->
                        "Check the token's issuer and audience, and that the role's account knows this identity provider.";
                    case "RegionDisabledException" -> "Activate STS for this region in the account of the role.";
                    case "LimitExceededException" ->
                        "Ask AWS for a higher quota of repositories, or delete unused ones.";
                    case "KmsException" ->
                        "Check " + Setting.KMS_KEY.words() + ", and that these credentials may use the key.";
                    case "InvalidTagParameterException", "TooManyTagsException" ->
                        "Check " + Setting.RESOURCE_TAGS.words() + ".";
                    default -> "";
                };
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    /** That AWS did not answer, as a sentence. */
    RegistryException unanswered(String operation, SdkException e) {
        Throwable network = e;
        while (network.getCause() != null && !(network instanceof IOException)) {
            network = network.getCause();
        }
        if (network instanceof UnknownHostException && doubt.isPresent()) {
            // It will not be known in a second either.
            return RegistryException.permanent(
                    operation + " failed: the host " + host + " is not known. " + doubt.get(), e);
        }
        if (network instanceof IOException io) {
            return RegistryErrors.unanswered(RegistryKind.ECR, operation, host, "", io);
        }
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return RegistryException.transientFailure(
                    operation + " failed: " + where + " did not answer within " + timeout.toSeconds() + " s.", e);
        }
        return RegistryException.permanent(operation + " failed: " + words(String.valueOf(e.getMessage())), e);
    }

    /** That AWS, or whoever answered, said more than fits this machine's memory. */
    RegistryException tooMuch(String operation, VirtualMachineError e) {
        return RegistryException.permanent(
                operation + " failed: " + where + " answered more than Java has memory for.", e);
    }

    /** That there is nothing to sign a request with, in two sentences. */
    static RegistryException noCredentials(String operation, RuntimeException e) {
        String failed = operation + " failed: no usable AWS credentials";
        if (e instanceof MissingCredentials) {
            return RegistryException.permanent(failed + ". " + e.getMessage(), e);
        }
        return RegistryException.permanent(
                failed + " (" + Reasons.of(e) + "). Give " + Setting.AWS_CREDENTIALS.words()
                        + ", or run where the machine has a role.",
                e);
    }
}
