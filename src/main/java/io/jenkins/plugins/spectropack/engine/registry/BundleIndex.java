package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.JsonTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The index of an OCI image layout, kept as JSON so that what others wrote into it stays as it is. Source: OCI image format
 * specification 1.1, "index.json file"; manifests are named by the annotation {@code org.opencontainers.image.ref.name}.
 */
final class BundleIndex {

    private static final String MEDIA_TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final ObjectNode root;
    private final List<JsonNode> entries = new ArrayList<>();
    private final boolean isNew;

    private BundleIndex(ObjectNode root, boolean isNew) {
        this.root = root;
        this.isNew = isNew;
        root.path("manifests").valueStream().forEach(entries::add);
    }

    /** An index that names nothing. */
    static BundleIndex empty() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("schemaVersion", 2);
        root.put("mediaType", MEDIA_TYPE);
        return new BundleIndex(root, true);
    }

    /**
     * Reads an index.
     *
     * @throws IOException if it is none
     */
    static BundleIndex parse(byte[] content) throws IOException {
        if (content.length > BundleFiles.INDEX_LIMIT) {
            throw new IOException("its index.json is longer than that of any image layout");
        }
        try {
            if (JsonTree.read(content) instanceof ObjectNode root
                    && root.path("manifests").isArray()) {
                return new BundleIndex(root, false);
            }
        } catch (JacksonException e) {
            throw new IOException("its index.json is no JSON, or holds more than that of any image layout", e);
        }
        throw new IOException("its index.json is not that of an OCI image layout");
    }

    boolean isNew() {
        return isNew;
    }

    private static String name(JsonNode entry) {
        return entry.path("annotations").path(REF_NAME).asString("");
    }

    private static String digest(JsonNode entry) {
        return entry.path("digest").asString("");
    }

    /** The digest of the manifest with a tag, or of the one with that digest in a repository. */
    Optional<String> digest(String repository, String reference) {
        boolean byDigest = Digests.isSha256(reference);
        return entries.stream()
                .filter(entry -> byDigest
                        ? digest(entry).equals(reference) && name(entry).startsWith(repository + ":")
                        : name(entry).equals(repository + ":" + reference))
                .map(BundleIndex::digest)
                .filter(Digests::isSha256)
                .findFirst();
    }

    /** The repositories that the names of manifests have. */
    Set<String> repositories() {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode entry : entries) {
            String name = name(entry);
            if (name.indexOf(':') > 0) {
                names.add(name.substring(0, name.indexOf(':')));
            }
        }
        return names;
    }

    /** The tags of a repository with the digests that they point to. */
    Map<String, String> tags(String repository) {
        Map<String, String> tags = new TreeMap<>();
        for (JsonNode entry : entries) {
            if (name(entry).startsWith(repository + ":") && Digests.isSha256(digest(entry))) {
                String tag = name(entry).substring(repository.length() + 1);
                if (RepositoryNames.isTag(tag)) {
                    tags.put(tag, digest(entry));
                }
            }
        }
        return tags;
    }

    /** The digests of all manifests. */
    Set<String> digests() {
        Set<String> digests = new HashSet<>();
        entries.stream().map(BundleIndex::digest).filter(Digests::isSha256).forEach(digests::add);
        return digests;
    }

    /**
     * Lets a tag point to a manifest.
     *
     * @return the digest that it pointed to before
     */
    Optional<String> put(String repository, String tag, String digest, long size) {
        Optional<String> before = remove(repository, tag);
        ObjectNode entry = JsonMapper.shared().createObjectNode();
        entry.put("mediaType", ArtifactManifest.MEDIA_TYPE);
        entry.put("digest", digest);
        entry.put("size", size);
        entry.putObject("annotations").put(REF_NAME, repository + ":" + tag);
        entries.add(entry);
        return before;
    }

    /** Forgets a tag; the digest that it pointed to. */
    Optional<String> remove(String repository, String tag) {
        Optional<String> digest = digest(repository, tag);
        entries.removeIf(entry -> name(entry).equals(repository + ":" + tag));
        return digest;
    }

    /** The index as it is written, in an order that does not depend on who wrote when. */
    byte[] toBytes() {
        entries.sort(Comparator.comparing(BundleIndex::name).thenComparing(BundleIndex::digest));
        root.putArray("manifests").addAll(entries);
        return JsonMapper.shared().writeValueAsBytes(root);
    }

    /** The digests that a manifest or an index names itself. */
    static Set<String> referred(byte[] manifest) {
        Set<String> digests = new HashSet<>();
        try {
            for (JsonNode digest : JsonTree.read(manifest).findValues("digest")) {
                digests.add(digest.asString(""));
            }
        } catch (JacksonException e) {
            // What is no JSON names nothing.
        }
        return digests;
    }

    /** The digests of the manifests that an index names; none for a manifest. */
    static List<String> children(byte[] index) {
        try {
            return JsonTree.read(index)
                    .path("manifests")
                    .valueStream()
                    .map(BundleIndex::digest)
                    .filter(Digests::isSha256)
                    .toList();
        } catch (JacksonException e) {
            return List.of();
        }
    }
}
