package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.VersionOrder;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The use case of copying: takes packs from one registry to another as they are, byte for byte, so that both have one digest; and
 * has Palette list them. Runs where both can be reached, in Jenkins on the agent.
 */
public final class CopyRun {

    private final CopySettings settings;
    private final RegistryTarget from;
    private final RegistryTarget to;
    private final Optional<PaletteTarget> palette;
    private final EntryPoint entryPoint;
    private final ProgressLog listener;

    /**
     * Prepares a run, which happens once.
     *
     * @param palette is brought up to date with the target after the last pack; empty to leave it alone
     * @throws IllegalArgumentException with a sentence if Palette shall read the target with what does not open it
     */
    public CopyRun(
            CopySettings settings,
            RegistryTarget from,
            RegistryTarget to,
            Optional<PaletteTarget> palette,
            EntryPoint entryPoint,
            PublishListener listener) {
        PaletteUpdate.check(palette, to);
        this.settings = settings;
        this.from = from;
        this.to = to;
        this.palette = palette;
        this.entryPoint = entryPoint;
        this.listener = new ProgressLog(listener);
    }

    /**
     * Copies and, where that is asked for, has Palette list the packs.
     *
     * @return how it ended; expected failures are told there
     * @throws InterruptedException if the thread was interrupted; all work has stopped then
     */
    public PublishResult run() throws InterruptedException {
        try (listener) {
            return copyAll();
        }
    }

    private PublishResult copyAll() throws InterruptedException {
        PublishResult copied;
        String host;
        listener.log("Packs are copied from " + from.describe() + " to " + to.describe() + ".");
        try (SdkHttpClient fromHttp = entryPoint.client(from.trust());
                SdkHttpClient toHttp = entryPoint.client(to.trust());
                RegistrySession source = from.in(entryPoint.folder(), entryPoint.confined())
                        .openToRead(fromHttp, entryPoint.limits(), listener);
                RegistrySession target =
                        to.in(entryPoint.folder(), entryPoint.confined()).open(toHttp, entryPoint.limits(), listener)) {
            List<PackSelector> versions = versions(source);
            listener.begins(versions.size());
            List<PublishedPack> ended = copy(versions, new PackCopier(settings, source, target, listener));
            copied = PublishResult.of(Completion.of(target, ended, listener), List.of());
            host = target.host();
            listener.log(summary(copied.packs()));
        } catch (RegistryException e) {
            return PublishResult.notSent(List.of(), List.of(), e.getMessage());
        }
        return PaletteUpdate.after(palette, to, host, copied, settings.dryRun(), entryPoint, listener);
    }

    /** Each version once, older ones first. */
    private List<PackSelector> versions(RegistrySession source) throws RegistryException, InterruptedException {
        Set<PackSelector> versions = new LinkedHashSet<>();
        for (PackSelector selector : settings.packs()) {
            if (selector.isOne()) {
                versions.add(selector);
                continue;
            }
            List<String> names = selector.isAll() ? source.packNames() : List.of(selector.name());
            for (String name : names) {
                List<String> tags = new ArrayList<>(source.tags(name));
                if (tags.isEmpty() && !selector.isAll()) {
                    throw RegistryException.permanent(source.host() + " has no pack '" + name + "' in "
                            + source.repository(name) + ". Nothing was copied.");
                }
                tags.sort(VersionOrder.ASCENDING);
                tags.forEach(tag -> versions.add(new PackSelector(name, tag)));
            }
        }
        return List.copyOf(versions);
    }

    private List<PublishedPack> copy(List<PackSelector> versions, PackCopier copier) throws InterruptedException {
        Set<PackSelector> named = Set.copyOf(settings.packs());
        try {
            return Workers.run(versions, settings.parallel(), one -> copier.copy(one, named.contains(one))).stream()
                    .flatMap(Optional::stream)
                    .toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Copying failed in a way that was not foreseen", e.getCause());
        }
    }

    private static String summary(List<PublishedPack> copied) {
        Map<PublishedPack.Status, Integer> counts = new EnumMap<>(PublishedPack.Status.class);
        copied.forEach(pack -> counts.merge(pack.status(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().words())
                .collect(Collectors.joining(", ", copied.size() == 1 ? "1 pack: " : copied.size() + " packs: ", "."));
    }
}
