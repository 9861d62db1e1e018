package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteResult;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.palette.RegistryPlace;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack.Status;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;

/** Brings Palette up to date with a registry after a run, and adds to each pack what Palette says of it. */
final class PaletteUpdate {

    private final Palette palette;
    private final PublishListener listener;

    private PaletteUpdate(Palette palette, PublishListener listener) {
        this.palette = palette;
        this.listener = listener;
    }

    /**
     * Refuses what contradicts itself, before anything is sent.
     *
     * @throws IllegalArgumentException with a sentence if Palette shall add the registry, and read it with what does not open it
     */
    static void check(Optional<PaletteTarget> palette, RegistryTarget target) {
        if (target.isReadByPalette()) {
            palette.flatMap(asked -> asked.registerProblem(target.isEcr())).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
        }
    }

    /**
     * Has it done, where that is asked for.
     *
     * @param target where the packs went
     * @param host of it, as it was found out at the login
     */
    static PublishResult after(
            Optional<PaletteTarget> palette,
            RegistryTarget target,
            String host,
            PublishResult published,
            boolean dryRun,
            EntryPoint entryPoint,
            PublishListener listener)
            throws InterruptedException {
        if (palette.isEmpty()) {
            return published;
        }
        if (!target.isReadByPalette()) {
            listener.log("Palette: not asked, because it reads no bundles.");
            return published;
        }
        RegistryPlace pushedTo = new RegistryPlace(host, target.names().archive());
        // Not the registry's client: a private CA, or none, is said of the registry.
        PaletteTarget asked = palette.get().trusting(target.trust().caCertificates());
        try (SdkHttpClient http = entryPoint.http().apply(asked.trust())) {
            Palette opened = new Palette(asked, http, entryPoint.limits());
            return new PaletteUpdate(opened, listener).after(published, dryRun, pushedTo);
        }
    }

    /**
     * Has it done.
     *
     * @param published what was published; packs that failed are not looked for
     * @param pushedTo where they went
     */
    private PublishResult after(PublishResult published, boolean dryRun, RegistryPlace pushedTo)
            throws InterruptedException {
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
