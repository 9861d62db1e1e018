package io.jenkins.plugins.spectropack.sandbox;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which requests: for {@link EcrSandbox#fault} and for {@link RequestLog}. Combine with {@link Predicate#and}. */
public final class Match {

    private Match() {}

    /** Every request. */
    public static Predicate<Request> any() {
        return request -> true;
    }

    /** Every request to a service, as {@link Request#service()} names it. */
    public static Predicate<Request> service(String service) {
        return request -> request.service().equals(service);
    }

    /** Calls of an action of the API, such as {@code CreateRepository}. */
    public static Predicate<Request> api(String action) {
        return service(Request.ECR).and(request -> request.operation().equals(action));
    }

    /** Calls of an action of STS, such as {@code AssumeRole}, that were handled. */
    public static Predicate<Request> sts(String action) {
        return service(Request.STS).and(request -> request.operation().equals(action));
    }

    /** Requests to the registry that need an IAM action, such as {@code InitiateLayerUpload}. */
    public static Predicate<Request> registry(String action) {
        return service(Request.REGISTRY).and(request -> request.operation().equals(action));
    }

    /**
     * Requests to the registry by method and path.
     *
     * @param path a regular expression that is found somewhere in the path
     */
    public static Predicate<Request> registry(String method, String path) {
        Pattern pattern = Pattern.compile(path);
        return service(Request.REGISTRY)
                .and(request -> request.method().equals(method)
                        && pattern.matcher(request.path()).find());
    }

    /** Starts of a blob's upload. */
    public static Predicate<Request> uploadStart() {
        return registry("POST", "/blobs/uploads/");
    }

    /** Uploads of a blob's content. */
    public static Predicate<Request> uploadContent() {
        return registry("PUT", "/blobs/uploads/");
    }

    /** Uploads of a manifest. */
    public static Predicate<Request> manifestPut() {
        return registry("PUT", "/manifests/");
    }
}
