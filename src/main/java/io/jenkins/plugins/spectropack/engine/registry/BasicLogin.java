package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_OK;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.Secrets;
import io.jenkins.plugins.spectropack.engine.util.ServerText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user name and a password for one session, used as the registry asks: as they are (RFC 7617) or for a token a repository
 * (distribution project, "Token Authentication Specification"). Nothing is sent before the registry has asked. Tokens are
 * kept in this object only.
 */
final class BasicLogin implements Authentication {

    private static final int TOKEN_LIMIT = 1024 * 1024;

    private final RegistryAddress address;
    private final Optional<RegistryCredentials> credentials;
    private final HttpTransport transport;
    private final Map<String, String> tokens = new HashMap<>();
    private boolean basic;
    private URI realm;
    private String service = "";

    BasicLogin(RegistryAddress address, Optional<RegistryCredentials> credentials, HttpTransport transport) {
        this.address = address;
        this.credentials = credentials;
        this.transport = transport;
    }

    /** Whether the registry's token server has let this user in. */
    synchronized boolean hasToken() {
        return !tokens.isEmpty();
    }

    @Override
    public synchronized Optional<String> header(String repository) throws RegistryException, InterruptedException {
        if (realm != null) {
            if (!tokens.containsKey(repository)) {
                tokens.put(repository, fetch(repository));
            }
            return Optional.of("Bearer " + tokens.get(repository));
        }
        return basic ? credentials.map(RegistryCredentials::basicAuthorization) : Optional.empty();
    }

    @Override
    public synchronized boolean refused(String repository, Optional<String> header, List<String> challenges) {
        List<Challenge> asked = Challenge.parse(challenges);
        Optional<Challenge> bearer = Challenge.of("bearer", asked);
        if (bearer.isPresent()) {
            realm = realm(bearer.get());
            service = bearer.get().parameter("service");
        }
        if (realm != null) {
            // Harbor asks for Basic when it refuses a token, but a fresh token is what helps. Another thread may have
            // it.
            tokens.remove(repository, header.orElse("").replaceFirst("^Bearer ", ""));
            return true;
        }
        if (header.isEmpty()
                && credentials.isPresent()
                && Challenge.of("basic", asked).isPresent()) {
            basic = true;
            return true;
        }
        return false;
    }

    private static URI realm(Challenge challenge) {
        try {
            return URI.create(challenge.parameter("realm"));
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }

    /** Where the token comes from is the registry's word; the password goes there encrypted, or not off this machine. */
    private void requireSafe() throws RegistryException {
        boolean loopback = realm.getHost() != null
                && Loopback.is(realm.getHost())
                && Loopback.is(address.origin().getHost());
        if (realm.getHost() == null
                || !("https".equalsIgnoreCase(realm.getScheme())
                        || "http".equalsIgnoreCase(realm.getScheme()) && loopback)) {
            throw RegistryException.permanent("Logging in to " + address.host()
                    + " failed: it sends the login to a token server whose address is not an https:// URL,"
                    + " so the password was not sent. Mend the address (realm) in the registry's configuration.");
        }
    }

    private String fetch(String repository) throws RegistryException, InterruptedException {
        requireSafe();
        boolean catalog = repository.isEmpty();
        String what = catalog ? "Logging in for the list of repositories" : "Logging in for " + repository;
        String query = (service.isEmpty() ? "" : "service=" + encode(service) + "&") + "scope="
                + encode(catalog ? "registry:catalog:*" : "repository:" + repository + ":pull,push");
        String before = realm.getRawQuery() == null ? "?" : "?" + realm.getRawQuery() + "&";
        String place = realm.getRawPath() == null || realm.getRawPath().isEmpty() ? "/" : realm.getRawPath();
        URI uri = URI.create(realm.getScheme() + "://" + realm.getRawAuthority() + place + before + query);
        Map<String, String> headers = new HashMap<>();
        headers.put("User-Agent", OciClient.USER_AGENT);
        credentials.ifPresent(login -> headers.put("Authorization", login.basicAuthorization()));
        String host = ServerText.of(realm.getHost() + (realm.getPort() < 0 ? "" : ":" + realm.getPort()));
        try {
            return transport.send(
                    new HttpTransport.Request("GET", uri, headers, Optional.empty(), HttpTransport.Answer.SHORT),
                    response -> {
                        byte[] body = response.bytes(TOKEN_LIMIT);
                        if (response.status() != HTTP_OK) {
                            throw RegistryErrors.refused(
                                    RegistryKind.BASIC,
                                    what,
                                    host,
                                    "GET",
                                    response.status(),
                                    RegistryErrors.Answer.parse(
                                            body,
                                            Secrets.ofAuthorization(
                                                    credentials.map(RegistryCredentials::basicAuthorization))),
                                    response.header("Retry-After"));
                        }
                        return token(body)
                                .orElseThrow(() -> RegistryException.permanent(
                                        what + " failed: " + host + " answered without a token."));
                    });
        } catch (RegistryException e) {
            throw e;
        } catch (IOException e) {
            throw RegistryErrors.unanswered(RegistryKind.BASIC, what, host, "GET", e);
        }
    }

    private static Optional<String> token(byte[] body) {
        JsonNode answer;
        try {
            answer = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        String token = answer.path("token").asString("");
        String text = token.isEmpty() ? answer.path("access_token").asString("") : token;
        return text.matches("[!-~]+") ? Optional.of(text) : Optional.empty();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
