package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.registry.AwsIdentity;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.RepositorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that mean something for AWS ECR only. Values that are wrong are told as {@link IllegalArgumentException}. */
final class EcrOptions {

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

    /**
     * The registry, with the credentials where the AWS command line finds them.
     *
     * @param repositoryName what packs go below
     */
    RegistryTarget target(Environment environment, String repositoryName, boolean createRepositories) {
        return EcrTarget.builder(AwsIdentity.ofMachine())
                .repositoryName(repositoryName)
                .region(environment.region(region))
                .accountId(accountId)
                .endpoint(environment.endpoint(endpointUrl))
                .createRepositories(createRepositories)
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
}
