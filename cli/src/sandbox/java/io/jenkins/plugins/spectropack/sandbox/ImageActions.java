package io.jenkins.plugins.spectropack.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The actions of the API on what repositories hold. Source: ECR API reference, each action's "Request Parameters". */
final class ImageActions {

    private static final int MOST_IN_A_BATCH = 100;

    private final Account account;
    private final Repositories repositories;
    private final RepositoryActions all;
    private final Pages pages;

    ImageActions(Account account, Repositories repositories, RepositoryActions all, Pages pages) {
        this.account = account;
        this.repositories = repositories;
        this.all = all;
        this.pages = pages;
    }

    Map<String, Object> listImages(JsonNode input) throws ApiError {
        Repository repository = all.find(input);
        List<Map<String, String>> ids = new ArrayList<>();
        for (StoredManifest manifest : repositories.manifests(repository.name())) {
            List<String> tags = tags(repository, manifest);
            tags.forEach(tag -> ids.add(Map.of("imageDigest", manifest.digest(), "imageTag", tag)));
            if (tags.isEmpty()) {
                ids.add(Map.of("imageDigest", manifest.digest()));
            }
        }
        return pages.page(input, "imageIds", ids);
    }

    Map<String, Object> describeImages(JsonNode input) throws ApiError {
        Repository repository = all.find(input);
        List<StoredManifest> manifests = new ArrayList<>();
        if (input.path("imageIds").isArray()) {
            for (JsonNode id : input.path("imageIds")) {
                manifests.add(image(repository, id));
            }
            return Map.of(
                    "imageDetails",
                    manifests.stream().map(one -> describe(repository, one)).toList());
        }
        String status = input.path("filter").path("tagStatus").asString("ANY");
        List<Map<String, Object>> details = repositories.manifests(repository.name()).stream()
                .filter(one -> status.equals("ANY")
                        || status.equals("TAGGED") != tags(repository, one).isEmpty())
                .map(one -> describe(repository, one))
                .toList();
        return pages.page(input, "imageDetails", details);
    }

    private StoredManifest image(Repository repository, JsonNode id) throws ApiError {
        String tag = id.path("imageTag").asString("");
        String digest = id.path("imageDigest").asString("");
        return repositories
                .manifest(repository.name(), digest.isEmpty() ? tag : digest)
                .orElseThrow(() -> new ApiError(
                        400,
                        "ImageNotFoundException",
                        "The image with imageId {imageDigest:'" + (digest.isEmpty() ? "null" : digest)
                                + "', imageTag:'" + (tag.isEmpty() ? "null" : tag)
                                + "'} does not exist within the repository with name '" + repository.name()
                                + "' in the registry with id '" + account.id() + "'"));
    }

    private List<String> tags(Repository repository, StoredManifest manifest) {
        return repositories.tags(repository.name()).entrySet().stream()
                .filter(entry -> entry.getValue().equals(manifest.digest()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, Object> describe(Repository repository, StoredManifest manifest) {
        JsonNode content = JsonMapper.shared().readTree(manifest.content());
        long size = content.path("layers")
                .valueStream()
                .mapToLong(layer -> layer.path("size").asLong(0))
                .sum();
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("registryId", account.id());
        detail.put("repositoryName", repository.name());
        detail.put("imageDigest", manifest.digest());
        List<String> tags = tags(repository, manifest);
        if (!tags.isEmpty()) {
            detail.put("imageTags", tags);
        }
        detail.put("imageSizeInBytes", size);
        detail.put("imagePushedAt", RepositoryActions.seconds(manifest.pushedAt()));
        detail.put("imageManifestMediaType", manifest.mediaType());
        RepositoryActions.optional(content.path("config").path("mediaType"))
                .ifPresent(type -> detail.put("artifactMediaType", type));
        return detail;
    }

    /** With a tag, takes the tag; what nothing points to any more goes. With a digest, takes the image and all its tags. */
    Map<String, Object> batchDelete(JsonNode input) throws ApiError {
        Repository repository = all.find(input);
        if (input.path("imageIds").size() > MOST_IN_A_BATCH
                || input.path("imageIds").isEmpty()) {
            throw ApiError.invalidParameter("imageIds", "Member must have length between 1 and " + MOST_IN_A_BATCH);
        }
        List<Map<String, Object>> deleted = new ArrayList<>();
        List<Map<String, Object>> failures = new ArrayList<>();
        for (JsonNode id : input.path("imageIds")) {
            Map<String, Object> named = new LinkedHashMap<>();
            RepositoryActions.optional(id.path("imageDigest")).ifPresent(digest -> named.put("imageDigest", digest));
            RepositoryActions.optional(id.path("imageTag")).ifPresent(tag -> named.put("imageTag", tag));
            Optional<StoredManifest> manifest = repositories.manifest(
                    repository.name(),
                    id.path("imageDigest").asString(id.path("imageTag").asString("")));
            if (manifest.isEmpty()) {
                failures.add(Map.of(
                        "imageId",
                        named,
                        "failureCode",
                        "ImageNotFound",
                        "failureReason",
                        "Requested image not found"));
                continue;
            }
            repositories.delete(
                    repository.name(),
                    id.path("imageTag").asString(""),
                    manifest.get().digest());
            named.put("imageDigest", manifest.get().digest());
            deleted.add(named);
        }
        return Map.of("imageIds", deleted, "failures", failures);
    }
}
