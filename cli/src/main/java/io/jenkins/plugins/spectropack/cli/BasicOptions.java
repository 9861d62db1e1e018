package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.registry.BasicTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryCredentials;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that mean something for a registry that is not ECR only. Values that are wrong are told as {@link IllegalArgumentException}. */
final class BasicOptions {

    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            description = "Publish to this OCI registry, such as https://harbor.example.com, instead of AWS ECR.")
    private String url;

    @Option(names = "--username", paramLabel = "NAME", description = "The user name for that registry.")
    private String username;

    @Option(
            names = "--password-stdin",
            description = "Read that user's password from the first line of standard input.")
    private boolean passwordStdin;

    @Option(
            names = "--ca-cert",
            paramLabel = "FILE",
            description = "Trust the CA certificates in this PEM file for that registry, besides those of Java.")
    private Path caCertificate;

    @Option(
            names = "--skip-tls-verification",
            description = "Accept any certificate of that registry. Unsafe: others can read the password.")
    private boolean skipTlsVerification;

    /** Whether the registry is one that is not ECR. */
    boolean given() {
        return url != null;
    }

    private TlsTrust trust() {
        if (caCertificate == null) {
            return new TlsTrust("", skipTlsVerification);
        }
        String pem;
        try {
            pem = Files.readString(caCertificate, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalArgumentException("The CA certificate " + caCertificate + " cannot be read.", e);
        }
        return new TlsTrust(pem, skipTlsVerification);
    }

    /**
     * Reads the login.
     *
     * @param in where the password comes from, if it was asked for
     * @return null where no user was named
     */
    RegistryCredentials credentials(InputStream in) throws IOException {
        if (username == null && !passwordStdin) {
            return null;
        }
        if (username == null) {
            throw new IllegalArgumentException("--password-stdin is for the user that --username names. Give both.");
        }
        if (!passwordStdin) {
            throw new IllegalArgumentException(
                    "--username needs a password. Give --password-stdin, and the password on standard input.");
        }
        String password = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        if (password == null || password.isEmpty()) {
            throw new IllegalArgumentException(
                    "The password on standard input is empty. Give it as the first line, for example:"
                            + " spectro-pack publish --password-stdin ... < password-file");
        }
        return new RegistryCredentials(username, password);
    }

    /**
     * The registry.
     *
     * @param credentials null for none
     * @param basePath what packs go below
     */
    RegistryTarget target(RegistryCredentials credentials, String basePath, boolean createBaseArtifact) {
        return BasicTarget.builder()
                .url(url)
                .basePath(basePath)
                .credentials(credentials)
                .createBaseArtifact(createBaseArtifact)
                .trust(trust())
                .build();
    }
}
