package io.jenkins.plugins.spectropack.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say how to get into a registry that is not ECR. */
final class BasicOptions {

    @Option(names = "--username", paramLabel = "NAME", description = "The user of a registry that is not ECR.")
    String username;

    @Option(names = "--password-stdin", description = "Read its password from standard input.")
    boolean passwordStdin;

    @Option(names = "--ca-cert", paramLabel = "FILE", description = "Trust this PEM file's certificates too.")
    Path caCertificate;

    @Option(names = "--skip-tls-verification", description = "Unsafe: accept any certificate.")
    boolean skipTlsVerification;
}
