package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_PROXY_AUTH;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.Secrets;
import io.jenkins.plugins.spectropack.engine.util.ServerErrors;
import io.jenkins.plugins.spectropack.engine.util.ServerText;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what a registry answered into a sentence: what failed, the registry's own code and message, what to do. Source of
 * the codes: OCI distribution specification, "Error Codes"; source of the meanings: how ECR uses them.
 */
final class RegistryErrors {

    /** As much of an error's body as is read. */
    static final int BODY_LIMIT = 16 * 1024;

    private static final Pattern IAM_ACTION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");

    private static final String PROXY_HINT = "Check the user name and password of the proxy.";

    private RegistryErrors() {}

    /**
     * An error as the registry words it.
     *
     * @param code such as {@code NAME_UNKNOWN}, or an empty string
     * @param message the registry's sentence, or the beginning of an answer that is not JSON
     */
    record Answer(String code, String message) {

        /**
         * Reads the body of a refusal.
         *
         * @param secrets what was sent with the request
         */
        static Answer parse(byte[] body, Secrets secrets) {
            try {
                JsonNode error =
                        JsonMapper.shared().readTree(body).path("errors").path(0);
                if (error.isObject()) {
                    String message = error.path("message").asString("");
                    JsonNode detail = error.path("detail");
                    if (detail.isString() && !detail.stringValue().isBlank()) {
                        message += " (" + detail.stringValue() + ")";
                    }
                    return new Answer(
                            ServerText.of(error.path("code").asString(""), secrets), ServerText.of(message, secrets));
                }
            } catch (JacksonException e) {
                // Proxies and old ECR answers speak plain text or HTML.
            }
            return new Answer("", ServerText.of(new String(body, StandardCharsets.UTF_8), secrets));
        }
    }

    /** A refusal of one request. */
    static RegistryException refused(
            RegistryKind kind,
            String what,
            String host,
            String method,
            int status,
            Answer answer,
            Optional<String> retryAfter) {
        StringBuilder text = new StringBuilder(what)
                .append(" failed: ")
                .append(host)
                .append(" answered ")
                .append(status);
        if (!answer.code().isEmpty()) {
            text.append(' ').append(answer.code());
        }
        text.append(" to ").append(method);
        if (!answer.message().isEmpty()) {
            text.append(": ").append(answer.message());
        }
        ServerErrors.finishSentence(text);
        kind.hint(status, answer)
                .or(() -> hint(status, answer, method))
                .ifPresent(hint -> text.append(' ').append(hint));
        return RegistryException.answered(
                text.toString(),
                status,
                answer.code(),
                isTransient(status, answer),
                ServerErrors.wait(retryAfter),
                missingAction(answer.message()));
    }

    /**
     * A request that got no answer.
     *
     * @param method the HTTP method; empty where it says nothing
     */
    static RegistryException unanswered(
            RegistryKind kind, String what, String host, String method, IOException failure) {
        StringBuilder text = new StringBuilder(what).append(" failed: ").append(ServerErrors.describe(host, failure));
        if (!method.isEmpty()) {
            text.append(" (").append(method).append(")");
        }
        ServerErrors.finishSentence(text);
        if (failure instanceof UnknownHostException) {
            text.append(" Check the name or the region, and that this machine can resolve it (VPC endpoint, proxy).");
        } else if (ServerErrors.isWithoutTls(failure)) {
            text.append(" No TLS is spoken there. Check address and port.");
        } else if (failure instanceof SSLHandshakeException) {
            text.append(' ').append(kind.certificateHint());
        } else if (ServerErrors.isProxyRefusal(failure)) {
            text.append(' ').append(PROXY_HINT);
        } else if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            text.append(" Check address and port, and whether a proxy is needed from this machine.");
        } else if (method.equals("POST") && ServerErrors.isCutOff(failure)) {
            kind.cutOffHint().ifPresent(hint -> text.append(' ').append(hint));
        }
        return ServerErrors.isTransient(failure)
                ? RegistryException.transientFailure(text.toString(), failure)
                : RegistryException.permanent(text.toString(), failure);
    }

    /** Whether a registry may answer the same request otherwise in a moment. */
    private static boolean isTransient(int status, Answer answer) {
        return ServerErrors.isTransient(status) || answer.code().equals("TOOMANYREQUESTS");
    }

    /** The IAM action, such as {@code ecr:PutImage}, that AWS says is not allowed; nothing if it says no such thing. */
    static Optional<String> missingAction(String message) {
        Matcher action = IAM_ACTION.matcher(message);
        return action.find() ? Optional.of(action.group(1)) : Optional.empty();
    }

    /** Whether it is the login that a registry did not take: unknown, or run out. ECR answers 403 to a token that has. */
    static boolean isLoginRefused(int status, Answer answer) {
        return status == HTTP_UNAUTHORIZED
                || status == HTTP_FORBIDDEN
                        && answer.message().toLowerCase(Locale.ROOT).contains("expired");
    }

    private static Optional<String> hint(int status, Answer answer, String method) {
        String message = answer.message();
        boolean reads = method.equals("GET") || method.equals("HEAD");
        String hint =
                switch (answer.code()) {
                    case "TAG_INVALID" ->
                        message.contains("immutable")
                                ? "Tags of this repository cannot be moved: raise the version in pack.json,"
                                        + " or delete the tag in the registry."
                                : "Check the version in pack.json.";
                    case "DENIED" ->
                        message.toLowerCase(Locale.ROOT).contains("expired")
                                ? "The login has run out; run the publisher again."
                                : "Check that the credentials may " + (reads ? "pull from" : "push to")
                                        + " this repository.";
                    case "UNSUPPORTED" -> "The registry does not take this kind of artifact.";
                    case "BLOB_UPLOAD_INVALID", "DIGEST_INVALID" ->
                        "The upload did not arrive whole; run the publisher again.";
                    case "TOOMANYREQUESTS" ->
                        "The registry limits requests; publish fewer packs at a time (" + Setting.PARALLEL.words()
                                + ").";
                    case "MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN" ->
                        reads
                                ? "The registry has lost a part of this pack. Push it there again."
                                : "A blob went missing while the pack was pushed; run the publisher again.";
                    default -> "";
                };
        if (!hint.isEmpty()) {
            return Optional.of(hint);
        }
        return switch (status) {
            case HTTP_UNAUTHORIZED ->
                Optional.of("Check user name and password, or the AWS credentials that are used.");
            case HTTP_FORBIDDEN ->
                Optional.of(
                        reads
                                ? "Check that the credentials may pull from this repository."
                                : "Check that the credentials may push to this repository, and the quota of images.");
            case HTTP_PROXY_AUTH -> Optional.of(PROXY_HINT);
            default -> Optional.empty();
        };
    }
}
