package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteException;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import io.jenkins.plugins.spectropack.engine.palette.Registration;
import io.jenkins.plugins.spectropack.engine.palette.RegistryPlace;
import io.jenkins.plugins.spectropack.engine.palette.TrustPolicy;
import io.jenkins.plugins.spectropack.engine.registry.Location;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.http.SdkHttpClient;

/** {@code spectro-pack register}. */
@Command(
        name = "register",
        description = "Adds a registry of packs to Palette. One that is there is never changed.",
        footer = {
            "Examples:",
            "  export PALETTE_API_KEY=...",
            "  spectro-pack register --palette-registry my-ecr --show-trust-policy",
            "publish and copy add it as well, given --palette-role-arn and",
            "--palette-external-id, --palette-access-key-id or --palette-username, and the",
            "password of the latter two in SPECTRO_PACK_PALETTE_PASSWORD."
        })
final class RegisterCommand extends Verb {

    private static final String SECRET = "SPECTRO_PACK_PASSWORD";

    @Mixin
    private PaletteAccess palette;

    @Option(names = "--registry", paramLabel = "LOCATION", description = "What Palette shall read: HOST/BASE.")
    private String registry;

    @Option(names = "--role-arn", paramLabel = "ARN", description = "The role that Palette reads ECR with.")
    private String roleArn;

    @Option(names = "--external-id", paramLabel = "ID", description = "The external id of its trust policy.")
    private String externalId;

    @Option(
            names = "--access-key-id",
            paramLabel = "ID",
            description = "Or the keys of a user; the secret is the password.")
    private String accessKeyId;

    @Option(names = "--username", paramLabel = "NAME", description = "The user, for a registry that is not ECR.")
    private String username;

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean passwordStdin;

    @Option(names = "--ca-cert", paramLabel = "FILE", description = "The CA of that registry, for Palette.")
    private Path caCertificate;

    @Option(names = "--show-trust-policy", description = "Print what the role must trust, and end.")
    private boolean showTrustPolicy;

    @Option(names = "--dry-run", description = "Try it and print the request, no secrets.")
    private boolean dryRun;

    @Override
    String speaker() {
        return "register";
    }

    @Override
    int run() throws InterruptedException {
        if (!showTrustPolicy && (registry == null || !palette.given())) {
            throw new IllegalArgumentException("Give --palette-registry, the name that the registry shall have in"
                    + " Palette, and --registry, what it reads: HOST/BASE.");
        }
        Environment environment = environment();
        Optional<ReadAccess> access = reader(environment);
        RegistryPlace place = showTrustPolicy ? null : place(access);
        PaletteTarget target =
                palette.target(environment).register(access.orElse(null)).build();
        Output output = output();
        try (SdkHttpClient http = environment.httpClient(target.trust())) {
            Palette asked = new Palette(target, http, Limits.ofEntryPoint());
            return showTrustPolicy
                    ? print(asked.trustPolicy(partition(), output::log))
                    : print(asked.register(place, dryRun, output::log));
        } catch (PaletteException e) {
            output.error(e.getMessage());
            return ExitCode.PALETTE;
        }
    }

    private Optional<ReadAccess> reader(Environment environment) {
        return new PaletteReader("--", roleArn, externalId, accessKeyId, username)
                .access(() -> secret(environment), caCertificate == null ? "" : Access.pem(caCertificate));
    }

    private String secret(Environment environment) {
        if (passwordStdin) {
            try {
                return Password.read(System.in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        String whose = accessKeyId == null ? username : "access key " + accessKeyId;
        return environment
                .password(SECRET)
                .or(() -> Password.ask(Printable.of(whose + " at " + registry)))
                .orElseThrow(() -> new IllegalArgumentException("The password is missing. Put it into " + SECRET
                        + ", or give --password-stdin and the password on standard input."));
    }

    /** The place as it was typed, since Palette keeps the host. */
    private RegistryPlace place(Optional<ReadAccess> access) {
        if (access.isEmpty()) {
            throw new IllegalArgumentException("Say what Palette shall read with: --role-arn and --external-id, or"
                    + " --access-key-id, for AWS ECR; --username for another registry.");
        }
        Location location = Location.parse(registry);
        boolean isEcr = access.get().isForEcr();
        if (location instanceof Location.Ecr ecr) {
            if (!isEcr) {
                throw new IllegalArgumentException(
                        "--username is not for AWS ECR. Give --role-arn and --external-id, or --access-key-id.");
            }
            String typed = registry.strip();
            return new RegistryPlace(typed, ecr.repositoryName());
        }
        if (location instanceof Location.Oci oci) {
            if (isEcr && !Loopback.is(URI.create(oci.url()).getHost())) {
                throw new IllegalArgumentException(
                        "A role or AWS keys are for AWS ECR only, which " + oci.url() + " is not. Give --username.");
            }
            return new RegistryPlace(oci.url(), oci.basePath());
        }
        throw new IllegalArgumentException("Palette reads registries, not bundles. Give --registry HOST/BASE.");
    }

    /** That of the registry's region, where one is given. */
    private String partition() {
        boolean isGovernment = registry != null
                && Location.parse(registry) instanceof Location.Ecr ecr
                && ecr.region().startsWith("us-gov-");
        return isGovernment ? "aws-us-gov" : "aws";
    }

    private int print(TrustPolicy policy) {
        PrintWriter out = out();
        out.println(policy.json());
        out.flush();
        output().log(
                        "Give this trust policy to the role that Palette shall read with, then give its ARN as --role-arn and "
                                + policy.externalId() + " as --external-id. Palette's AWS account is "
                                + policy.accountId() + ".");
        return ExitCode.OK;
    }

    private int print(Registration registration) {
        PrintWriter out = out();
        if (dryRun) {
            registration.request().ifPresent(out::println);
        } else {
            out.println(registration.state() + " " + palette.registry());
        }
        out.flush();
        registration.problem().ifPresent(output()::error);
        return registration.problem().isEmpty() ? ExitCode.OK : ExitCode.PALETTE;
    }
}
