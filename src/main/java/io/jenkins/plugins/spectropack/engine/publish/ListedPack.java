package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.StoredVersion;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A version of a pack that a registry holds. Travels from the agent to the controller; values that are not known are null. */
public final class ListedPack implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String version;
    private final String repository;
    private final String reference;
    private final String pinnedReference;
    private final String digest;
    private final Long size;
    private final String pushedAt;

    ListedPack(RegistrySession session, String name, StoredVersion stored) {
        this.name = name;
        version = stored.version();
        repository = session.repository(name);
        reference = session.host() + "/" + repository + ":" + version;
        pinnedReference = session.host() + "/" + repository + "@" + stored.digest();
        digest = stored.digest();
        size = stored.size().orElse(null);
        pushedAt = stored.pushedAt().map(Instant::toString).orElse(null);
    }

    /** The pack's name. */
    public String getName() {
        return name;
    }

    /** The version, which is the tag. */
    public String getVersion() {
        return version;
    }

    /** The repository without the host. */
    public String getRepository() {
        return repository;
    }

    /** {@code HOST/REPOSITORY:VERSION}. */
    public String getReference() {
        return reference;
    }

    /** {@code HOST/REPOSITORY@sha256:…}. */
    public String getPinnedReference() {
        return pinnedReference;
    }

    /** The manifest's digest. */
    public String getDigest() {
        return digest;
    }

    /** The archive's size in bytes. */
    public Long getSize() {
        return size;
    }

    /** When it was pushed, ISO 8601 in UTC; only ECR tells. */
    public String getPushedAt() {
        return pushedAt;
    }

    /** All values by name, as the command line's JSON has them. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("version", version);
        map.put("repository", repository);
        map.put("reference", reference);
        map.put("pinnedReference", pinnedReference);
        map.put("digest", digest);
        map.put("size", size);
        map.put("pushedAt", pushedAt);
        return map;
    }

    @Override
    public String toString() {
        return reference + " (" + digest + ")";
    }
}
