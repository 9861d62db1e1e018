package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.registry.Location;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The registry that packs come from. Values that are wrong are told as {@link IllegalArgumentException}. */
final class FromOptions {

    @Option(names = "--from", paramLabel = "LOCATION", required = true, description = "Where packs come from.")
    private String location;

    @Option(names = "--from-profile", paramLabel = "NAME", description = "The AWS profile with the credentials.")
    private String profile;

    // Hidden, as what few need, so that the help fits a terminal.
    @Option(
            names = "--from-role-arn",
            paramLabel = "ARN",
            hidden = true,
            description = "The role that these credentials assume.")
    private String roleArn;

    @Option(
            names = "--from-external-id",
            paramLabel = "ID",
            hidden = true,
            description = "The external id of its trust policy.")
    private String externalId;

    @Option(names = "--from-endpoint-url", paramLabel = "URL", description = "The ECR API, where it is not AWS's own.")
    private String endpointUrl;

    @Option(names = "--from-username", paramLabel = "NAME", description = "The user of a registry that is not ECR.")
    private String username;

    @Option(names = "--from-password-stdin", description = "Read its password from standard input.")
    private boolean passwordStdin;

    @Option(names = "--from-ca-cert", paramLabel = "FILE", description = "Trust this PEM file's certificates too.")
    private Path caCertificate;

    @Option(names = "--from-skip-tls-verification", description = "Unsafe: accept any certificate.", hidden = true)
    private boolean skipTlsVerification;

    boolean readsPassword() {
        return passwordStdin;
    }

    RegistryTarget target(Environment environment, InputStream in) throws IOException {
        return new Access(
                        "--from-",
                        new Access.Aws(profile, roleArn, externalId, endpointUrl),
                        username,
                        passwordStdin,
                        caCertificate,
                        skipTlsVerification)
                .target(Location.parse(location), environment, in, Access.Creation.NONE);
    }
}
