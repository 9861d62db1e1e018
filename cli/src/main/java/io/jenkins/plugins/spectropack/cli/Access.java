package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.registry.AwsIdentity;
import io.jenkins.plugins.spectropack.engine.registry.AwsRole;
import io.jenkins.plugins.spectropack.engine.registry.BasicTarget;
import io.jenkins.plugins.spectropack.engine.registry.BundleTarget;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.registry.Location;
import io.jenkins.plugins.spectropack.engine.registry.RegistryCredentials;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.RepositorySettings;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How to get into the registry that an option names. Values that are wrong are told as {@link IllegalArgumentException}.
 *
 * @param prefix what the options begin with: {@code --}, {@code --from-} or {@code --to-}
 * @param aws how to get into AWS ECR
 * @param username null for no login
 * @param passwordStdin whether the password is what standard input holds
 * @param caCertificate null for what Java trusts
 */
record Access(
        String prefix,
        Aws aws,
        String username,
        boolean passwordStdin,
        Path caCertificate,
        boolean skipTlsVerification) {

    /**
     * How to get into AWS ECR. What is null is what AWS' own command line would take.
     *
     * @param profile with the credentials
     * @param roleArn that they assume
     * @param externalId that the role's trust policy asks for
     * @param endpointUrl of the ECR API
     */
    record Aws(String profile, String roleArn, String externalId, String endpointUrl) {

        AwsIdentity identity() {
            AwsIdentity found = profile == null ? AwsIdentity.ofMachine() : AwsIdentity.ofProfile(profile);
            return found.as(AwsRole.of(roleArn, externalId));
        }
    }

    /** How repositories are made where none are. */
    record Creation(boolean creates, RepositorySettings settings) {

        /** None are made. */
        static final Creation NONE = new Creation(false, RepositorySettings.DEFAULT);
    }

    /**
     * The registry at a location, with its login.
     *
     * @param in where a password comes from, if that is asked for
     */
    RegistryTarget target(Location location, Environment environment, InputStream in, Creation creation)
            throws IOException {
        if (location instanceof Location.Ecr ecr) {
            rejectOthers();
            return ecr(ecr.region(), ecr.accountId(), ecr.repositoryName(), creation);
        }
        if (location instanceof Location.Oci oci) {
            rejectEcr();
            return basic(oci, environment, in, creation);
        }
        rejectEcr();
        rejectOthers();
        return BundleTarget.of(((Location.Bundle) location).path());
    }

    private void rejectEcr() {
        String why = " is for AWS ECR only. Leave it out.";
        reject("profile", aws.profile() != null, why);
        reject("role-arn", aws.roleArn() != null, why);
        reject("external-id", aws.externalId() != null, why);
        reject("endpoint-url", aws.endpointUrl() != null, why);
    }

    private void rejectOthers() {
        String why = " is neither for AWS ECR nor for a bundle. Leave it out.";
        reject("username", username != null, why);
        reject("password-stdin", passwordStdin, why);
        reject("ca-cert", caCertificate != null, why);
        reject("skip-tls-verification", skipTlsVerification, why);
    }

    private void reject(String option, boolean given, String why) {
        if (given) {
            throw new IllegalArgumentException(prefix + option + why);
        }
    }

    /** A registry of ECR. */
    RegistryTarget ecr(String region, String accountId, String repositoryName, Creation creation) {
        return EcrTarget.builder(aws.identity())
                .repositoryName(repositoryName)
                .region(region)
                .accountId(accountId)
                .endpoint(aws.endpointUrl())
                .createRepositories(creation.creates())
                .repositorySettings(creation.settings())
                .build();
    }

    private RegistryTarget basic(Location.Oci location, Environment environment, InputStream in, Creation creation)
            throws IOException {
        return BasicTarget.builder()
                .url(location.url())
                .basePath(location.basePath())
                .credentials(credentials(location.url(), environment, in))
                .createBaseArtifact(creation.creates())
                .trust(trust())
                .build();
    }

    private TlsTrust trust() {
        if (caCertificate == null) {
            return new TlsTrust("", skipTlsVerification);
        }
        return new TlsTrust(pem(caCertificate), skipTlsVerification);
    }

    /** The text of a file of certificates. */
    static String pem(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException("The CA certificate " + file + " cannot be read.", e);
        }
    }

    /** Null where no user was named. */
    private RegistryCredentials credentials(String url, Environment environment, InputStream in) throws IOException {
        if (username == null && !passwordStdin) {
            return null;
        }
        if (username == null) {
            throw new IllegalArgumentException(
                    prefix + "password-stdin is for the user that " + prefix + "username names. Give both.");
        }
        if (passwordStdin) {
            return new RegistryCredentials(username, Password.read(in));
        }
        String password = environment
                .password(variable())
                .or(() -> Password.ask(Printable.of(username + " at " + url)))
                .orElseThrow(() -> new IllegalArgumentException(prefix + "username needs a password. Give " + prefix
                        + "password-stdin, and the password on standard input; or put it into " + variable() + "."));
        return new RegistryCredentials(username, password);
    }

    private String variable() {
        String which = prefix.substring("--".length()).replace("-", "_").toUpperCase(Locale.ROOT);
        return "SPECTRO_PACK_" + which + "PASSWORD";
    }
}
