package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.io.InputStream;
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

    @Option(
            names = "--repository-name",
            paramLabel = "BASE",
            required = true,
            description = "The repository or base path that packs go below; /spectro-packs/archive is added.")
    private String repositoryName;

    @Mixin
    private EcrOptions ecr;

    @Mixin
    private BasicOptions basic;

    @Option(
            names = "--no-create-repositories",
            description = "Never create repositories; in other registries than ECR, push no base artifact.")
    private boolean noCreateRepositories;

    /**
     * The registry that the options name, with its login.
     *
     * @param in where a password comes from, if that is asked for
     */
    RegistryTarget target(Environment environment, InputStream in) throws IOException {
        if (basic.given()) {
            reject("ecr", " is for AWS ECR only. Leave it out, or leave --registry-url out.");
            return basic.target(basic.credentials(in), repositoryName, !noCreateRepositories);
        }
        reject("basic", " is not for AWS ECR. Give --registry-url too, or leave it out.");
        return ecr.target(environment, repositoryName, !noCreateRepositories);
    }

    /** Options of the kind that was not chosen would be ignored without a word. */
    private void reject(String mixin, String why) {
        ParseResult given = command.commandLine().getParseResult();
        for (OptionSpec option : self.mixins().get(mixin).options()) {
            if (given.hasMatchedOption(option.longestName())) {
                throw new IllegalArgumentException(option.longestName() + why);
            }
        }
    }
}
