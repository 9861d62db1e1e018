package io.jenkins.plugins.spectropack.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say how to get into a registry that is not ECR. */
final class BasicOptions {

    @Option(names = "--username", paramLabel = "NAME", description = "The user name for that registry.")
    String username;

    @Option(
            names = "--password-stdin",
            description = "Read that user's password from the first line of standard input. Otherwise"
                    + " SPECTRO_PACK_PASSWORD holds it.")
    boolean passwordStdin;

    @Option(
            names = "--ca-cert",
            paramLabel = "FILE",
            description = "Trust the CA certificates in this PEM file for that registry, besides those of Java.")
    Path caCertificate;

    @Option(
            names = "--skip-tls-verification",
            description = "Accept any certificate of that registry. Unsafe: others can read the password.")
    boolean skipTlsVerification;
}
