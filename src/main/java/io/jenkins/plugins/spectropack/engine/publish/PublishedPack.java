package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What became of one pack. What the registry holds under the pack's tag is described where that is known; values that are
 * not known are null. Travels from the agent to the controller and stands in build records, see {@link KeptValues}, with the names
 * of statuses rather than the constants, so that a build loads whatever this version calls them.
 */
public final class PublishedPack implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Longer than any name, version or reference. */
    private static final int SHORT = 1_000;

    /** For an error, which may name several findings. */
    private static final int LONG = 10_000;

    /** How publishing a pack ended. */
    public enum Status {
        /** The tag is new. */
        PUBLISHED("published"),
        /** The registry had the same content already; nothing was sent. */
        UNCHANGED("unchanged"),
        /** The tag was moved from other content to this, which {@link PublishedPack#getReplacedDigest} names. */
        OVERWRITTEN("overwritten"),
        /** The tag has other content and was left alone, as asked. */
        SKIPPED("skipped"),
        /** A dry run: the pack would be sent. */
        PLANNED("would be published"),
        /** The pack was not published. */
        FAILED("failed");

        private final String words;

        Status(String words) {
            this.words = words;
        }

        /** The status within a sentence. */
        public String words() {
            return words;
        }
    }

    private final String folder;
    private final String name;
    private final String version;
    private final String host;
    private final String repository;
    private final String digest;
    private final String replacedDigest;
    private final String archiveDigest;
    private final Long archiveSize;
    private final String status;
    private final String error;
    private final String paletteStatus;
    private final String source;

    PublishedPack(PublishedPackBuilder builder, String status, String error, String paletteStatus) {
        folder = builder.folder;
        name = builder.name;
        version = builder.version;
        host = builder.host;
        repository = builder.repository;
        digest = builder.digest;
        replacedDigest = builder.replacedDigest;
        archiveDigest = builder.archiveDigest;
        archiveSize = builder.archiveSize;
        this.status = status;
        this.error = error;
        this.paletteStatus = paletteStatus;
        source = builder.source;
    }

    /** What came from elsewhere, made harmless. */
    private PublishedPack(PublishedPack foreign, ForeignText text) {
        folder = text.copy(foreign.folder, SHORT);
        name = text.copy(foreign.name, SHORT);
        version = text.copy(foreign.version, SHORT);
        host = text.copy(foreign.host, SHORT);
        repository = text.copy(foreign.repository, SHORT);
        digest = text.copy(foreign.digest, SHORT);
        replacedDigest = text.copy(foreign.replacedDigest, SHORT);
        archiveDigest = text.copy(foreign.archiveDigest, SHORT);
        archiveSize = foreign.archiveSize;
        status = Status.valueOf(String.valueOf(foreign.status)).name();
        error = text.copy(foreign.error, LONG);
        paletteStatus = foreign.paletteStatus == null
                ? null
                : PaletteStatus.valueOf(foreign.paletteStatus).name();
        source = text.copy(foreign.source, SHORT);
    }

    /**
     * A copy of what came from a machine that is not trusted, such as an agent: one line each, of bounded length.
     *
     * @param text copies what it says
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    public static PublishedPack copyOf(Object foreign, ForeignText text) {
        if (foreign instanceof PublishedPack pack) {
            PublishedPack copy = new PublishedPack(pack, text);
            boolean isWhole = copy.isFailed() ? copy.error != null : copy.name != null && copy.version != null;
            boolean isAnywhere = copy.host != null && copy.repository != null;
            if (isWhole && (isAnywhere || !copy.isInRegistry() && copy.host == null)) {
                return copy;
            }
        }
        throw new IllegalArgumentException("This is not what became of a pack.");
    }

    /**
     * The same pack, seen from a run that has started over. What the first try sent is found unchanged by the second, but it was
     * this run that published it.
     *
     * @param earlier what is known of the same pack from before
     */
    public PublishedPack after(PublishedPack earlier) {
        boolean sentBefore = earlier.is(Status.PUBLISHED) || earlier.is(Status.OVERWRITTEN);
        return sentBefore && is(Status.UNCHANGED) && Objects.equals(digest, earlier.digest)
                ? new PublishedPack(
                        PublishedPackBuilder.of(this).replaces(earlier.replacedDigest),
                        earlier.status,
                        error,
                        paletteStatus)
                : this;
    }

    /** The same pack, which is not there after all. */
    PublishedPack failed(String why) {
        return PublishedPackBuilder.of(this).failed(why);
    }

    /** The same pack, with what Palette says of it. */
    PublishedPack withPaletteStatus(PaletteStatus value) {
        return new PublishedPack(PublishedPackBuilder.of(this), status, error, value.name());
    }

    /** The pack's folder, as the log names it; null if it was copied from a registry. */
    public String getFolder() {
        return folder;
    }

    /** The pack's name; null if the pack is invalid. */
    public String getName() {
        return name;
    }

    /** The pack's version, which is its tag; null if the pack is invalid. */
    public String getVersion() {
        return version;
    }

    /** The repository without the host, {@code BASE/spectro-packs/archive/NAME}. */
    public String getRepository() {
        return repository;
    }

    /** The registry's host, or {@code bundle:PATH}. */
    String host() {
        return host;
    }

    /** {@code HOST/REPOSITORY:VERSION}. */
    public String getReference() {
        return host == null ? null : host + "/" + repository + ":" + version;
    }

    /** {@code HOST/REPOSITORY@sha256:…}, which keeps its meaning when the tag moves. */
    public String getPinnedReference() {
        return host == null || digest == null ? null : host + "/" + repository + "@" + digest;
    }

    /** The manifest's digest, {@code sha256:…}. */
    public String getDigest() {
        return digest;
    }

    /** The manifest's digest that the tag led to before, if this run moved it, or would; else null. */
    public String getReplacedDigest() {
        return replacedDigest;
    }

    /**
     * What whoever uses the pack has to know, in a sentence; null if there is nothing. Source: reports that clusters fail to
     * reconcile after a version was pushed again, since Palette keeps the digest that it saw when it synchronised.
     */
    public String getWarning() {
        return is(Status.OVERWRITTEN)
                ? "Palette keeps the digest that it saw, so clusters with " + name + ":" + version
                        + " go on asking for "
                        + replacedDigest + ", which fails once the registry has removed it. Raise the version for"
                        + " content that clusters use already."
                : null;
    }

    /** {@code NAME-VERSION.tar.gz}. */
    public String getArchiveName() {
        return name == null ? null : name + "-" + version + ".tar.gz";
    }

    /** The archive's digest, {@code sha256:…}. */
    public String getArchiveDigest() {
        return archiveDigest;
    }

    /** The archive's size in bytes. */
    public Long getArchiveSize() {
        return archiveSize;
    }

    /** {@code HOST/REPOSITORY@sha256:…} of what the pack was copied from; null if it was not copied. */
    public String getSource() {
        return source;
    }

    /** The name of a {@link Status}. */
    public String getStatus() {
        return status;
    }

    /** Why the pack was not published; null unless it failed. */
    public String getError() {
        return error;
    }

    /** The name of a {@link PaletteStatus}; null if Palette was not to be asked. */
    public String getPaletteStatus() {
        return paletteStatus;
    }

    /** The status as this version knows it, of a pack that this process published. */
    Status status() {
        return Status.valueOf(status);
    }

    /** Whether publishing ended like this. */
    public boolean is(Status value) {
        return value.name().equals(status);
    }

    /** Whether the registry has the pack with this content. */
    public boolean isInRegistry() {
        return is(Status.PUBLISHED) || is(Status.UNCHANGED) || is(Status.OVERWRITTEN);
    }

    /** Whether the pack was not published. */
    public boolean isFailed() {
        return is(Status.FAILED);
    }

    /** All values by name, as the command line's JSON has them; without those that tell of what there was not. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (folder != null) {
            map.put("folder", folder);
        }
        map.put("name", name);
        map.put("version", version);
        map.put("repository", repository);
        map.put("reference", getReference());
        map.put("pinnedReference", getPinnedReference());
        map.put("digest", digest);
        map.put("archiveName", getArchiveName());
        map.put("archiveDigest", archiveDigest);
        map.put("archiveSize", archiveSize);
        map.put("status", status);
        map.put("paletteStatus", paletteStatus);
        if (replacedDigest != null) {
            map.put("replacedDigest", replacedDigest);
        }
        if (getWarning() != null) {
            map.put("warning", getWarning());
        }
        if (source != null) {
            map.put("source", source);
        }
        if (error != null) {
            map.put("error", error);
        }
        return map;
    }

    @Override
    public String toString() {
        return name + ":" + version + " " + status;
    }
}
