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

    /**
     * Keeps a pack.
     *
     * @param build the number of the build that published it
     * @param time when that build began, in milliseconds since 1970
     */
    LatestPack(PublishedPack pack, int build, long time) {
        this.pack = pack;
        this.build = build;
        this.time = time;
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

    /** What tells packs apart: the name and the registry. */
    String key() {
        return pack.getName() + " " + PackRow.place(pack);
    }

    /** What is known after a later build has published the same pack, or another version of it. */
    LatestPack after(LatestPack later) {
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
        return map;
    }
}
