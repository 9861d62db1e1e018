package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.IamForms;
import java.io.Serializable;
import java.util.Optional;

/**
 * An IAM role that somebody takes on.
 *
 * @param arn of the role
 * @param externalId that the role's trust policy asks for; empty for none
 */
public record AwsRole(String arn, String externalId) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Checks a role as a user gives it.
     *
     * @param arn null or blank for none
     * @param externalId null or blank for none
     * @return nothing where no role is given
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Optional<AwsRole> of(String arn, String externalId) {
        String role = strip(arn);
        String id = strip(externalId);
        arnProblem(role).or(() -> externalIdProblem(id)).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        if (role.isEmpty() && !id.isEmpty()) {
            throw new IllegalArgumentException(
                    "The external id is for a role, but no role is given. Give the role's ARN, too, or leave it out.");
        }
        return role.isEmpty() ? Optional.empty() : Optional.of(new AwsRole(role, id));
    }

    /** Says what is wrong with the ARN of a role; empty if it is fine or not given. */
    public static Optional<String> arnProblem(String arn) {
        String given = strip(arn);
        return given.isEmpty() || IamForms.isRoleArn(given)
                ? Optional.empty()
                : Optional.of("'" + given + "' is not the ARN of a role. Give one such as"
                        + " arn:aws:iam::123456789012:role/pack-publisher.");
    }

    /** Says what is wrong with an external id; empty if it is fine or not given. */
    public static Optional<String> externalIdProblem(String externalId) {
        String given = strip(externalId);
        return given.isEmpty() || IamForms.isExternalId(given)
                ? Optional.empty()
                : Optional.of(
                        "An external id has two to 1224 letters, digits and characters of +=,.@:/_-, and no space."
                                + " Give the one that the role's trust policy names.");
    }

    private static String strip(String text) {
        return text == null ? "" : text.strip();
    }
}
