package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.registry.RepositorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How AWS ECR creates repositories. Values that are wrong are told as {@link IllegalArgumentException}. */
final class CreationOptions {

    @Option(names = "--immutable-tags", description = "Create repositories with immutable tags.")
    private boolean immutableTags;

    @Option(names = "--scan-on-push", description = "Create repositories that scan on push.")
    private boolean scanOnPush;

    @Option(names = "--kms-key", paramLabel = "ARN", description = "Create repositories encrypted with this key.")
    private String kmsKey;

    @Option(
            names = "--resource-tag",
            paramLabel = "KEY=VALUE",
            hidden = true,
            description = "Create repositories with this tag.")
    private Map<String, String> resourceTags = new LinkedHashMap<>();

    @Option(
            names = "--lifecycle-policy",
            paramLabel = "FILE",
            hidden = true,
            description = "Create repositories with this file's policy.")
    private Path lifecyclePolicy;

    RepositorySettings settings() {
        return new RepositorySettings(immutableTags, scanOnPush, kmsKey, resourceTags, lifecyclePolicyText());
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
