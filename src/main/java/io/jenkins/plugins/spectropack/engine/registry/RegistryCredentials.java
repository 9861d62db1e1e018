package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A user name and a password for a registry. Travels from the controller to the agent and is never stored; shows neither when
 * it is printed.
 */
public final class RegistryCredentials implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String username;
    private final String password;
    private final String source;

    /** Takes a user name and a password. */
    public RegistryCredentials(String username, String password) {
        this(username, password, "the user name and password that were given");
    }

    /**
     * The same, from where the log can tell.
     *
     * @param source within a sentence: "the credential 'harbor'"
     */
    public RegistryCredentials(String username, String password, String source) {
        this.username = Objects.requireNonNull(username);
        this.password = Objects.requireNonNull(password);
        this.source = Printable.of(source);
    }

    /**
     * Reads an ECR authorization token, which is base64 of {@code USER:PASSWORD}.
     *
     * @param token {@code authorizationData[0].authorizationToken} of GetAuthorizationToken
     * @throws IllegalArgumentException if it is not of that form
     */
    static RegistryCredentials ofToken(String token) {
        String decoded = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not of the form USER:PASSWORD");
        }
        return new RegistryCredentials(decoded.substring(0, colon), decoded.substring(colon + 1), "a token of ECR");
    }

    /** Where they come from, within a sentence: "the credential 'harbor'". */
    String source() {
        return source;
    }

    /** The value of an {@code Authorization} header, RFC 7617. */
    String basicAuthorization() {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "RegistryCredentials[hidden]";
    }
}
