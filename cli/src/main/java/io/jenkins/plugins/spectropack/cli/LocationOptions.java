package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.registry.Location;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The registry that a command is about. Values that are wrong are told as {@link IllegalArgumentException}. */
final class LocationOptions {

    /** Whose words messages use where the registry is given in one word. */
    static final String SPEAKER = "location";

    @Option(names = "--registry", paramLabel = "LOCATION", required = true, description = "HOST/BASE or bundle:PATH.")
    private String location;

    @Option(names = "--profile", paramLabel = "NAME", description = "The AWS profile with the credentials.")
    private String profile;

    @Option(names = "--role-arn", paramLabel = "ARN", description = "The role that these credentials assume.")
    private String roleArn;

    @Option(names = "--external-id", paramLabel = "ID", description = "The external id of its trust policy.")
    private String externalId;

    @Option(names = "--endpoint-url", paramLabel = "URL", description = "The ECR API, where it is not AWS's own.")
    private String endpointUrl;

    @Option(names = "--username", paramLabel = "NAME", description = "The user of a registry that is not ECR.")
    private String username;

    @Option(names = "--password-stdin", description = "Read its password from standard input.")
    private boolean passwordStdin;

    @Option(names = "--ca-cert", paramLabel = "FILE", description = "Trust this PEM file's certificates too.")
    private Path caCertificate;

    @Option(names = "--skip-tls-verification", description = "Unsafe: accept any certificate.")
    private boolean skipTlsVerification;

    RegistryTarget target(Environment environment, InputStream in) throws IOException {
        return new Access(
                        "--",
                        new Access.Aws(profile, roleArn, externalId, endpointUrl),
                        username,
                        passwordStdin,
                        caCertificate,
                        skipTlsVerification)
                .target(Location.parse(location), environment, in, Access.Creation.NONE);
    }
}
