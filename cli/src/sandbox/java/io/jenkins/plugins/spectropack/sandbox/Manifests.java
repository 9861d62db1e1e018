package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Manifests of the registry. Source: OCI distribution specification, "Pulling manifests", "Pushing Manifests"; OCI image
 * specification 1.0, "Image Manifest"; where ECR is stricter, what its users reported.
 */
final class Manifests {

    private static final String DIGEST = "Docker-Content-Digest";
    private static final int LIMIT = 4 * 1024 * 1024;
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+");
    private static final Set<String> IMAGES = Set.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");
    private static final Set<String> INDEXES = Set.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");
    // The version of the image specification that ECR read strictly, 1.1.0-rc2, has no artifactType in a manifest.
    private static final Set<String> IMAGE_KEYS =
            Set.of("schemaVersion", "mediaType", "config", "layers", "subject", "annotations");
    private static final Set<String> INDEX_KEYS =
            Set.of("schemaVersion", "mediaType", "manifests", "subject", "annotations");

    private final Account account;
    private final Repositories repositories;
    private final Blobs blobs;
    private final URI base;

    Manifests(Account account, Repositories repositories, Blobs blobs, URI base) {
        this.account = account;
        this.repositories = repositories;
        this.blobs = blobs;
        this.base = base;
    }

    Answer get(RegistryHandler.Route route) throws RegistryError {
        if (!isReference(route.reference())) {
            throw new RegistryError(400, "TAG_INVALID", tagConstraint());
        }
        StoredManifest manifest = repositories
                .manifest(route.repository(), route.reference())
                .orElseThrow(() -> new RegistryError(404, "MANIFEST_UNKNOWN", "Requested image not found"));
        return Answer.of(
                200, Map.of("Content-Type", manifest.mediaType(), DIGEST, manifest.digest()), manifest.content());
    }

    Answer put(Call call, RegistryHandler.Route route) throws IOException, RegistryError {
        if (!isReference(route.reference())) {
            throw new RegistryError(405, "UNSUPPORTED", tagConstraint());
        }
        byte[] content = call.readBody(LIMIT + 1);
        if (content.length > LIMIT) {
            throw new RegistryError(413, "SIZE_INVALID", "The manifest is bigger than " + LIMIT + " bytes.");
        }
        String contentType = Optional.ofNullable(call.header("Content-Type")).orElse("");
        check(route.repository(), contentType, content);
        StoredManifest manifest = StoredManifest.of(contentType, content);
        if (Digests.isDigest(route.reference())) {
            if (!manifest.digest().equals(route.reference())) {
                throw new RegistryError(
                        400, "DIGEST_INVALID", "The digest of the manifest does not match the one in the path.");
            }
            repositories.addManifest(route.repository(), manifest);
        } else if (!repositories.addManifest(route.repository(), manifest, route.reference())) {
            throw new RegistryError(
                    400,
                    "TAG_INVALID",
                    "The image tag '" + route.reference() + "' already exists in the '" + route.repository()
                            + "' repository and cannot be overwritten because the repository is immutable.");
        }
        URI location = base.resolve("/v2/" + route.repository() + "/manifests/" + manifest.digest());
        return Answer.of(201, Map.of("Location", location.toString(), DIGEST, manifest.digest()));
    }

    private void check(String repository, String contentType, byte[] content) throws IOException, RegistryError {
        JsonNode manifest;
        try {
            manifest = JsonMapper.shared().readTree(content);
        } catch (JacksonException e) {
            throw unsupported();
        }
        boolean image = IMAGES.contains(contentType);
        Set<String> keys = image ? IMAGE_KEYS : INDEX_KEYS;
        boolean known = (image || INDEXES.contains(contentType))
                && manifest.isObject()
                && keys.containsAll(manifest.propertyNames())
                && manifest.path("schemaVersion").asInt(0) == 2
                && manifest.path("mediaType").asString(contentType).equals(contentType)
                && manifest.path(image ? "layers" : "manifests").isArray();
        if (!known) {
            throw unsupported();
        }
        List<JsonNode> parts = new ArrayList<>();
        if (image) {
            parts.add(manifest.path("config"));
        }
        manifest.path(image ? "layers" : "manifests").forEach(parts::add);
        for (JsonNode part : parts) {
            checkDescriptor(part);
        }
        checkPresent(repository, image, parts);
    }

    private static void checkDescriptor(JsonNode descriptor) throws RegistryError {
        boolean known =
                MEDIA_TYPE.matcher(descriptor.path("mediaType").asString("")).matches()
                        && Digests.isDigest(descriptor.path("digest").asString(""))
                        && descriptor.path("size").isIntegralNumber();
        if (!known) {
            throw unsupported();
        }
    }

    private void checkPresent(String repository, boolean image, List<JsonNode> parts)
            throws IOException, RegistryError {
        List<String> missing = new ArrayList<>();
        for (JsonNode part : parts) {
            String digest = part.path("digest").asString();
            boolean there = image
                    ? blobs.has(repository, digest, part.path("size").asLong())
                    : repositories.manifest(repository, digest).isPresent();
            if (!there) {
                missing.add(digest);
            }
        }
        if (!missing.isEmpty()) {
            throw new RegistryError(
                    400,
                    "MANIFEST_BLOB_UNKNOWN",
                    (image ? "Layers" : "Images") + " with digests '" + missing
                            + "' required for pushing image into repository with name '" + repository
                            + "' in the registry with id '" + account.id() + "' do not exist");
        }
    }

    private static boolean isReference(String reference) {
        return Digests.isDigest(reference) || TAG.matcher(reference).matches();
    }

    private static RegistryError unsupported() {
        return new RegistryError(
                405,
                "UNSUPPORTED",
                "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'");
    }

    private static String tagConstraint() {
        return "Invalid parameter at 'imageTag' failed to satisfy constraint: 'must satisfy regular expression "
                + "'[a-zA-Z0-9-_.]+''";
    }
}
