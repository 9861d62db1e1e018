package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options that have Palette add the registry that packs go to, where it does not have it yet: what it shall read with. See
 * {@link RarerOptions}.
 */
final class RegistrationOptions {

    private static final String SECRET = "SPECTRO_PACK_PALETTE_PASSWORD";

    @Option(
            names = "--palette-role-arn",
            paramLabel = "ARN",
            hidden = true,
            description = "Add the registry; Palette reads ECR with this role.")
    private String roleArn;

    @Option(
            names = "--palette-external-id",
            paramLabel = "ID",
            hidden = true,
            description = "The external id of its trust policy.")
    private String externalId;

    @Option(
            names = "--palette-access-key-id",
            paramLabel = "ID",
            hidden = true,
            description = "Or with the keys of a user; the secret is in " + SECRET + ".")
    private String accessKeyId;

    @Option(
            names = "--palette-username",
            paramLabel = "NAME",
            hidden = true,
            description = "Or, for a registry that is not ECR, as this user.")
    private String username;

    private PaletteReader reader() {
        return new PaletteReader("--palette-", roleArn, externalId, accessKeyId, username);
    }

    /** Whether any of the options is there. */
    boolean given() {
        return reader().given();
    }

    /** What Palette shall read with; empty never to add the registry. The registry's CA is added by the engine, which knows it. */
    Optional<ReadAccess> access(Environment environment) {
        return reader().access(
                        () -> environment
                                .password(SECRET)
                                .orElseThrow(() -> new IllegalArgumentException("What Palette shall read with is not"
                                        + " whole. Put the password, or the secret access key, into " + SECRET + ".")),
                        "");
    }
}
