package io.jenkins.plugins.spectropack.cli;

import picocli.CommandLine.Option;

/** The options that say which registry of AWS ECR is meant, and how to get in. */
final class EcrOptions {

    @Option(names = "--region", paramLabel = "REGION", description = "AWS region, if the environment has none.")
    String region;

    @Option(names = "--account-id", paramLabel = "ID", description = "Fail unless the account is this one.")
    String accountId;

    @Option(names = "--profile", paramLabel = "NAME", description = "The AWS profile with the credentials.")
    String profile;

    @Option(
            names = "--role-arn",
            paramLabel = "ARN",
            hidden = true,
            description = "The role that these credentials assume.")
    String roleArn;

    @Option(
            names = "--external-id",
            paramLabel = "ID",
            hidden = true,
            description = "The external id of its trust policy.")
    String externalId;

    @Option(names = "--endpoint-url", paramLabel = "URL", description = "The ECR API, where it is not AWS's own.")
    String endpointUrl;
}
