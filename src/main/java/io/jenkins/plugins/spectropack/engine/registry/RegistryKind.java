package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.util.Optional;
import java.util.regex.Pattern;

/** What differs between kinds of registries in what a user is told to do about a failure. */
enum RegistryKind {

    /** Sources: the ECR user guide; how ECR's users met its refusals. */
    ECR {
        @Override
        Optional<String> hint(int status, RegistryErrors.Answer answer) {
            Optional<String> action = RegistryErrors.missingAction(answer.message());
            if (action.isPresent()) {
                return Optional.of("Allow " + action.get()
                        + " on this repository in the IAM policy of the credentials that are used.");
            }
            return answer.code().equals("NAME_UNKNOWN")
                    ? Optional.of("Let the publisher create repositories (see " + Setting.CREATE_REPOSITORIES.words()
                            + "), or create it first:" + " aws ecr create-repository --repository-name REPOSITORY.")
                    : Optional.empty();
        }

        @Override
        Optional<String> cutOffHint() {
            return Optional.of("ECR drops the connection like this when the repository does not exist, or when the"
                    + " permission ecr:InitiateLayerUpload is missing.");
        }

        @Override
        String certificateHint() {
            return "Check that the certificate is one that this machine's Java trusts.";
        }
    },

    /** Sources: OCI distribution specification, "Error Codes"; how Harbor words a missing project. */
    BASIC {
        @Override
        Optional<String> hint(int status, RegistryErrors.Answer answer) {
            if (MISSING_PROJECT.matcher(answer.message()).find()) {
                return Optional.of("Harbor does not create projects on push: create the project, which is the first"
                        + " part of the base path, or correct " + Setting.BASE_PATH.words() + ".");
            }
            if (answer.code().equals("NAME_UNKNOWN")) {
                return Optional.of("This registry does not create repositories on push: create the repository there"
                        + " first, or correct " + Setting.BASE_PATH.words() + ".");
            }
            return switch (status) {
                case HTTP_UNAUTHORIZED ->
                    Optional.of("Check user name and password (" + Setting.LOGIN.words()
                            + "), and that this user may push to the base path.");
                case HTTP_FORBIDDEN -> Optional.of("Check that this user may push to the base path.");
                case HTTP_NOT_FOUND ->
                    answer.code().isEmpty()
                            ? Optional.of("Check that " + Setting.REGISTRY_URL.words() + " names an OCI registry.")
                            : Optional.empty();
                default -> Optional.empty();
            };
        }

        @Override
        Optional<String> cutOffHint() {
            return Optional.empty();
        }

        @Override
        String certificateHint() {
            return "If the registry's certificate comes from a private CA, give the certificate of that CA as "
                    + Setting.CA_CERTIFICATE.words() + ".";
        }
    };

    private static final Pattern MISSING_PROJECT =
            Pattern.compile("\\bproject\\b.* not found", Pattern.CASE_INSENSITIVE);

    /** What to do about a refusal that means something particular in this kind of registry. */
    abstract Optional<String> hint(int status, RegistryErrors.Answer answer);

    /** What it may mean that the connection was cut at the start of an upload. */
    abstract Optional<String> cutOffHint();

    /** What to do about a certificate that is not trusted. */
    abstract String certificateHint();
}
