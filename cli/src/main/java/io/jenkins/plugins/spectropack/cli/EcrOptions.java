package io.jenkins.plugins.spectropack.cli;

import picocli.CommandLine.Option;

/** The options that say which registry of AWS ECR is meant, and how to get in. */
final class EcrOptions {

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The AWS region. Otherwise AWS_REGION, AWS_DEFAULT_REGION or the profile says it.")
    String region;

    @Option(
            names = "--account-id",
            paramLabel = "ID",
            description = "The AWS account that the registry must belong to: twelve digits.")
    String accountId;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The AWS profile to take credentials from, before anything else.")
    String profile;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description =
                    "The ECR API. Otherwise AWS_ENDPOINT_URL_ECR or AWS_ENDPOINT_URL says it, or it is AWS's own.")
    String endpointUrl;
}
