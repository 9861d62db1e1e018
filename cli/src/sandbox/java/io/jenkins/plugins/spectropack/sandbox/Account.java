package io.jenkins.plugins.spectropack.sandbox;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The AWS account that the sandbox plays, with its first IAM user and what nobody may do. */
final class Account {

    private final String id;
    private final String region;
    private final String user;
    private final Set<String> denied = ConcurrentHashMap.newKeySet();

    Account(String id, String region, String user) {
        this.id = id;
        this.region = region;
        this.user = user;
    }

    String id() {
        return id;
    }

    String region() {
        return region;
    }

    /** The one user whom the account has at first. */
    String userArn() {
        return "arn:aws:iam::" + id + ":user/" + user;
    }

    /** Source of the shape: service authorization reference, "Actions, resources, and condition keys for Amazon ECR". */
    String arn(String repository) {
        return "arn:aws:ecr:" + region + ":" + id + ":repository/" + repository;
    }

    void deny(String action) {
        denied.add(qualified(action));
    }

    void allow(String action) {
        denied.remove(qualified(action));
    }

    /** The same where it is not known who asks. */
    Optional<String> refusal(String action, String resource) {
        return refusal(action, resource, userArn());
    }

    /**
     * Why somebody may not do something, in IAM's words. Source: IAM user guide, "Troubleshoot access denied error messages".
     *
     * @param resource the ARN, or {@code *}
     * @param arn of who asks
     */
    Optional<String> refusal(String action, String resource, String arn) {
        String name = qualified(action);
        if (!denied.contains(name)) {
            return Optional.empty();
        }
        return Optional.of("User: " + arn + " is not authorized to perform: " + name + " on resource: " + resource
                + " because no identity-based policy allows the " + name + " action");
    }

    String noSuchRepository(String repository) {
        return "The repository with name '" + repository + "' does not exist in the registry with id '" + id + "'";
    }

    private static String qualified(String action) {
        return action.startsWith("ecr:") ? action : "ecr:" + action;
    }
}
