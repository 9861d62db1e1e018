package io.jenkins.plugins.spectropack.result;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a job's page shows of the newest versions, taken at one moment. */
@Restricted(NoExternalUse.class)
public final class LatestPacksView {

    private final List<LatestPack> packs;
    private final Map<String, Integer> ranks;

    LatestPacksView(Collection<LatestPack> packs) {
        this.packs = List.copyOf(packs);
        ranks = PacksView.ranks(
                packs.stream().map(latest -> latest.getPack().getVersion()).toList());
    }

    /** The packs by name. */
    public List<LatestPack> getPacks() {
        return packs;
    }

    /** What a pack's row of the table shows. */
    public PackRow row(LatestPack latest) {
        return new PackRow(
                latest.key(),
                latest.getPack(),
                ranks.getOrDefault(latest.getPack().getVersion(), -1),
                List.of());
    }

    /** The registries that packs went to, each with what all its packs lie below. */
    public List<String> getPlaces() {
        return packs.stream()
                .map(latest -> PackRow.place(latest.getPack()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Whether Palette was asked about any of the packs. */
    public boolean isPaletteUsed() {
        return packs.stream().anyMatch(latest -> latest.getPack().getPaletteStatus() != null);
    }
}
