package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Pages pages = new Pages("DescribeRepositories failed: " + api.where());
        Optional<String> token = Optional.empty();
        do {
            String next = token.orElse(null);
            DescribeRepositoriesResponse page = api.call(
                    "DescribeRepositories", "", ecr -> ecr.describeRepositories(describe -> describe.nextToken(next)));
            List<String> ofPage = page.repositories().stream()
                    .filter(Objects::nonNull)
                    .map(Repository::repositoryName)
                    .filter(name -> RepositoryNames.isPack(name, below))
                    .toList();
            pages.names(ofPage.size());
            names.addAll(ofPage);
            token = next(page.nextToken(), pages);
        } while (token.isPresent());
        return names;
    }

    @Override
    public List<StoredVersion> versions(String repository) throws RegistryException, InterruptedException {
        Map<String, StoredVersion> versions = new LinkedHashMap<>();
        Pages pages = new Pages("DescribeImages of '" + repository + "' failed: " + api.where());
        Optional<String> token = Optional.empty();
        do {
            String next = token.orElse(null);
            DescribeImagesResponse page = api.call(
                    "DescribeImages",
                    " of '" + repository + "'",
                    ecr -> ecr.describeImages(describe -> describe.repositoryName(repository)
                            .filter(filter -> filter.tagStatus(TagStatus.TAGGED))
                            .nextToken(next)));
            for (ImageDetail image : page.imageDetails()) {
                List<StoredVersion> ofImage = versions(image);
                pages.names(ofImage.size());
                ofImage.forEach(version -> versions.putIfAbsent(version.version(), version));
            }
            token = next(page.nextToken(), pages);
        } while (token.isPresent());
        return List.copyOf(versions.values());
    }

    private static Optional<String> next(String token, Pages pages) throws RegistryException {
        if (token == null || token.isEmpty()) {
            return Optional.empty();
        }
        pages.next(token);
        return Optional.of(token);
    }

    private static List<StoredVersion> versions(ImageDetail image) {
        if (image == null || !Digests.isSha256(image.imageDigest())) {
            return List.of();
        }
        return image.imageTags().stream()
                .filter(RepositoryNames::isTag)
                .map(tag -> new StoredVersion(
                        tag,
                        image.imageDigest(),
                        Optional.ofNullable(image.imageSizeInBytes()),
                        Optional.ofNullable(image.imagePushedAt())))
                .toList();
    }

    /** By tag, so that ECR keeps what another tag points to. */
    @Override
    public Map<String, String> delete(String repository, List<StoredVersion> versions)
            throws RegistryException, InterruptedException {
        Map<String, String> problems = new HashMap<>();
        for (int start = 0; start < versions.size(); start += MOST_IN_A_BATCH) {
            List<StoredVersion> asked = versions.subList(start, Math.min(start + MOST_IN_A_BATCH, versions.size()));
            List<ImageIdentifier> batch = asked.stream()
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
                if (failure != null && !"ImageNotFound".equals(failure.failureCodeAsString())) {
                    String problem = api.failed("BatchDeleteImage", failure);
                    asked.stream()
                            .filter(version -> isAbout(failure.imageId(), version))
                            .forEach(version -> problems.put(version.version(), problem));
                }
            }
        }
        return problems;
    }

    /** Whether a failure is that of a version. What says neither tag nor digest may be that of any. */
    private static boolean isAbout(ImageIdentifier image, StoredVersion version) {
        if (image == null || image.imageTag() == null && image.imageDigest() == null) {
            return true;
        }
        return image.imageTag() == null
                ? version.digest().equals(image.imageDigest())
                : version.version().equals(image.imageTag());
    }
}
