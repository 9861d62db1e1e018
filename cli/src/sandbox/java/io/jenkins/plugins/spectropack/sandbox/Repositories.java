package io.jenkins.plugins.spectropack.sandbox;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The repositories of the registry and what is in them. Safe for use by several threads. */
final class Repositories {

    private final Map<String, Content> byName = new TreeMap<>();

    private static final class Content {
        private Repository settings;
        private final Set<String> blobs = new HashSet<>();
        private final Map<String, StoredManifest> manifests = new LinkedHashMap<>();
        private final Map<String, String> digestByTag = new TreeMap<>();
    }

    /** Adds a repository; false if one of that name is there. */
    synchronized boolean create(Repository repository) {
        Content content = new Content();
        content.settings = repository;
        return byName.putIfAbsent(repository.name(), content) == null;
    }

    synchronized List<Repository> all() {
        return byName.values().stream().map(content -> content.settings).toList();
    }

    synchronized Optional<Repository> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(content -> content.settings);
    }

    synchronized Optional<Repository> findByArn(String arn) {
        return all().stream().filter(one -> one.arn().equals(arn)).findFirst();
    }

    synchronized void change(String name, UnaryOperator<Repository> change) {
        Content content = content(name);
        content.settings = change.apply(content.settings);
    }

    synchronized void delete(String name) {
        byName.remove(name);
    }

    synchronized Map<String, String> tags(String name) {
        return new TreeMap<>(content(name).digestByTag);
    }

    synchronized List<StoredManifest> manifests(String name) {
        return List.copyOf(content(name).manifests.values());
    }

    synchronized void addBlob(String name, String digest) {
        content(name).blobs.add(digest);
    }

    synchronized boolean hasBlob(String name, String digest) {
        return content(name).blobs.contains(digest);
    }

    /** The manifest with that tag or digest. */
    synchronized Optional<StoredManifest> manifest(String name, String reference) {
        Content content = content(name);
        return Optional.ofNullable(content.manifests.get(content.digestByTag.getOrDefault(reference, reference)));
    }

    synchronized void addManifest(String name, StoredManifest manifest) {
        content(name).manifests.putIfAbsent(manifest.digest(), manifest);
    }

    /** Adds a manifest and moves a tag to it; false, with no effect, if the tag is there and the repository keeps tags. */
    synchronized boolean addManifest(String name, StoredManifest manifest, String tag) {
        Content content = content(name);
        if (content.digestByTag.containsKey(tag) && content.settings.isImmutable(tag)) {
            return false;
        }
        content.manifests.putIfAbsent(manifest.digest(), manifest);
        content.digestByTag.put(tag, manifest.digest());
        return true;
    }

    /** Moves a tag, whatever the repository's settings say. */
    synchronized void putTag(String name, String tag, String digest) {
        Content content = content(name);
        if (!content.manifests.containsKey(digest)) {
            throw new IllegalArgumentException("There is no manifest " + digest + " in " + name);
        }
        content.digestByTag.put(tag, digest);
    }

    synchronized void removeTag(String name, String tag) {
        content(name).digestByTag.remove(tag);
    }

    /**
     * Takes a tag, and the manifest if no other tag has it; without a tag, the manifest and all its tags.
     *
     * @param tag empty for none
     */
    synchronized void delete(String name, String tag, String digest) {
        Content content = content(name);
        if (tag.isEmpty()) {
            content.digestByTag.values().removeIf(digest::equals);
        } else {
            content.digestByTag.remove(tag);
        }
        if (!content.digestByTag.containsValue(digest)) {
            content.manifests.remove(digest);
        }
    }

    private Content content(String name) {
        Content content = byName.get(name);
        if (content == null) {
            throw new IllegalArgumentException("There is no repository " + name);
        }
        return content;
    }
}
