package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.spectropack.engine.pack.VersionOrder;
import io.jenkins.plugins.spectropack.engine.publish.KeptValues;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The newest version of a pack that a job's builds published to one registry. */
@Restricted(NoExternalUse.class)
public final class LatestPack {

    private final PublishedPack pack;
    private final int build;
    private final long time;
    private final int retiredBy;

    /**
     * Keeps a pack that is in the registry.
     *
     * @param build the number of the build that published it
     * @param time when that build began, in milliseconds since 1970
     */
    LatestPack(PublishedPack pack, int build, long time) {
        this(pack, build, time, 0);
    }

    /**
     * Keeps a pack.
     *
     * @param retiredBy the number of the build that retired it; 0 if none did
     */
    LatestPack(PublishedPack pack, int build, long time, int retiredBy) {
        this.pack = pack;
        this.build = build;
        this.time = time;
        this.retiredBy = retiredBy;
    }

    /** The pack as the build left it. */
    public PublishedPack getPack() {
        return pack;
    }

    /** The number of the build that published it, or found it there already if none did. */
    public int getBuild() {
        return build;
    }

    /** When that build began, in milliseconds since 1970. */
    public long getTime() {
        return time;
    }

    /** The same for people. */
    public Date getDate() {
        return new Date(time);
    }

    /** The number of the build of the same job that retired it since; 0 if none did. */
    public int getRetiredBy() {
        return retiredBy;
    }

    /** The same after a build has retired it. */
    LatestPack retired(int by) {
        return new LatestPack(pack, build, time, by);
    }

    /** What tells packs apart: the name and the registry. */
    String key() {
        return pack.getName() + " " + PackRow.place(pack);
    }

    /** What is known after a later build has published the same pack, or another version of it. */
    LatestPack after(LatestPack later) {
        if (retiredBy != 0) {
            return later;
        }
        int order = VersionOrder.ASCENDING.compare(later.pack.getVersion(), pack.getVersion());
        if (order < 0) {
            return this;
        }
        boolean isSame = order == 0
                && later.pack.is(PublishedPack.Status.UNCHANGED)
                && Objects.equals(later.pack.getDigest(), pack.getDigest());
        return isSame ? withPalette(later.pack.getPaletteStatus()) : later;
    }

    private LatestPack withPalette(@CheckForNull String status) {
        if (status == null) {
            return this;
        }
        Map<String, String> values = KeptValues.of(pack);
        values.put("palette", status);
        return new LatestPack(KeptValues.pack(values::get), build, time);
    }

    /** All values by name, for the REST API. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", pack.getName());
        map.put("version", pack.getVersion());
        map.put("reference", pack.getReference());
        map.put("pinnedReference", pack.getPinnedReference());
        map.put("digest", pack.getDigest());
        map.put("status", pack.getStatus());
        map.put("paletteStatus", pack.getPaletteStatus());
        map.put("build", build);
        map.put("timestamp", time);
        map.put("retiredBy", retiredBy == 0 ? null : retiredBy);
        return map;
    }
}
