package io.jenkins.plugins.spectropack.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A repository as ECR describes it. Source of the components: ECR API reference, "Repository" and "CreateRepository".
 *
 * @param name the whole path
 * @param arn the Amazon resource name
 * @param uri the registry's host, a slash and the name
 * @param createdAt when it was created
 * @param tagMutability {@code MUTABLE}, {@code IMMUTABLE} or one of their variants with exclusions
 * @param mutabilityExclusions the wildcards of tags that {@code tagMutability} does not apply to
 * @param scanOnPush whether images are scanned when they are pushed
 * @param encryptionType {@code AES256}, {@code KMS} or {@code KMS_DSSE}
 * @param kmsKey the key that encrypts, where one was named
 * @param resourceTags the resource tags
 * @param lifecyclePolicy the text of the lifecycle policy, where there is one
 */
public record Repository(
        String name,
        String arn,
        String uri,
        Instant createdAt,
        String tagMutability,
        List<String> mutabilityExclusions,
        boolean scanOnPush,
        String encryptionType,
        Optional<String> kmsKey,
        Map<String, String> resourceTags,
        Optional<String> lifecyclePolicy) {

    /** Makes the collections immutable. */
    public Repository {
        mutabilityExclusions = List.copyOf(mutabilityExclusions);
        resourceTags = Map.copyOf(resourceTags);
    }

    /** Whether a tag, once set, stays. Source: ECR user guide, "Preventing image tags from being overwritten". */
    boolean isImmutable(String tag) {
        boolean excluded = mutabilityExclusions.stream()
                .anyMatch(wildcard -> tag.matches("\\Q" + wildcard.replace("*", "\\E.*\\Q") + "\\E"));
        return tagMutability.startsWith("IMMUTABLE") != excluded;
    }

    Repository withResourceTags(Map<String, String> tags) {
        return new Repository(
                name,
                arn,
                uri,
                createdAt,
                tagMutability,
                mutabilityExclusions,
                scanOnPush,
                encryptionType,
                kmsKey,
                tags,
                lifecyclePolicy);
    }

    Repository withLifecyclePolicy(String policy) {
        return new Repository(
                name,
                arn,
                uri,
                createdAt,
                tagMutability,
                mutabilityExclusions,
                scanOnPush,
                encryptionType,
                kmsKey,
                resourceTags,
                Optional.of(policy));
    }
}
