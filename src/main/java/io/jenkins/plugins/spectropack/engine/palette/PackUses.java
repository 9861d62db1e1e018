package io.jenkins.plugins.spectropack.engine.palette;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which versions of packs Palette uses, and what uses them. */
public final class PackUses {

    /** So many users of a version are named. */
    private static final int NAMED = 3;

    /** What ends a tag that stands for the newest of several versions. */
    private static final String ANY = ".x";

    private final Map<PackVersion, Set<String>> users = new LinkedHashMap<>();

    PackUses() {}

    /**
     * Keeps that something uses a pack.
     *
     * @param tag a version, or one that stands for the newest of several: {@code 1.x}
     */
    void add(String pack, String tag, String user) {
        if (!pack.isEmpty() && !tag.isEmpty()) {
            users.computeIfAbsent(new PackVersion(pack, tag), any -> new LinkedHashSet<>())
                    .add(user);
        }
    }

    /** What uses a version, within a sentence; nothing if nothing is known to. */
    public Optional<String> of(PackVersion version) {
        List<String> found = new ArrayList<>();
        users.forEach((used, by) -> {
            if (covers(used, version)) {
                found.addAll(by);
            }
        });
        List<String> distinct = found.stream().distinct().toList();
        if (distinct.isEmpty()) {
            return Optional.empty();
        }
        String some = String.join(", ", distinct.subList(0, Math.min(distinct.size(), NAMED)));
        return Optional.of(distinct.size() <= NAMED ? some : some + " and " + (distinct.size() - NAMED) + " more");
    }

    private static boolean covers(PackVersion used, PackVersion version) {
        if (!used.name().equals(version.name())) {
            return false;
        }
        String tag = used.version();
        return tag.equals(version.version())
                || tag.endsWith(ANY) && version.version().startsWith(tag.substring(0, tag.length() - ANY.length() + 1));
    }
}
