package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.InvalidPacksException;
import io.jenkins.plugins.spectropack.engine.publish.NothingSentException;
import io.jenkins.plugins.spectropack.engine.publish.PublishRequest;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.Publisher;
import io.jenkins.plugins.spectropack.engine.registry.AwsCredentialChain;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryCredentials;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.RepositorySettings;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/** {@code spectro-pack publish}. */
@Command(
        name = "publish",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = SpectroPack.Version.class,
        description = "Publishes packs to AWS ECR, or to any OCI registry with a user name and a password.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  export AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=...",
            "  export AWS_DEFAULT_REGION=us-east-1",
            "  spectro-pack publish --repository-name spectro-oci-registry my-pack",
            "  spectro-pack publish --repository-name spectro-oci-registry --dry-run \\",
            "      'packs/*'",
            "  spectro-pack publish --registry-url https://harbor.example.com \\",
            "      --username 'robot$$packs' --password-stdin \\",
            "      --repository-name spectro-oci-registry my-pack < password-file",
            "  export PALETTE_API_KEY=...",
            "  spectro-pack publish --repository-name spectro-oci-registry --palette-registry my-ecr my-pack",
            "",
            "AWS credentials come from where the AWS command line finds them: environment,",
            "profile, role of the machine.",
            "Exit codes: 0 all well, 1 something failed to publish, 2 wrong usage,",
            "3 a pack is invalid (nothing was sent), 4 the packs are published, but Palette",
            "did not sync the registry or does not list a pack."
        })
final class PublishCommand implements Callable<Integer> {

    private static final List<String> FOR_ECR = List.of(
            "--region",
            "--account-id",
            "--endpoint-url",
            "--immutable-tags",
            "--scan-on-push",
            "--kms-key",
            "--resource-tag",
            "--lifecycle-policy");

    private static final List<String> FOR_OTHERS =
            List.of("--username", "--password-stdin", "--ca-cert", "--skip-tls-verification");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--repository-name",
            paramLabel = "BASE",
            required = true,
            description = "The repository or base path that packs go below; /spectro-packs/archive is added.")
    private String repositoryName;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The AWS region. Otherwise AWS_REGION, AWS_DEFAULT_REGION or the profile says it.")
    private String region;

    @Option(
            names = "--account-id",
            paramLabel = "ID",
            description = "The AWS account that the registry must belong to: twelve digits.")
    private String accountId;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description =
                    "The ECR API. Otherwise AWS_ENDPOINT_URL_ECR or AWS_ENDPOINT_URL says it, or it is AWS's own.")
    private String endpointUrl;

    @Mixin
    private RegistryOptions other;

    @Option(
            names = "--if-exists",
            paramLabel = "ACTION",
            defaultValue = "fail",
            description = "If the version is there with other content: fail (the default), overwrite or skip.")
    private IfExists ifExists;

    @Option(
            names = "--validation",
            paramLabel = "LEVEL",
            defaultValue = "standard",
            description = "strict (warnings fail too), standard (the default), or off (only what publishing needs).")
    private Validation validation;

    @Option(names = "--dry-run", description = "Do all but change the registry.")
    private boolean dryRun;

    @Option(names = "--expect-name", paramLabel = "NAME", description = "Fail unless pack.json has this name.")
    private String expectedName;

    @Option(names = "--expect-version", paramLabel = "VERSION", description = "Fail unless pack.json has this version.")
    private String expectedVersion;

    @Option(
            names = "--no-create-repositories",
            description = "Never create repositories; in other registries than ECR, push no base artifact.")
    private boolean noCreateRepositories;

    @Option(names = "--immutable-tags", description = "Create repositories with immutable tags.")
    private boolean immutableTags;

    @Option(names = "--scan-on-push", description = "Create repositories that are scanned on push.")
    private boolean scanOnPush;

    @Option(
            names = "--kms-key",
            paramLabel = "ARN",
            description = "Create repositories that are encrypted with this KMS key.")
    private String kmsKey;

    @Option(
            names = "--resource-tag",
            paramLabel = "KEY=VALUE",
            description = "Create repositories with this AWS resource tag. May be given several times.")
    private Map<String, String> resourceTags = new LinkedHashMap<>();

    @Option(
            names = "--lifecycle-policy",
            paramLabel = "FILE",
            description = "Create repositories with the ECR lifecycle policy in this file.")
    private Path lifecyclePolicy;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "" + PublishRequest.DEFAULT_PARALLEL,
            description = "How many packs are published at once. Default: ${DEFAULT-VALUE}.")
    private int parallel;

    @Mixin
    private PaletteOptions paletteOptions;

    @Option(
            names = "--palette-always-sync",
            description = "Have Palette sync the registry even if no pack is new in it.")
    private boolean paletteAlwaysSync;

    @Option(names = "--json", description = "Print the results as one JSON array.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print results and errors only.")
    private boolean quiet;

    @Mixin
    private PackArguments packs;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Environment environment = new Environment(System::getenv);
        Output output = new Output(spec.commandLine().getErr(), quiet);
        try {
            rejectOptionsOfTheOtherKind();
            Optional<Palette> palette = palette(environment);
            PublishResult result = other.given()
                    ? publishElsewhere(environment, palette, output)
                    : publishToEcr(environment, palette, output);
            print(result.packs());
            return code(result);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (NothingSentException e) {
            print(e.packs());
            return fail(e, e instanceof InvalidPacksException ? ExitCode.INVALID_PACK : ExitCode.FAILED);
        } catch (PackException e) {
            print(List.of());
            return fail(e, ExitCode.INVALID_PACK);
        }
    }

    private void rejectOptionsOfTheOtherKind() {
        for (String option : other.given() ? FOR_ECR : FOR_OTHERS) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new IllegalArgumentException(
                        other.given()
                                ? option + " is for AWS ECR only. Leave it out, or leave --registry-url out."
                                : option + " is not for AWS ECR. Give --registry-url too, or leave it out.");
            }
        }
    }

    private Optional<Palette> palette(Environment environment) {
        if (paletteOptions.isIncomplete() || paletteAlwaysSync && !paletteOptions.given()) {
            throw new IllegalArgumentException("The options for Palette need --palette-registry, the name that the"
                    + " registry has in Palette. Give it too, or leave them out.");
        }
        return paletteOptions.given()
                ? Optional.of(paletteOptions.palette(environment, paletteAlwaysSync))
                : Optional.empty();
    }

    private int code(PublishResult result) {
        result.paletteProblem().ifPresent(problem -> spec.commandLine().getErr().println("Error: " + problem));
        if (result.packs().stream().anyMatch(PublishCommand::isFailed)) {
            return ExitCode.FAILED;
        }
        return result.paletteProblem().isEmpty() ? ExitCode.OK : ExitCode.PALETTE;
    }

    private PublishResult publishToEcr(Environment environment, Optional<Palette> palette, Output output)
            throws IOException, InterruptedException {
        try (SdkHttpClient http = Environment.httpClient(TlsTrust.DEFAULT);
                AwsCredentialChain credentials = new AwsCredentialChain(http, environment.region(region))) {
            return publish(environment, target(environment, http, credentials), palette, output);
        }
    }

    private PublishResult publishElsewhere(Environment environment, Optional<Palette> palette, Output output)
            throws IOException, InterruptedException {
        TlsTrust trust = other.trust();
        Optional<RegistryCredentials> credentials = other.credentials(System.in);
        try (SdkHttpClient http = Environment.httpClient(trust)) {
            RegistryTarget target = other.target(http, trust, credentials, repositoryName, !noCreateRepositories);
            if (quiet) {
                // The engine says it in the log, which is switched off.
                trust.warning("the registry").ifPresent(spec.commandLine().getErr()::println);
            }
            return publish(environment, target, palette, output);
        }
    }

    private PublishResult publish(
            Environment environment, RegistryTarget target, Optional<Palette> palette, Output output)
            throws IOException, InterruptedException {
        return new Publisher(target, palette, output).publish(request(environment));
    }

    private int fail(IOException e, int code) {
        spec.commandLine().getErr().println("Error: " + e.getMessage());
        return code;
    }

    private static boolean isFailed(PublishedPack pack) {
        return pack.status() == PublishedPack.Status.FAILED;
    }

    private void print(List<PublishedPack> packs) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, packs.stream().map(PublishedPack::toMap).toList());
            return;
        }
        for (PublishedPack pack : packs) {
            if (!isFailed(pack)) {
                out.println(pack.getStatus() + " " + pack.getReference()
                        + (pack.getDigest() == null ? "" : " " + pack.getDigest())
                        + (pack.getPaletteStatus() == null ? "" : " " + pack.getPaletteStatus()));
            } else if (quiet) {
                spec.commandLine().getErr().println("Error: " + pack.getError());
            }
        }
        out.flush();
    }

    private RegistryTarget target(Environment environment, SdkHttpClient http, AwsCredentialsProvider credentials)
            throws IOException {
        return EcrTarget.builder(http, credentials)
                .repositoryName(repositoryName)
                .region(environment.region(region))
                .accountId(accountId)
                .endpoint(environment.endpoint(endpointUrl).orElse(null))
                .createRepositories(!noCreateRepositories)
                .repositorySettings(
                        new RepositorySettings(immutableTags, scanOnPush, kmsKey, resourceTags, lifecyclePolicyText()))
                .build();
    }

    private String lifecyclePolicyText() {
        if (lifecyclePolicy == null) {
            return "";
        }
        try {
            return Files.readString(lifecyclePolicy);
        } catch (IOException e) {
            throw new IllegalArgumentException("The lifecycle policy " + lifecyclePolicy + " cannot be read.", e);
        }
    }

    private PublishRequest request(Environment environment) throws IOException {
        return new PublishRequest(
                Path.of(""),
                packs.folders(),
                expectedName,
                expectedVersion,
                ifExists,
                validation,
                dryRun,
                parallel,
                Path.of(System.getProperty("java.io.tmpdir")),
                environment.sourceDate());
    }
}
