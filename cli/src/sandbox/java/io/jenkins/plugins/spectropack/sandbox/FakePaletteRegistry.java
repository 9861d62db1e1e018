package io.jenkins.plugins.spectropack.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A registry in the fake of Palette. Each sync plays a script, one step each time that somebody asks for the status, and
 * stays at the last step; what the registry held when the sync began is listed once a sync has ended well.
 */
public final class FakePaletteRegistry {

    private static final List<SyncStep> USUAL =
            List.of(SyncStep.of("Pending"), SyncStep.of("InProgress"), SyncStep.of("Success"));

    private final String uid;
    private final String name;
    private final String kind;
    private final String endpoint;
    private final String basePath;
    private final Supplier<Map<String, Set<String>>> content;
    private final Deque<List<SyncStep>> scripts = new ArrayDeque<>();
    private String provider = "pack";
    private boolean syncable = true;
    private boolean readable = true;
    private boolean timed = true;
    private int lag;
    private int staleAnswers;

    private Deque<SyncStep> playing = new ArrayDeque<>();
    private SyncStep last = SyncStep.of("");
    private SyncStep before = SyncStep.of("");
    private Instant ran = Instant.EPOCH;
    private Instant ranBefore = Instant.EPOCH;
    private int stale;
    private int syncs;
    private int looksUntilListed;
    private Map<String, Set<String>> seen = Map.of();
    private Map<String, Set<String>> listed = Map.of();

    FakePaletteRegistry(
            String uid,
            String name,
            String kind,
            String endpoint,
            String basePath,
            Supplier<Map<String, Set<String>>> content) {
        this.uid = uid;
        this.name = name;
        this.kind = kind;
        this.endpoint = endpoint;
        this.basePath = basePath;
        this.content = content;
    }

    /** Tells what the next sync that has no script yet will say; without one it takes a usual course. */
    public synchronized FakePaletteRegistry nextSync(SyncStep... steps) {
        scripts.add(List.of(steps));
        return this;
    }

    /** The same, for statuses without a message. */
    public FakePaletteRegistry nextSync(String... words) {
        return nextSync(Arrays.stream(words).map(SyncStep::of).toArray(SyncStep[]::new));
    }

    /** Begins a sync that somebody else asked for. It lists what is in the registry now. */
    public synchronized FakePaletteRegistry syncByOthers(String... words) {
        begin(Arrays.stream(words).map(SyncStep::of).toList());
        return this;
    }

    /** Makes the list answer so often as before a sync, after each sync. */
    public synchronized FakePaletteRegistry listingLag(int looks) {
        lag = looks;
        return this;
    }

    /** Makes the status be so often that of the sync before, after each start. */
    public synchronized FakePaletteRegistry staleAnswers(int answers) {
        staleAnswers = answers;
        return this;
    }

    /** Makes the registry one that holds something other than packs. */
    public synchronized FakePaletteRegistry provider(String value) {
        provider = value;
        return this;
    }

    /** Switches synchronization off. */
    public synchronized FakePaletteRegistry unsyncable() {
        syncable = false;
        return this;
    }

    /** Takes the right to look at the registry itself away; the list of registries shows it. */
    public synchronized FakePaletteRegistry unreadable() {
        readable = false;
        return this;
    }

    /** Leaves out the times of the last sync. */
    public synchronized FakePaletteRegistry untimed() {
        timed = false;
        return this;
    }

    /** How many syncs began. */
    public synchronized int syncs() {
        return syncs;
    }

    String uid() {
        return uid;
    }

    String name() {
        return name;
    }

    String kind() {
        return kind;
    }

    synchronized boolean isReadable() {
        return readable;
    }

    synchronized Map<String, Object> summary() {
        return Map.of(
                "metadata", Map.of("name", name, "uid", uid),
                "spec",
                        Map.of(
                                "endpoint",
                                endpoint,
                                "isPrivate",
                                true,
                                "providerType",
                                provider,
                                "registryType",
                                kind,
                                "scope",
                                "tenant"),
                "status", Map.of("sync", status(last, ran)));
    }

    synchronized Map<String, Object> detail() {
        Map<String, Object> spec = new LinkedHashMap<>(Map.of(
                "endpoint",
                endpoint,
                "baseContentPath",
                basePath,
                "providerType",
                provider,
                "isSyncSupported",
                syncable));
        if (kind.equals("basic")) {
            spec.put("auth", Map.of("type", "basic", "username", "palette"));
        } else {
            spec.put("isPrivate", true);
        }
        return Map.of("metadata", Map.of("name", name, "uid", uid), "spec", spec);
    }

    /** Whether a sync began; it does not while another one runs. */
    synchronized boolean start() {
        if (!playing.isEmpty()) {
            return false;
        }
        begin(scripts.isEmpty() ? USUAL : scripts.remove());
        return true;
    }

    private void begin(List<SyncStep> script) {
        before = last;
        ranBefore = ran;
        stale = staleAnswers;
        playing = new ArrayDeque<>(script);
        seen = content.get();
        ran = Instant.now();
        syncs++;
    }

    synchronized Map<String, Object> status() {
        if (stale > 0) {
            stale--;
            return status(before, ranBefore);
        }
        if (!playing.isEmpty()) {
            last = playing.remove();
            if (!last.isEnd() && playing.isEmpty()) {
                // A script without an end goes on for ever.
                playing.add(last);
            }
            if (last.isSuccess()) {
                listed = seen;
                looksUntilListed = lag;
            }
        }
        return status(last, ran);
    }

    private Map<String, Object> status(SyncStep step, Instant at) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("isSyncSupported", syncable);
        status.put("status", step.word());
        if (!step.message().isEmpty()) {
            status.put("message", step.message());
        }
        if (timed) {
            status.put("lastRunTime", at.toString());
            status.put("lastSyncedTime", at.toString());
        }
        return status;
    }

    /** The versions of a pack that are listed; none if the pack is not known. */
    synchronized Set<String> versions(String pack) {
        if (looksUntilListed > 0) {
            looksUntilListed--;
            return Set.of();
        }
        return listed.getOrDefault(pack, Set.of());
    }
}
