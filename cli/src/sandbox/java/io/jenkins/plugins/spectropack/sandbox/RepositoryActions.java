package io.jenkins.plugins.spectropack.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The actions of the API on repositories. Source: ECR API reference, each action's "Request Parameters" and "Errors". */
final class RepositoryActions {

    private static final String NAME_PATTERN = "(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*";
    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);
    private static final int NAME_MIN = 2;
    private static final int NAME_MAX = 256;
    private static final int TAGS_MAX = 50;
    private static final int TAG_KEY_MAX = 128;
    private static final int TAG_VALUE_MAX = 256;
    private static final List<String> MUTABILITIES =
            List.of("MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION");
    private static final List<String> ENCRYPTIONS = List.of("AES256", "KMS", "KMS_DSSE");

    private final Account account;
    private final Repositories repositories;
    private final String registryHost;
    private final Pages pages;

    RepositoryActions(Account account, Repositories repositories, String registryHost, Pages pages) {
        this.pages = pages;
        this.account = account;
        this.repositories = repositories;
        this.registryHost = registryHost;
    }

    Map<String, Object> create(JsonNode input) throws ApiError {
        String name = input.path("repositoryName").asString("");
        checkName(name);
        JsonNode encryption = input.path("encryptionConfiguration");
        Repository created = new Repository(
                name,
                account.arn(name),
                registryHost + "/" + name,
                Instant.now(),
                oneOf("imageTagMutability", input.path("imageTagMutability").asString("MUTABLE"), MUTABILITIES),
                input.path("imageTagMutabilityExclusionFilters")
                        .valueStream()
                        .map(filter -> filter.path("filter").asString(""))
                        .toList(),
                input.path("imageScanningConfiguration").path("scanOnPush").asBoolean(false),
                oneOf("encryptionType", encryption.path("encryptionType").asString("AES256"), ENCRYPTIONS),
                optional(encryption.path("kmsKey")),
                resourceTags(input, Map.of()),
                Optional.empty());
        if (!repositories.create(created)) {
            throw new ApiError(
                    400,
                    "RepositoryAlreadyExistsException",
                    "The repository with name '" + name + "' already exists in the registry with id '" + account.id()
                            + "'");
        }
        return Map.of("repository", describe(created));
    }

    /** Adds a repository as {@link #create} does, for a test that prepares a state. */
    Repository create(String name, boolean immutable) {
        Map<String, Object> input =
                Map.of("repositoryName", name, "imageTagMutability", immutable ? "IMMUTABLE" : "MUTABLE");
        try {
            create(JsonMapper.shared().valueToTree(input));
        } catch (ApiError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return repositories.find(name).orElseThrow();
    }

    Map<String, Object> describe(JsonNode input) throws ApiError {
        checkRegistry(input);
        List<Map<String, Object>> described = new ArrayList<>();
        if (input.path("repositoryNames").isArray()) {
            for (JsonNode name : input.path("repositoryNames")) {
                described.add(describe(find(name.asString(""))));
            }
            return Map.of("repositories", described);
        }
        repositories.all().forEach(one -> described.add(describe(one)));
        return pages.page(input, "repositories", described);
    }

    Map<String, Object> delete(JsonNode input) throws ApiError {
        Repository repository = find(input);
        boolean force = input.path("force").asBoolean(false);
        if (!force && !repositories.manifests(repository.name()).isEmpty()) {
            throw new ApiError(
                    400,
                    "RepositoryNotEmptyException",
                    "The repository with name '" + repository.name() + "' in registry with id '" + account.id()
                            + "' cannot be deleted because it still contains images");
        }
        repositories.delete(repository.name());
        return Map.of("repository", describe(repository));
    }

    Map<String, Object> putLifecyclePolicy(JsonNode input) throws ApiError {
        Repository repository = find(input);
        String text = input.path("lifecyclePolicyText").asString("");
        if (!isPolicy(text)) {
            throw ApiError.invalidParameter(
                    "LifecyclePolicyText", "Lifecycle policy validation failure: it is not a JSON object with rules");
        }
        repositories.change(repository.name(), one -> one.withLifecyclePolicy(text));
        return lifecyclePolicy(repository, text);
    }

    Map<String, Object> getLifecyclePolicy(JsonNode input) throws ApiError {
        Repository repository = find(input);
        String text = repository
                .lifecyclePolicy()
                .orElseThrow(() -> new ApiError(
                        400,
                        "LifecyclePolicyNotFoundException",
                        "Lifecycle policy does not exist for the repository with name '" + repository.name()
                                + "' in the registry with id '" + account.id() + "'"));
        return lifecyclePolicy(repository, text);
    }

    Map<String, Object> tag(JsonNode input) throws ApiError {
        Repository repository = findByArn(input);
        Map<String, String> tags = resourceTags(input, repository.resourceTags());
        repositories.change(repository.name(), one -> one.withResourceTags(tags));
        return Map.of();
    }

    Map<String, Object> listTags(JsonNode input) throws ApiError {
        List<Map<String, String>> tags = new ArrayList<>();
        findByArn(input).resourceTags().forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
        return Map.of("tags", tags);
    }

    private Map<String, Object> describe(Repository repository) {
        Map<String, String> encryption = new HashMap<>();
        encryption.put("encryptionType", repository.encryptionType());
        repository.kmsKey().ifPresent(key -> encryption.put("kmsKey", key));
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("repositoryArn", repository.arn());
        described.put("registryId", account.id());
        described.put("repositoryName", repository.name());
        described.put("repositoryUri", repository.uri());
        described.put("createdAt", seconds(repository.createdAt()));
        described.put("imageTagMutability", repository.tagMutability());
        if (!repository.mutabilityExclusions().isEmpty()) {
            described.put(
                    "imageTagMutabilityExclusionFilters",
                    repository.mutabilityExclusions().stream()
                            .map(filter -> Map.of("filterType", "WILDCARD", "filter", filter))
                            .toList());
        }
        described.put("imageScanningConfiguration", Map.of("scanOnPush", repository.scanOnPush()));
        described.put("encryptionConfiguration", encryption);
        return described;
    }

    private Map<String, Object> lifecyclePolicy(Repository repository, String text) {
        return Map.of("registryId", account.id(), "repositoryName", repository.name(), "lifecyclePolicyText", text);
    }

    Repository find(JsonNode input) throws ApiError {
        checkRegistry(input);
        return find(input.path("repositoryName").asString(""));
    }

    private Repository find(String name) throws ApiError {
        checkName(name);
        return repositories.find(name).orElseThrow(() -> notFound(name));
    }

    private Repository findByArn(JsonNode input) throws ApiError {
        String arn = input.path("resourceArn").asString("");
        return repositories.findByArn(arn).orElseThrow(() -> notFound(arn.substring(arn.indexOf('/') + 1)));
    }

    private ApiError notFound(String name) {
        return new ApiError(400, "RepositoryNotFoundException", account.noSuchRepository(name));
    }

    private void checkRegistry(JsonNode input) throws ApiError {
        String id = input.path("registryId").asString(account.id());
        if (!id.equals(account.id())) {
            throw new ApiError(
                    400,
                    "RepositoryNotFoundException",
                    "The repository does not exist in the registry with id '" + id + "'");
        }
    }

    private static void checkName(String name) throws ApiError {
        String parameter = "repositoryName";
        if (name.length() < NAME_MIN) {
            throw ApiError.invalidParameter(parameter, "Member must have length greater than or equal to " + NAME_MIN);
        }
        if (name.length() > NAME_MAX) {
            throw ApiError.invalidParameter(parameter, "Member must have length less than or equal to " + NAME_MAX);
        }
        if (!NAME.matcher(name).matches()) {
            throw ApiError.invalidParameter(parameter, "must satisfy regular expression '" + NAME_PATTERN + "'");
        }
    }

    private static Map<String, String> resourceTags(JsonNode input, Map<String, String> present) throws ApiError {
        Map<String, String> tags = new HashMap<>(present);
        for (JsonNode tag : input.path("tags")) {
            String key = tag.path("Key").asString("");
            String value = tag.path("Value").asString("");
            if (key.isEmpty()
                    || key.startsWith("aws:")
                    || key.length() > TAG_KEY_MAX
                    || value.length() > TAG_VALUE_MAX) {
                throw new ApiError(400, "InvalidTagParameterException", "Invalid tag key or value: '" + key + "'");
            }
            tags.put(key, value);
        }
        if (tags.size() > TAGS_MAX) {
            throw new ApiError(400, "TooManyTagsException", "A repository can have at most " + TAGS_MAX + " tags");
        }
        return tags;
    }

    private static String oneOf(String parameter, String value, List<String> allowed) throws ApiError {
        if (!allowed.contains(value)) {
            throw ApiError.invalidParameter(parameter, "Member must satisfy enum value set: " + allowed);
        }
        return value;
    }

    private static boolean isPolicy(String text) {
        try {
            return JsonMapper.shared().readTree(text).path("rules").isArray();
        } catch (JacksonException e) {
            return false;
        }
    }

    static Optional<String> optional(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
