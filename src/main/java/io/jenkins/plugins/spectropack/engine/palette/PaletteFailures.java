package io.jenkins.plugins.spectropack.engine.palette;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_PROXY_AUTH;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.JsonTree;
import io.jenkins.plugins.spectropack.engine.util.Secrets;
import io.jenkins.plugins.spectropack.engine.util.ServerErrors;
import io.jenkins.plugins.spectropack.engine.util.ServerText;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Words for what goes wrong between us and Palette, fit for a log: printable, and without what was sent in secret. */
final class PaletteFailures {

    private static final String PROXY_HINT = "Check the user name and password of the proxy.";

    private final PaletteTarget target;
    private final Secrets secrets;

    PaletteFailures(PaletteTarget target) {
        this.target = target;
        secrets = Secrets.of(target.register()
                        .map(ReadAccess::secrets)
                        .orElse(List.of())
                        .toArray(String[]::new))
                .and("API key", target.apiKey());
    }

    /** No answer came. */
    PaletteException unanswered(String what, String method, IOException failure) {
        StringBuilder text = new StringBuilder(what)
                .append(" failed: ")
                .append(secrets.strike(ServerErrors.describe(target.host(), failure)))
                .append(" (")
                .append(method)
                .append(").");
        if (failure instanceof SSLHandshakeException) {
            text.append(" Check that the certificate is one that this machine's Java trusts, or give that of its CA as "
                    + Setting.PALETTE_CA_CERTIFICATE.words() + ".");
        } else if (ServerErrors.isProxyRefusal(failure)) {
            text.append(' ').append(PROXY_HINT);
        } else if (failure instanceof ConnectException || failure instanceof UnknownHostException) {
            text.append(" Check Palette's URL (" + Setting.PALETTE_URL.words()
                    + "), and whether a proxy is needed from this machine.");
        }
        return PaletteException.unanswered(text.toString(), ServerErrors.isTransient(failure), failure);
    }

    /** Palette, or something before it, answered that it will not. */
    PaletteException refused(String what, String method, int status, byte[] body, Optional<String> retryAfter) {
        if (status / 100 == 3) {
            return PaletteException.permanent(what + " failed: " + target.host() + " redirected the " + method
                    + " elsewhere, which is not followed because the API key would go along. Give Palette's"
                    + " own address.");
        }
        JsonNode error = error(body);
        String code = text(error.path("code"));
        String message = error.isObject()
                ? text(error.path("message"))
                : ServerText.of(new String(body, StandardCharsets.UTF_8), secrets);
        StringBuilder text = new StringBuilder(what)
                .append(" failed: ")
                .append(target.host())
                .append(" answered ")
                .append(status);
        if (!code.isEmpty()) {
            text.append(' ').append(code);
        }
        text.append(" to ").append(method);
        if (!message.isEmpty()) {
            text.append(": ").append(message);
        }
        ServerErrors.finishSentence(text);
        hint(status, code).ifPresent(hint -> text.append(' ').append(hint));
        return PaletteException.answered(
                text.toString(), status, code, ServerErrors.isTransient(status), ServerErrors.wait(retryAfter));
    }

    private static JsonNode error(byte[] body) {
        try {
            return JsonTree.read(body);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }

    private Optional<String> hint(int status, String code) {
        return switch (status) {
            case HTTP_UNAUTHORIZED ->
                Optional.of("Check the API key (" + Setting.PALETTE_API_KEY.words()
                        + "): whether it is whole, has not run out and is enabled in Palette.");
            case HTTP_FORBIDDEN ->
                Optional.of("Check that the API key is that of a user who may see and sync registries, which takes a"
                        + " tenant administrator, and " + Setting.PALETTE_PROJECT.words() + " if that is given.");
            // Palette itself gives every refusal a code.
            case HTTP_NOT_FOUND ->
                code.isEmpty()
                        ? Optional.of("Check that " + Setting.PALETTE_URL.words() + " is that of Palette's API.")
                        : Optional.empty();
            case HTTP_PROXY_AUTH -> Optional.of(PROXY_HINT);
            default -> Optional.empty();
        };
    }

    /** A text of Palette's, fit for a log, whatever it is. */
    String text(JsonNode node) {
        return ServerText.of(node.asString(""), secrets);
    }
}
