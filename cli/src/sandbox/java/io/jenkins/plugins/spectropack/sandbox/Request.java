package io.jenkins.plugins.spectropack.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it reached the sandbox.
 *
 * @param service {@link #ECR}, {@link #STS}, {@link #REGISTRY}, {@link #STORAGE} or {@link #PALETTE}
 * @param operation the API action, for the registry the IAM action that the request needs, without {@code ecr:}, for
 *     Palette a name of its own; empty if there is none
 * @param method the HTTP method
 * @param path the path, as sent
 * @param query the query, as sent, or an empty string
 * @param headers the headers by name in any case, several values joined by a comma; those that carry secrets are left out
 * @param authorization how the request logged in: the scheme and a fingerprint that tells two logins apart; never the login
 * @param accessKeyId the id of the key that a request to AWS was signed with; empty for any other login
 * @param status what was answered; 0 as long as nothing was, and for a connection that was cut
 * @param bodyBytes how many bytes of the request's body were read
 * @param at when the request's headers had arrived
 */
public record Request(
        String service,
        String operation,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        Optional<String> authorization,
        Optional<String> accessKeyId,
        int status,
        long bodyBytes,
        Instant at) {

    /** The API of ECR. */
    public static final String ECR = "ecr";

    /** The API of STS. */
    public static final String STS = "sts";

    /** The OCI registry. */
    public static final String REGISTRY = "registry";

    /** Where the registry may send those who fetch a blob, as ECR sends them to S3. */
    public static final String STORAGE = "storage";

    /** The API of Palette. */
    public static final String PALETTE = "palette";

    /** The value of a header, its name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the request carried any login. */
    public boolean authorized() {
        return authorization.isPresent();
    }
}
