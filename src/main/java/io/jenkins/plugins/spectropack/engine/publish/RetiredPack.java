package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of a version when packs were retired. Travels from the agent to the controller and stands in build records. */
public final class RetiredPack implements Serializable {

    private static final long serialVersionUID = 1L;

    /** For a reason, which may be what a registry answered. */
    private static final int LONGEST = 10_000;

    private final ListedPack pack;
    private final String status;
    private final String reason;

    /** What became of it. */
    public enum Status {
        /** It is in the registry no longer, under this tag. */
        RETIRED,
        /** It would go. */
        PLANNED,
        /** It stays, as asked. */
        KEPT,
        /** It was to go and is still there. */
        FAILED
    }

    RetiredPack(ListedPack pack, Status status, String reason) {
        this.pack = pack;
        this.status = status.name();
        this.reason = reason;
    }

    /**
     * A copy of what came from a machine that is not trusted, such as an agent: one line each, of bounded length.
     *
     * @param text copies what it says
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    public static RetiredPack copyOf(Object foreign, ForeignText text) {
        if (foreign instanceof RetiredPack retired) {
            return new RetiredPack(
                    ListedPack.copyOf(retired.pack, text),
                    Status.valueOf(String.valueOf(retired.status)),
                    text.required(retired.reason, LONGEST));
        }
        throw new IllegalArgumentException("This is not what became of a version.");
    }

    RetiredPack with(Status other) {
        return new RetiredPack(pack, other, reason);
    }

    RetiredPack kept(String why) {
        return new RetiredPack(pack, Status.KEPT, why);
    }

    RetiredPack failed(String why) {
        return new RetiredPack(pack, Status.FAILED, why);
    }

    /** Whether this became of it. */
    public boolean is(Status value) {
        return value.name().equals(status);
    }

    /** The pack's name. */
    public String getName() {
        return pack.getName();
    }

    /** The version, which is the tag. */
    public String getVersion() {
        return pack.getVersion();
    }

    /** {@code HOST/REPOSITORY:VERSION}. */
    public String getReference() {
        return pack.getReference();
    }

    /** The manifest's digest. */
    public String getDigest() {
        return pack.getDigest();
    }

    /** The name of a {@link Status}. */
    public String getStatus() {
        return status;
    }

    /** Why it goes or stays or, if it failed, why it is still there. */
    public String getReason() {
        return reason;
    }

    /** All values by name, as the command line's JSON has them. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>(pack.toMap());
        map.put("status", status);
        if (is(Status.FAILED)) {
            map.put("error", reason);
        } else {
            map.put("reason", reason);
        }
        return map;
    }

    @Override
    public String toString() {
        return status + " " + pack.getReference() + " " + pack.getDigest() + " (" + reason + ")";
    }
}
