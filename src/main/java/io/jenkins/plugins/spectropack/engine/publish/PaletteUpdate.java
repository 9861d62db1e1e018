package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteResult;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.palette.RegistryPlace;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings Palette up to date with a registry after a run, and adds to each pack what Palette says of it. */
final class PaletteUpdate {

    private final Palette palette;
    private final PublishListener listener;

    PaletteUpdate(Palette palette, PublishListener listener) {
        this.palette = palette;
        this.listener = listener;
    }

    /**
     * Has it done.
     *
     * @param published what was published; packs that failed are not looked for
     * @param pushedTo where they went
     */
    PublishResult after(PublishResult published, boolean dryRun, RegistryPlace pushedTo) throws InterruptedException {
        List<PublishedPack> packs = published.packs();
        List<PackVersion> there = packs.stream()
                .filter(pack -> !pack.isFailed())
                .map(PaletteUpdate::version)
                .toList();
        if (there.isEmpty()) {
            listener.log("Palette: not asked, because no pack was published.");
            return result(published, new PaletteResult(Map.of(), Optional.empty()));
        }
        try {
            PaletteResult said = palette.run(work(packs, dryRun), Optional.of(pushedTo), there, listener);
            return result(published, dryRun ? said : withFact(said));
        } catch (InterruptedException e) {
            listener.log("Palette: no longer waited for. What the lines above call published is in the registry.");
            throw e;
        }
    }

    private Palette.Work work(List<PublishedPack> packs, boolean dryRun) {
        if (dryRun) {
            return Palette.Work.CHECK;
        }
        boolean isNews = packs.stream().anyMatch(pack -> pack.is(Status.PUBLISHED) || pack.is(Status.OVERWRITTEN));
        return isNews || palette.alwaysSync() ? Palette.Work.SYNC : Palette.Work.LOOK;
    }

    /** Nobody shall take what is wrong with Palette for what is wrong with the packs. */
    private static PaletteResult withFact(PaletteResult said) {
        return new PaletteResult(
                said.packs(), said.problem().map(problem -> problem + " What was published stays published."));
    }

    private static PublishResult result(PublishResult published, PaletteResult said) {
        return published.withPalette(
                published.packs().stream()
                        .map(pack -> pack.withPaletteStatus(
                                pack.isFailed() ? PaletteStatus.NOT_CHECKED : said.status(version(pack))))
                        .toList(),
                said.problem());
    }

    private static PackVersion version(PublishedPack pack) {
        return new PackVersion(pack.getName(), pack.getVersion());
    }
}
