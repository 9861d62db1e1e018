package io.jenkins.plugins.spectropack.sandbox;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The users, roles and sessions of the account that {@link EcrSandbox} plays, and STS, which gives sessions. Knows one user at
 * first, whose keys are {@link EcrSandbox#accessKeyId} and {@link EcrSandbox#secretAccessKey}.
 */
public final class IamSandbox {

    private final Account account;
    private final Map<String, Principal> principals = new ConcurrentHashMap<>();
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final List<Principal> sessions = new CopyOnWriteArrayList<>();
    private volatile Duration life = Duration.ofHours(1);
    private volatile URI endpoint;

    /**
     * Somebody with keys.
     *
     * @param arn as STS tells it
     * @param end when the keys are none any more
     */
    record Principal(AwsKeys keys, String arn, Instant end) {}

    /**
     * Who may assume a role.
     *
     * @param externalId that must come along; empty for none
     * @param token of an identity provider, which is taken in place of a signature; empty for none
     */
    private record Role(String externalId, String token) {}

    IamSandbox(Account account, AwsKeys keys) {
        this.account = account;
        principals.put(keys.accessKeyId(), new Principal(keys, account.userArn(), Instant.MAX));
    }

    void serve(URI at) {
        endpoint = at;
    }

    /** The address of STS, for {@code AWS_ENDPOINT_URL_STS}. */
    public URI endpoint() {
        return endpoint;
    }

    /** Adds a user; its keys. */
    public AwsKeys addUser(String name) {
        AwsKeys keys = AwsKeys.random(false);
        principals.put(
                keys.accessKeyId(), new Principal(keys, "arn:aws:iam::" + account.id() + ":user/" + name, Instant.MAX));
        return keys;
    }

    /** Adds a role that everybody with keys may assume; its ARN. */
    public String addRole(String name) {
        return addRole(name, "");
    }

    /** Adds a role that everybody with keys may assume who knows an id; its ARN. */
    public String addRole(String name, String externalId) {
        return add(name, new Role(externalId, ""));
    }

    /** Adds a role for whoever brings a token of an identity provider; its ARN. */
    public String addWebRole(String name, String token) {
        return add(name, new Role("", token));
    }

    private String add(String name, Role role) {
        String arn = "arn:aws:iam::" + account.id() + ":role/" + name;
        roles.put(arn, role);
        return arn;
    }

    /** How long sessions last that are given from now on. */
    public void sessionLife(Duration each) {
        life = each;
    }

    /** The tokens of identity providers that were brought so far. */
    public List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** The names of the sessions so far, as CloudTrail would have them: ARNs that end in the sessions' names. */
    public List<String> sessions() {
        return sessions.stream().map(Principal::arn).toList();
    }

    /** The ids of the keys of the sessions so far. */
    public List<String> sessionKeys() {
        return sessions.stream().map(session -> session.keys().accessKeyId()).toList();
    }

    /** What nobody may see of the sessions so far: their keys and tokens. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        sessions.forEach(session -> {
            secrets.add(session.keys().secretAccessKey());
            session.keys().sessionToken().ifPresent(secrets::add);
        });
        return secrets;
    }

    /** Who signs with a key. */
    Optional<Principal> principal(String accessKeyId) {
        return Optional.ofNullable(principals.get(accessKeyId));
    }

    /** Source of the refusals: STS API reference, "AssumeRole". */
    Principal assume(Principal who, String arn, String externalId, String name) throws ApiError {
        Role role = roles.get(arn);
        if (role == null || !role.token().isEmpty() || !role.externalId().equals(externalId)) {
            throw new ApiError(
                    403,
                    "AccessDenied",
                    "User: " + who.arn() + " is not authorized to perform: sts:AssumeRole on resource: " + arn);
        }
        return session(arn, name);
    }

    /** Repeats the token where real STS names its issuer. Source of the refusals: STS API reference, "AssumeRoleWithWebIdentity". */
    Principal assumeWithToken(String token, String arn, String name) throws ApiError {
        tokens.add(token);
        Role role = roles.get(arn);
        if (role == null || role.token().isEmpty()) {
            throw new ApiError(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        }
        if (!role.token().equals(token)) {
            throw new ApiError(
                    400, "InvalidIdentityToken", "No OpenIDConnect provider found in your account for " + token);
        }
        return session(arn, name);
    }

    private Principal session(String roleArn, String name) {
        AwsKeys keys = AwsKeys.random(true);
        String role = roleArn.substring(roleArn.indexOf('/') + 1);
        Principal session = new Principal(
                keys,
                "arn:aws:sts::" + account.id() + ":assumed-role/" + role + "/" + name,
                Instant.now().plus(life));
        principals.put(keys.accessKeyId(), session);
        sessions.add(session);
        return session;
    }
}
