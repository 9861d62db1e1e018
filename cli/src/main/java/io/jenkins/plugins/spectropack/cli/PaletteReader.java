package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What options say that Palette itself shall read a registry with. Values that are wrong are told as
 * {@link IllegalArgumentException}.
 *
 * @param prefix what the options begin with: {@code --} or {@code --palette-}
 * @param roleArn null unless a role is given
 * @param externalId null unless a role is given
 * @param accessKeyId null unless keys are given
 * @param username null unless a login is given
 */
record PaletteReader(String prefix, String roleArn, String externalId, String accessKeyId, String username) {

    /** Whether any of the options is there. */
    boolean given() {
        return roleArn != null || externalId != null || accessKeyId != null || username != null;
    }

    /**
     * What the options say.
     *
     * @param secret gives the secret access key or the password
     * @param caCertificates of a private CA of the registry, for a login; blank for none
     */
    Optional<ReadAccess> access(Supplier<String> secret, String caCertificates) {
        if (!given()) {
            return Optional.empty();
        }
        boolean role = roleArn != null || externalId != null;
        if (Stream.of(role, accessKeyId != null, username != null)
                        .filter(kind -> kind)
                        .count()
                > 1) {
            throw new IllegalArgumentException(prefix + "role-arn, " + prefix + "access-key-id and " + prefix
                    + "username exclude each other. Give what Palette shall read with once.");
        }
        if (role) {
            if (roleArn == null || externalId == null) {
                throw new IllegalArgumentException(prefix + "role-arn and " + prefix + "external-id belong together."
                        + " 'spectro-pack register --show-trust-policy' prints the external id.");
            }
            return Optional.of(new ReadAccess.Role(roleArn, externalId));
        }
        return Optional.of(
                accessKeyId != null
                        ? new ReadAccess.Keys(accessKeyId, secret.get())
                        : new ReadAccess.Login(username, secret.get(), caCertificates));
    }
}
