package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_ACCEPTED;
import static java.net.HttpURLConnection.HTTP_CREATED;
import static java.net.HttpURLConnection.HTTP_OK;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request of an operation on a registry. Source of what each method is answered with: OCI distribution specification 1.1,
 * "Endpoints".
 *
 * @param what the operation, as the beginning of a sentence
 * @param repository that the login is for
 * @param method the HTTP method
 * @param uri the whole URL
 * @param headers by name, without the login
 * @param body empty for none
 * @param accepted the statuses that are no refusal
 * @param isBlob whether the answer is a blob, which may be long and take its time
 */
record OciRequest(
        String what,
        String repository,
        String method,
        URI uri,
        Map<String, String> headers,
        Optional<HttpTransport.Body> body,
        Set<Integer> accepted,
        boolean isBlob) {

    /** Keeps headers and statuses from being changed. */
    OciRequest {
        headers = Map.copyOf(headers);
        accepted = Set.copyOf(accepted);
    }

    private static OciRequest of(
            String what, String repository, String method, URI uri, Optional<HttpTransport.Body> body, int expected) {
        return new OciRequest(what, repository, method, uri, Map.of(), body, Set.of(expected), false);
    }

    /** Asks for something that is there. */
    static OciRequest get(String what, String repository, URI uri) {
        return of(what, repository, "GET", uri, Optional.empty(), HTTP_OK);
    }

    /** Asks whether something is there. */
    static OciRequest head(String what, String repository, URI uri) {
        return of(what, repository, "HEAD", uri, Optional.empty(), HTTP_OK);
    }

    /** Takes something away. */
    static OciRequest delete(String what, String repository, URI uri) {
        return of(what, repository, "DELETE", uri, Optional.empty(), HTTP_ACCEPTED);
    }

    /** Begins something, with an empty body. */
    static OciRequest post(String what, String repository, URI uri) {
        return of(what, repository, "POST", uri, Optional.of(HttpTransport.Body.of(new byte[0])), HTTP_ACCEPTED);
    }

    /** Stores a whole body. */
    static OciRequest put(String what, String repository, URI uri, String mediaType, HttpTransport.Body body) {
        return of(what, repository, "PUT", uri, Optional.of(body), HTTP_CREATED).with("Content-Type", mediaType);
    }

    /** The same with a header. */
    OciRequest with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new OciRequest(what, repository, method, uri, more, body, accepted, isBlob);
    }

    /** The same, for which these statuses are no refusal either. */
    OciRequest accepting(int... statuses) {
        Set<Integer> more = new HashSet<>(accepted);
        Arrays.stream(statuses).forEach(more::add);
        return new OciRequest(what, repository, method, uri, headers, body, more, isBlob);
    }

    /** The same for an answer that is a blob. */
    OciRequest asBlob() {
        return new OciRequest(what, repository, method, uri, headers, body, accepted, true);
    }

    /** Whether a status is no refusal. */
    boolean accepts(int status) {
        return accepted.contains(status);
    }
}
