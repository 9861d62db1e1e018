package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.palette.PackUses;
import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteException;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.palette.RegistryPlace;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack.Status;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.StoredVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The use case of retiring: takes old versions of packs out of a registry. Says of each version why it goes or stays before
 * anything goes; never takes the last version of a pack unless it is named. Repositories stay, even if nothing is in them. Runs
 * anywhere, in Jenkins on the agent.
 */
public final class RetireRun {

    private final RetireSettings settings;
    private final RegistryTarget target;
    private final Optional<PaletteTarget> palette;
    private final EntryPoint entryPoint;
    private final Predicate<List<RetiredPack>> confirmation;
    private final RetireListener listener;

    /**
     * Prepares a run, which happens once.
     *
     * @param palette is asked what is used, which stays then; empty to delete whatever the settings say
     * @param confirmation is shown what is to go, and says whether it may; not asked in a dry run, or if nothing is to go
     */
    public RetireRun(
            RetireSettings settings,
            RegistryTarget target,
            Optional<PaletteTarget> palette,
            EntryPoint entryPoint,
            Predicate<List<RetiredPack>> confirmation,
            RetireListener listener) {
        this.settings = settings;
        this.target = target;
        this.palette = palette;
        this.entryPoint = entryPoint;
        this.confirmation = confirmation;
        this.listener = listener;
    }

    /**
     * Retires.
     *
     * @return what became of each version; expected failures are told there
     * @throws InterruptedException if the thread was interrupted; all work has stopped then
     */
    public RetireResult run() throws InterruptedException {
        listener.log("Versions are retired in " + target.describe() + ".");
        try (SdkHttpClient http = entryPoint.client(target.trust());
                RegistrySession session = target.in(entryPoint.folder(), entryPoint.confined())
                        .openToRead(http, entryPoint.limits(), listener)) {
            Map<String, List<RetirePlan.Version>> plans =
                    withoutUsed(new RetirePlan(settings, session).versions(), session.host());
            List<RetiredPack> planned = packs(plans);
            planned.forEach(pack -> listener.log(pack.getName() + ":" + pack.getVersion() + ": "
                    + (pack.is(Status.PLANNED) ? "to go, " : "stays, ") + pack.getReason() + "."));
            List<RetiredPack> going =
                    planned.stream().filter(pack -> pack.is(Status.PLANNED)).toList();
            if (settings.dryRun() || going.isEmpty()) {
                listener.log(
                        going.isEmpty()
                                ? "Nothing is to go."
                                : going.size() + (going.size() == 1 ? " version" : " versions")
                                        + " would go. This is a dry run, so nothing was deleted.");
                return new RetireResult(planned, null);
            }
            if (!confirmation.test(going)) {
                return new RetireResult(planned, "Nothing was deleted, because it was not confirmed.");
            }
            listener.retires(going.size());
            return retire(session, plans);
        } catch (RegistryException e) {
            return new RetireResult(List.of(), e.getMessage());
        } catch (PaletteException e) {
            return new RetireResult(
                    List.of(),
                    "Nothing was deleted, because it is not known which versions are used. " + e.getMessage());
        }
    }

    /** The same, but what Palette uses stays. It is asked only if anything is to go. */
    private Map<String, List<RetirePlan.Version>> withoutUsed(Map<String, List<RetirePlan.Version>> plans, String host)
            throws RegistryException, PaletteException, InterruptedException {
        if (palette.isEmpty() || packs(plans).stream().noneMatch(pack -> pack.is(Status.PLANNED))) {
            return plans;
        }
        if (!target.isReadByPalette()) {
            listener.log("Palette: not asked, because it reads no bundles.");
            return plans;
        }
        PackUses uses;
        try (SdkHttpClient http = entryPoint.client(palette.get().trust())) {
            uses = new Palette(palette.get(), http, entryPoint.limits())
                    .uses(new RegistryPlace(host, target.names().archive()), listener);
        }
        Map<String, List<RetirePlan.Version>> kept = new LinkedHashMap<>();
        plans.forEach((name, versions) -> kept.put(
                name, versions.stream().map(plan -> unlessUsed(plan, uses)).toList()));
        return kept;
    }

    private static RetirePlan.Version unlessUsed(RetirePlan.Version plan, PackUses uses) {
        if (!plan.pack().is(Status.PLANNED)) {
            return plan;
        }
        return uses.of(new PackVersion(plan.pack().getName(), plan.pack().getVersion()))
                .map(users -> new RetirePlan.Version(plan.stored(), plan.pack().kept("Palette uses it: " + users)))
                .orElse(plan);
    }

    private static List<RetiredPack> packs(Map<String, List<RetirePlan.Version>> plans) {
        return plans.values().stream()
                .flatMap(List::stream)
                .map(RetirePlan.Version::pack)
                .toList();
    }

    private RetireResult retire(RegistrySession session, Map<String, List<RetirePlan.Version>> plans)
            throws InterruptedException {
        List<RetiredPack> ended = new ArrayList<>();
        for (Map.Entry<String, List<RetirePlan.Version>> entry : plans.entrySet()) {
            List<StoredVersion> going = entry.getValue().stream()
                    .filter(plan -> plan.pack().is(Status.PLANNED))
                    .map(RetirePlan.Version::stored)
                    .toList();
            Map<String, String> problems = delete(session, entry.getKey(), going);
            List<RetiredPack> ofPack = entry.getValue().stream()
                    .map(plan -> end(plan.pack(), problems))
                    .toList();
            if (!session.isStaged()) {
                tell(ofPack);
            }
            ended.addAll(ofPack);
        }
        if (session.isStaged()) {
            ended = complete(session, ended);
            tell(ended);
        }
        List<RetiredPack> failed =
                ended.stream().filter(pack -> pack.is(Status.FAILED)).toList();
        return new RetireResult(
                ended,
                failed.isEmpty()
                        ? null
                        : failed.size() + (failed.size() == 1 ? " version is" : " versions are")
                                + " still there. The first: " + failed.get(0).getName() + ":"
                                + failed.get(0).getVersion() + ": "
                                + failed.get(0).getReason());
    }

    private static List<RetiredPack> complete(RegistrySession session, List<RetiredPack> ended)
            throws InterruptedException {
        try {
            session.complete();
            return ended;
        } catch (RegistryException e) {
            return ended.stream()
                    .map(pack -> pack.is(Status.RETIRED) ? pack.failed(e.getMessage()) : pack)
                    .toList();
        }
    }

    private void tell(List<RetiredPack> ended) {
        ended.stream().filter(pack -> !pack.is(Status.KEPT)).forEach(pack -> {
            listener.log(pack.getName() + ":" + pack.getVersion() + ": "
                    + (pack.is(Status.FAILED) ? "FAILED. " + pack.getReason() : "RETIRED."));
            listener.retired(pack);
        });
    }

    private static Map<String, String> delete(RegistrySession session, String name, List<StoredVersion> going)
            throws InterruptedException {
        try {
            return going.isEmpty() ? Map.of() : session.delete(name, going);
        } catch (RegistryException e) {
            return going.stream().collect(Collectors.toMap(StoredVersion::version, any -> e.getMessage()));
        }
    }

    private static RetiredPack end(RetiredPack pack, Map<String, String> problems) {
        if (!pack.is(Status.PLANNED)) {
            return pack;
        }
        String problem = problems.get(pack.getVersion());
        return problem == null ? pack.with(Status.RETIRED) : pack.failed(problem);
    }
}
