package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.StoredVersion;
import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A version of a pack that a registry holds. Travels from the agent to the controller; values that are not known are null. */
public final class ListedPack implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Longer than any name, version or reference. */
    private static final int LONGEST = 1_000;

    private final String name;
    private final String version;
    private final String repository;
    private final String reference;
    private final String pinnedReference;
    private final String digest;
    private final Long size;
    private final String pushedAt;

    ListedPack(RegistrySession session, String name, StoredVersion stored) {
        this(session.host(), session.repository(name), name, stored);
    }

    ListedPack(String host, String repository, String name, StoredVersion stored) {
        this.name = name;
        version = stored.version();
        this.repository = repository;
        reference = host + "/" + repository + ":" + version;
        pinnedReference = host + "/" + repository + "@" + stored.digest();
        digest = stored.digest();
        size = stored.size().orElse(null);
        pushedAt = stored.pushedAt().map(Instant::toString).orElse(null);
    }

    /** What came from elsewhere, made harmless. */
    private ListedPack(ListedPack foreign, ForeignText text) {
        name = text.required(foreign.name, LONGEST);
        version = text.required(foreign.version, LONGEST);
        repository = text.required(foreign.repository, LONGEST);
        reference = text.required(foreign.reference, LONGEST);
        pinnedReference = text.required(foreign.pinnedReference, LONGEST);
        digest = text.required(foreign.digest, LONGEST);
        size = foreign.size;
        pushedAt = text.copy(foreign.pushedAt, LONGEST);
    }

    /**
     * A copy of what came from a machine that is not trusted, such as an agent: one line each, of bounded length.
     *
     * @param text copies what it says
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    static ListedPack copyOf(Object foreign, ForeignText text) {
        if (foreign instanceof ListedPack pack) {
            return new ListedPack(pack, text);
        }
        throw new IllegalArgumentException("This is no pack of a registry.");
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
