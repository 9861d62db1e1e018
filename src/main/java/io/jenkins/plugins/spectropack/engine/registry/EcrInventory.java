package io.jenkins.plugins.spectropack.engine.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** What ECR tells of itself: DescribeRepositories and DescribeImages, which know when a version was pushed. */
final class EcrInventory implements Inventory {

    // Source: ECR API reference, "BatchDeleteImage".
    private static final int MOST_IN_A_BATCH = 100;

    private final EcrApi api;

    EcrInventory(EcrApi api) {
        this.api = api;
    }

    @Override
    public List<String> repositories(String below) throws RegistryException, InterruptedException {
        List<String> names = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            String next = token.orElse(null);
            DescribeRepositoriesResponse page = api.call(
                    "DescribeRepositories", "", ecr -> ecr.describeRepositories(describe -> describe.nextToken(next)));
            page.repositories().stream().map(Repository::repositoryName).forEach(names::add);
            token = Optional.ofNullable(page.nextToken());
        } while (token.isPresent());
        return names;
    }

    @Override
    public List<StoredVersion> versions(String repository) throws RegistryException, InterruptedException {
        List<StoredVersion> versions = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            String next = token.orElse(null);
            DescribeImagesResponse page = api.call(
                    "DescribeImages",
                    " of '" + repository + "'",
                    ecr -> ecr.describeImages(describe -> describe.repositoryName(repository)
                            .filter(filter -> filter.tagStatus(TagStatus.TAGGED))
                            .nextToken(next)));
            page.imageDetails().forEach(image -> add(versions, image));
            token = Optional.ofNullable(page.nextToken());
        } while (token.isPresent());
        return versions;
    }

    private static void add(List<StoredVersion> versions, ImageDetail image) {
        for (String tag : image.imageTags()) {
            versions.add(new StoredVersion(
                    tag,
                    image.imageDigest(),
                    Optional.ofNullable(image.imageSizeInBytes()),
                    Optional.ofNullable(image.imagePushedAt())));
        }
    }

    /** By tag, so that ECR keeps what another tag points to. */
    @Override
    public Map<String, String> delete(String repository, List<StoredVersion> versions)
            throws RegistryException, InterruptedException {
        Map<String, String> problems = new HashMap<>();
        for (int start = 0; start < versions.size(); start += MOST_IN_A_BATCH) {
            List<ImageIdentifier> batch =
                    versions.subList(start, Math.min(start + MOST_IN_A_BATCH, versions.size())).stream()
                            .map(version -> ImageIdentifier.builder()
                                    .imageTag(version.version())
                                    .build())
                            .toList();
            BatchDeleteImageResponse answer = api.call(
                    "BatchDeleteImage",
                    " on '" + repository + "'",
                    ecr -> ecr.batchDeleteImage(
                            delete -> delete.repositoryName(repository).imageIds(batch)));
            for (ImageFailure failure : answer.failures()) {
                // Whoever took it before us did what was wanted.
                if (!"ImageNotFound".equals(failure.failureCodeAsString())
                        && failure.imageId() != null
                        && failure.imageId().imageTag() != null) {
                    problems.put(
                            failure.imageId().imageTag(),
                            "BatchDeleteImage failed: ECR answered " + failure.failureCodeAsString() + ": "
                                    + failure.failureReason() + ".");
                }
            }
        }
        return problems;
    }
}
