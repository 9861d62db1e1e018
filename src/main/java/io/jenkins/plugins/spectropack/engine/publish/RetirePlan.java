package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.VersionOrder;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack.Status;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.StoredVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which versions go and which stay, by what the registry tells of them. Changes nothing. */
final class RetirePlan {

    private final RetireSettings settings;
    private final RegistrySession session;

    RetirePlan(RetireSettings settings, RegistrySession session) {
        this.settings = settings;
        this.session = session;
    }

    /** A version with what becomes of it. */
    record Version(StoredVersion stored, RetiredPack pack) {}

    /** What becomes of each version of each pack, by name and then by version as people count. */
    Map<String, List<Version>> versions() throws RegistryException, InterruptedException {
        Set<String> names = new TreeSet<>();
        if (settings.packs().isEmpty() || settings.packs().stream().anyMatch(PackSelector::isAll)) {
            names.addAll(session.packNames());
        }
        settings.packs().stream()
                .filter(selector -> !selector.isAll())
                .map(PackSelector::name)
                .forEach(names::add);
        Map<String, List<Version>> plans = new LinkedHashMap<>();
        for (String name : names) {
            List<StoredVersion> versions = session.versions(name).stream()
                    .sorted(Comparator.comparing(StoredVersion::version, VersionOrder.ASCENDING))
                    .toList();
            plans.put(name, plan(name, versions));
        }
        return plans;
    }

    private List<Version> plan(String name, List<StoredVersion> versions) throws RegistryException {
        Set<String> named = settings.packs().stream()
                .filter(selector -> selector.isOne() && selector.name().equals(name))
                .map(PackSelector::reference)
                .collect(Collectors.toSet());
        for (String reference : named) {
            if (!settings.startsOver() && versions.stream().noneMatch(version -> isNamed(version, Set.of(reference)))) {
                throw RegistryException.permanent(session.host() + " has no " + new PackSelector(name, reference)
                        + " in " + session.repository(name) + ". Nothing was deleted.");
            }
        }
        Instant now = Instant.now();
        List<Version> plans = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            StoredVersion version = versions.get(i);
            int newer = versions.size() - 1 - i;
            plans.add(new Version(version, decide(new ListedPack(session, name, version), version, newer, named, now)));
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
                    : new RetiredPack(
                            pack, Status.PLANNED, newer + (newer == 1 ? " version is newer" : " versions are newer"));
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
}
