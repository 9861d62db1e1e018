package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.VersionOrder;
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
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final ProgressListener listener;

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
            ProgressListener listener) {
        this.settings = settings;
        this.target = target;
        this.palette = palette;
        this.entryPoint = entryPoint;
        this.confirmation = confirmation;
        this.listener = listener;
    }

    /** A version with what becomes of it. */
    private record Plan(StoredVersion stored, RetiredPack pack) {}

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
                        .open(http, entryPoint.limits(), listener)) {
            Map<String, List<Plan>> plans = withoutUsed(plan(session), session.host());
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
            return retire(session, plans);
        } catch (RegistryException e) {
            return new RetireResult(List.of(), e.getMessage());
        } catch (PaletteException e) {
            return new RetireResult(
                    List.of(), "Nothing was deleted, because it is not known which versions are used. " + e.getMessage());
        }
    }

    /** The same, but what Palette uses stays. It is asked only if anything is to go. */
    private Map<String, List<Plan>> withoutUsed(Map<String, List<Plan>> plans, String host)
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
        Map<String, List<Plan>> kept = new LinkedHashMap<>();
        plans.forEach((name, versions) -> kept.put(
                name, versions.stream().map(plan -> unlessUsed(plan, uses)).toList()));
        return kept;
    }

    private static Plan unlessUsed(Plan plan, PackUses uses) {
        if (!plan.pack().is(Status.PLANNED)) {
            return plan;
        }
        return uses.of(new PackVersion(plan.pack().getName(), plan.pack().getVersion()))
                .map(users -> new Plan(plan.stored(), plan.pack().kept("Palette uses it: " + users)))
                .orElse(plan);
    }

    private static List<RetiredPack> packs(Map<String, List<Plan>> plans) {
        return plans.values().stream().flatMap(List::stream).map(Plan::pack).toList();
    }

    private Map<String, List<Plan>> plan(RegistrySession session) throws RegistryException, InterruptedException {
        Set<String> names = new TreeSet<>();
        if (settings.packs().isEmpty() || settings.packs().stream().anyMatch(PackSelector::isAll)) {
            names.addAll(session.packNames());
        }
        settings.packs().stream()
                .filter(selector -> !selector.isAll())
                .map(PackSelector::name)
                .forEach(names::add);
        Map<String, List<Plan>> plans = new LinkedHashMap<>();
        for (String name : names) {
            List<StoredVersion> versions = session.versions(name).stream()
                    .sorted(Comparator.comparing(StoredVersion::version, VersionOrder.ASCENDING))
                    .toList();
            plans.put(name, plan(session, name, versions));
        }
        return plans;
    }

    private List<Plan> plan(RegistrySession session, String name, List<StoredVersion> versions)
            throws RegistryException {
        Set<String> named = settings.packs().stream()
                .filter(selector -> selector.isOne() && selector.name().equals(name))
                .map(PackSelector::reference)
                .collect(Collectors.toSet());
        for (String reference : named) {
            if (versions.stream().noneMatch(version -> isNamed(version, Set.of(reference)))) {
                throw RegistryException.permanent(session.host() + " has no " + new PackSelector(name, reference)
                        + " in " + session.repository(name) + ". Nothing was deleted.");
            }
        }
        Instant now = Instant.now();
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            StoredVersion version = versions.get(i);
            int newer = versions.size() - 1 - i;
            plans.add(new Plan(version, decide(new ListedPack(session, name, version), version, newer, named, now)));
        }
        return plans;
    }

    private static boolean isNamed(StoredVersion version, Set<String> named) {
        return named.contains(version.version()) || named.contains(version.digest());
    }

    private RetiredPack decide(ListedPack pack, StoredVersion version, int newer, Set<String> named, Instant now) {
        if (settings.keepNewest() > 0) {
            return newer < settings.keepNewest()
                    ? new RetiredPack(pack, Status.KEPT, "it is among the newest " + settings.keepNewest())
                    : new RetiredPack(pack, Status.PLANNED, newer + (newer == 1 ? " version is newer" : " versions are newer"));
        }
        if (settings.olderThanDays() > 0) {
            if (newer == 0) {
                return new RetiredPack(pack, Status.KEPT, "it is the newest version");
            }
            if (version.pushedAt().isEmpty()) {
                return new RetiredPack(pack, Status.KEPT, "the registry does not tell when it was pushed");
            }
            long days = Duration.between(version.pushedAt().get(), now).toDays();
            String age = "it was pushed " + days + (days == 1 ? " day ago" : " days ago");
            return new RetiredPack(pack, days >= settings.olderThanDays() ? Status.PLANNED : Status.KEPT, age);
        }
        return isNamed(version, named)
                ? new RetiredPack(pack, Status.PLANNED, "it was named")
                : new RetiredPack(pack, Status.KEPT, "it was not named");
    }

    private RetireResult retire(RegistrySession session, Map<String, List<Plan>> plans) throws InterruptedException {
        List<RetiredPack> ended = new ArrayList<>();
        for (Map.Entry<String, List<Plan>> entry : plans.entrySet()) {
            List<StoredVersion> going = entry.getValue().stream()
                    .filter(plan -> plan.pack().is(Status.PLANNED))
                    .map(Plan::stored)
                    .toList();
            Map<String, String> problems = delete(session, entry.getKey(), going);
            entry.getValue().forEach(plan -> ended.add(end(plan.pack(), problems)));
        }
        try {
            session.complete();
        } catch (RegistryException e) {
            return new RetireResult(
                    ended.stream()
                            .map(pack -> pack.is(Status.RETIRED) ? pack.failed(e.getMessage()) : pack)
                            .toList(),
                    e.getMessage());
        }
        List<RetiredPack> failed =
                ended.stream().filter(pack -> pack.is(Status.FAILED)).toList();
        ended.stream()
                .filter(pack -> !pack.is(Status.KEPT))
                .forEach(pack -> listener.log(pack.getName() + ":" + pack.getVersion() + ": "
                        + (pack.is(Status.FAILED) ? "FAILED. " + pack.getReason() : "RETIRED.")));
        return new RetireResult(
                ended,
                failed.isEmpty()
                        ? null
                        : failed.size() + (failed.size() == 1 ? " version is" : " versions are")
                                + " still there. The first: " + failed.get(0).getName() + ":"
                                + failed.get(0).getVersion() + ": "
                                + failed.get(0).getReason());
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
