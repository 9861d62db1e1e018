package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One pack in a table of a page: what its cells show, and what the table is sorted and searched by. */
@Restricted(NoExternalUse.class)
public final class PackRow {

    private static final int SHORT_DIGEST = 12;

    private final String key;
    private final PublishedPack pack;
    private final int versionRank;
    private final List<PackFinding> findings;

    /**
     * Describes a row.
     *
     * @param key tells it from other rows of the page
     * @param versionRank the place of its version among all of the page
     */
    PackRow(String key, PublishedPack pack, int versionRank, List<PackFinding> findings) {
        this.key = key;
        this.pack = pack;
        this.versionRank = versionRank;
        this.findings = List.copyOf(findings);
    }

    /** What tells the row from others of the page, also when the page is shown again. */
    public String getKey() {
        return key;
    }

    /** The pack. */
    public PublishedPack getPack() {
        return pack;
    }

    /** The pack's name; of an invalid pack its folder. */
    @NonNull
    public String getLabel() {
        return Objects.requireNonNullElse(pack.getName(), Objects.requireNonNullElse(pack.getFolder(), ""));
    }

    /** A number that versions sort by as people count. */
    public int getVersionRank() {
        return versionRank;
    }

    /** A number that puts failed packs first. */
    public int getStatusRank() {
        if (pack.isFailed()) {
            return 0;
        }
        return pack.isInRegistry() ? 2 : 1;
    }

    /** How the status is to look: {@code bad}, {@code good} or {@code neutral}, also for one of another version of this plugin. */
    @NonNull
    public String getStatusTone() {
        return tone(pack);
    }

    /** How a pack's status is to look. */
    static String tone(PublishedPack pack) {
        if (pack.isFailed()) {
            return "bad";
        }
        return pack.isInRegistry() ? "good" : "neutral";
    }

    /** How what Palette says is to look; null if it was not to be asked. */
    @CheckForNull
    public String getPaletteTone() {
        return paletteTone(pack.getPaletteStatus());
    }

    /** How a status in Palette is to look. */
    static String paletteTone(@CheckForNull String status) {
        if (status == null) {
            return null;
        }
        if (status.equals(PaletteStatus.LISTED.name())) {
            return "good";
        }
        return status.equals(PaletteStatus.NOT_LISTED.name()) ? "doubtful" : "neutral";
    }

    /** The archive's size in words; null for an unknown one. */
    @CheckForNull
    public String getSizeText() {
        return pack.getArchiveSize() == null ? null : Sizes.text(pack.getArchiveSize());
    }

    /** The archive's size in bytes, -1 for an unknown one. */
    public long getBytes() {
        return pack.getArchiveSize() == null ? -1 : pack.getArchiveSize();
    }

    /** The beginning of the manifest's digest without its algorithm, enough to tell two apart; null for an unknown one. */
    @CheckForNull
    public String getShortDigest() {
        String digest = pack.getDigest();
        if (digest == null) {
            return null;
        }
        String hex = digest.substring(digest.indexOf(':') + 1);
        return hex.substring(0, Math.min(hex.length(), SHORT_DIGEST));
    }

    /** The registry and what all packs of it lie below; null if the pack was not sent. */
    @CheckForNull
    public String getPlace() {
        return place(pack);
    }

    /** What a pack's reference begins with, without what is the same for all packs; null if the pack was not sent. */
    @CheckForNull
    static String place(PublishedPack pack) {
        if (pack.getReference() == null) {
            return null;
        }
        String end = "/spectro-packs/archive/" + pack.getName() + ":" + pack.getVersion();
        String reference = pack.getReference();
        return reference.endsWith(end) ? reference.substring(0, reference.length() - end.length()) : reference;
    }

    /** What was found in the pack, as far as it is kept. */
    public List<PackFinding> getFindings() {
        return findings;
    }

    /** What the table is searched by. */
    @NonNull
    public String getSearch() {
        return String.join(
                        " ",
                        getLabel(),
                        Objects.requireNonNullElse(pack.getVersion(), ""),
                        pack.getStatus(),
                        Objects.requireNonNullElse(pack.getPaletteStatus(), ""),
                        Objects.requireNonNullElse(pack.getDigest(), ""),
                        Objects.requireNonNullElse(pack.getFolder(), ""))
                .toLowerCase(Locale.ROOT);
    }

    /** All that the browser needs to show it, by name; without what is not there. */
    Map<String, Object> toMap(boolean placeShown) {
        boolean isThere = !pack.isFailed();
        Map<String, Object> map = new HashMap<>();
        map.put("key", key);
        map.put("search", getSearch());
        map.put("status", pack.getStatus());
        map.put("statusRank", getStatusRank());
        map.put("statusTone", getStatusTone());
        map.put("label", getLabel());
        map.put("version", pack.getVersion());
        map.put("versionRank", versionRank);
        map.put("palette", pack.getPaletteStatus());
        map.put("paletteTone", getPaletteTone());
        map.put("size", getSizeText());
        map.put("bytes", getBytes());
        map.put("digest", pack.getDigest());
        map.put("shortDigest", getShortDigest());
        map.put("folder", pack.getFolder());
        map.put("source", pack.getSource());
        map.put("reference", pack.getReference());
        map.put("referenceToCopy", isThere ? pack.getReference() : null);
        map.put("pinned", pack.getPinnedReference());
        map.put("pinnedToCopy", isThere ? pack.getPinnedReference() : null);
        map.put("archive", pack.getArchiveDigest());
        map.put("replaced", pack.getReplacedDigest());
        map.put("warning", pack.getWarning());
        map.put("error", pack.getError());
        map.put("place", placeShown ? getPlace() : null);
        map.put("findingCount", findings.isEmpty() ? null : findings.size());
        map.put("findings", findings.stream().map(PackRow::toMap).toList());
        map.values().removeIf(Objects::isNull);
        map.put("state", Integer.toHexString(map.hashCode()));
        return map;
    }

    private static Map<String, Object> toMap(PackFinding finding) {
        return Map.of(
                "severity", finding.getSeverity(),
                "tone", finding.isWarning() ? "doubtful" : "bad",
                "place", finding.getPlace(),
                "message", finding.getMessage());
    }
}
