package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks whether Palette lists packs in a registry, again for a while since the list lags behind the sync. */
final class PackListing {

    private static final int LOOKS = 12;

    /** So many packs are named one by one; of more only those that are missing. */
    private static final int FEW = 10;

    private final PaletteApi api;
    private final PaletteRegistry registry;
    private final Duration poll;
    private final ProgressListener listener;
    private final Map<PackVersion, PaletteStatus> found = new LinkedHashMap<>();

    PackListing(
            PaletteApi api,
            PaletteRegistry registry,
            List<PackVersion> packs,
            Duration poll,
            ProgressListener listener) {
        this.api = api;
        this.registry = registry;
        this.poll = poll;
        this.listener = listener;
        packs.forEach(pack -> found.put(pack, PaletteStatus.NOT_CHECKED));
    }

    /** What is known so far. */
    Map<PackVersion, PaletteStatus> found() {
        return found;
    }

    /** The packs that are not listed, as far as is known. */
    List<PackVersion> missing() {
        return found.entrySet().stream()
                .filter(entry -> entry.getValue() != PaletteStatus.LISTED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Looks once. */
    void lookOnce() throws PaletteException, InterruptedException {
        look();
        sayWhatIsMissing();
    }

    /** Looks until all are listed, it has looked often enough, or the time is over; once at least. */
    void lookRepeatedly(Deadline deadline) throws PaletteException, InterruptedException {
        look();
        for (int looks = 1; !missing().isEmpty() && looks < LOOKS && !deadline.isOver(); looks++) {
            if (looks == 1) {
                listener.log("Palette: not listed yet: " + names(missing()) + ". Looking again every "
                        + Deadline.words(poll) + ", " + (LOOKS - 1) + " times at most.");
            }
            deadline.sleep(poll);
            look();
        }
        sayWhatIsMissing();
    }

    private void look() throws PaletteException, InterruptedException {
        Map<String, List<PackVersion>> byName = missing().stream()
                .collect(Collectors.groupingBy(PackVersion::name, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<PackVersion>> entry : byName.entrySet()) {
            Set<String> versions = api.versions(entry.getKey(), registry);
            for (PackVersion pack : entry.getValue()) {
                boolean listed = versions.contains(pack.version());
                found.put(pack, listed ? PaletteStatus.LISTED : PaletteStatus.NOT_LISTED);
                if (listed) {
                    sayListed(pack);
                }
            }
        }
    }

    private void sayListed(PackVersion pack) {
        String line = pack + ": LISTED in Palette, registry '" + registry.name() + "'.";
        if (found.size() <= FEW) {
            listener.log(line);
        } else {
            listener.detail(line);
        }
    }

    private void sayWhatIsMissing() {
        if (found.size() > FEW) {
            listener.log("Palette, registry '" + registry.name() + "': "
                    + (found.size() - missing().size()) + " of " + found.size() + " packs are LISTED.");
        }
        missing().forEach(pack -> listener.log(pack + ": NOT_LISTED in Palette, registry '" + registry.name() + "'."));
    }

    /** Packs within a sentence. */
    static String names(List<PackVersion> packs) {
        String some = packs.stream().limit(FEW).map(PackVersion::toString).collect(Collectors.joining(", "));
        return packs.size() <= FEW ? some : some + " and " + (packs.size() - FEW) + " more";
    }
}
