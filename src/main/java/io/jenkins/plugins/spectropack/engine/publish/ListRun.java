package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.VersionOrder;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.StoredVersion;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.http.SdkHttpClient;

/** The use case of listing: says what is in a registry. Changes nothing. Runs anywhere, in Jenkins on the agent. */
public final class ListRun {

    private final List<PackSelector> packs;
    private final RegistryTarget target;
    private final EntryPoint entryPoint;
    private final ProgressListener listener;

    /**
     * Prepares a run.
     *
     * @param packs which ones are listed; none for all
     */
    public ListRun(List<PackSelector> packs, RegistryTarget target, EntryPoint entryPoint, ProgressListener listener) {
        this.packs = packs.isEmpty() ? List.of(PackSelector.parse(PackSelector.ALL)) : List.copyOf(packs);
        this.target = target;
        this.entryPoint = entryPoint;
        this.listener = listener;
    }

    /**
     * Lists.
     *
     * @return what was found; expected failures are told there
     * @throws InterruptedException if the thread was interrupted; all work has stopped then
     */
    public ListResult run() throws InterruptedException {
        listener.log("Packs are looked up in " + target.describe() + ".");
        try (SdkHttpClient http = entryPoint.client(target.trust());
                RegistrySession session = target.in(entryPoint.folder(), entryPoint.confined())
                        .openToRead(http, entryPoint.limits(), listener)) {
            List<ListedPack> listed = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            for (PackSelector selector : packs) {
                List<ListedPack> found = list(session, selector);
                if (found.isEmpty() && !selector.isAll()) {
                    missing.add(selector.toString());
                }
                listed.addAll(found);
            }
            List<ListedPack> sorted = listed.stream()
                    .distinct()
                    .sorted(Comparator.comparing(ListedPack::getName)
                            .thenComparing(ListedPack::getVersion, VersionOrder.ASCENDING))
                    .toList();
            return new ListResult(
                    sorted,
                    missing.isEmpty()
                            ? null
                            : session.host() + " has no " + String.join(", no ", missing) + " below "
                                    + target.names().archive() + ".");
        } catch (RegistryException e) {
            return new ListResult(List.of(), e.getMessage());
        }
    }

    private static List<ListedPack> list(RegistrySession session, PackSelector selector)
            throws RegistryException, InterruptedException {
        List<String> names = selector.isAll() ? session.packNames() : List.of(selector.name());
        try {
            return Workers.run(
                            names,
                            PublishSettings.DEFAULT_PARALLEL,
                            name -> session.versions(name).stream()
                                    .filter(stored -> selects(selector, stored))
                                    .map(stored -> new ListedPack(session, name, stored))
                                    .toList())
                    .stream()
                    .flatMap(List::stream)
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("Listing failed in a way that was not foreseen", e.getCause());
        }
    }

    private static boolean selects(PackSelector selector, StoredVersion stored) {
        return !selector.isOne()
                || stored.version().equals(selector.reference())
                || stored.digest().equals(selector.reference());
    }
}
