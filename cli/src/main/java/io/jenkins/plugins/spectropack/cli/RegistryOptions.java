package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.registry.AwsIdentity;
import io.jenkins.plugins.spectropack.engine.registry.BasicTarget;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.registry.Location;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options that say which registry packs go to. Values that are wrong are told as {@link IllegalArgumentException}. */
final class RegistryOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Spec(Spec.Target.SELF)
    private CommandSpec self;

    @Option(names = "--registry", paramLabel = "LOCATION", description = "The registry: HOST/BASE or bundle:PATH.")
    private String location;

    @Option(names = "--repository-name", paramLabel = "BASE", description = "What packs go below in the registry.")
    private String repositoryName;

    @Mixin
    private EcrOptions ecr;

    @Option(names = "--registry-url", paramLabel = "URL", description = "Another registry than ECR: https://HOST.")
    private String url;

    @Mixin
    private BasicOptions basic;

    @Option(names = "--no-create-repositories", description = "Create no repository and no base artifact.")
    private boolean noCreateRepositories;

    @Mixin
    private CreationOptions creation;

    /** Whether the registry is given in one word. */
    boolean isLocation() {
        return location != null;
    }

    /**
     * The registry that the options name, with its login.
     *
     * @param in where a password comes from, if that is asked for
     */
    RegistryTarget target(Environment environment, InputStream in) throws IOException {
        Access access = new Access(
                "--",
                new Access.Aws(ecr.profile, ecr.roleArn, ecr.externalId, ecr.endpointUrl),
                basic.username,
                basic.passwordStdin,
                basic.caCertificate,
                basic.skipTlsVerification);
        if (location != null) {
            Location named = Location.parse(location);
            for (String option : new String[] {"--repository-name", "--registry-url", "--region", "--account-id"}) {
                reject(self.findOption(option), " is said by --registry already. Leave one of them out.");
            }
            if (!(named instanceof Location.Ecr)) {
                rejectAll("creation", " is for AWS ECR only. Leave it out.");
            }
            return access.target(named, environment, in, creation());
        }
        if (repositoryName == null) {
            throw new IllegalArgumentException("It is not said where to publish. Give --registry LOCATION, or"
                    + " --repository-name BASE for AWS ECR.");
        }
        if (url != null) {
            rejectAll("ecr", " is for AWS ECR only. Leave it out, or leave --registry-url out.");
            rejectAll("creation", " is for AWS ECR only. Leave it out, or leave --registry-url out.");
            BasicTarget.urlProblem(url).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            return access.target(new Location.Oci(url, repositoryName), environment, in, creation());
        }
        rejectAll("basic", " is not for AWS ECR. Give --registry-url too, or leave it out.");
        return access.ecr(region(access.aws().identity()), ecr.accountId, repositoryName, creation());
    }

    /** The option, or what the environment or the profile says. */
    private String region(AwsIdentity identity) {
        try {
            Optional<String> found = ecr.region == null ? identity.region() : Optional.of(ecr.region);
            return found.orElseThrow(() -> new IllegalArgumentException(EcrTarget.regionMissing()));
        } catch (RegistryException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Access.Creation creation() {
        return new Access.Creation(!noCreateRepositories, creation.settings());
    }

    /** Options of a kind that was not chosen would be ignored without a word. */
    private void rejectAll(String mixin, String why) {
        self.mixins().get(mixin).options().forEach(option -> reject(option, why));
    }

    private void reject(OptionSpec option, String why) {
        ParseResult given = command.commandLine().getParseResult();
        if (given.hasMatchedOption(option.longestName())) {
            throw new IllegalArgumentException(option.longestName() + why);
        }
    }
}
