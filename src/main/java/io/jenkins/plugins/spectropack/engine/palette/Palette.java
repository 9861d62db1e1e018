package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.HttpTransport;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Progress;
import io.jenkins.plugins.spectropack.engine.util.Progress.Activity;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Retry;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Has Palette sync a registry, and looks whether it lists packs. What goes wrong is told by the result, never thrown: packs
 * that were pushed stay pushed, whatever Palette says. Runs where the entry point runs it, in Jenkins on the agent.
 */
public final class Palette {

    private final PaletteTarget target;
    private final HttpTransport transport;
    private final Limits limits;

    /** What is to be done. */
    public enum Work {
        /** Check that the key is taken and that there is such a registry; change nothing and look for no pack. */
        CHECK,
        /** The same, and look once whether the packs are listed. */
        LOOK,
        /** Sync the registry, and look until the packs are listed, as far as the target says that this is waited for. */
        SYNC
    }

    /**
     * Takes what to ask, and how Palette is reached.
     *
     * @param http made with what this machine's Java trusts; whoever made it closes it after the last question
     */
    public Palette(PaletteTarget target, SdkHttpClient http, Limits limits) {
        this.target = target;
        transport = new HttpTransport(http, limits);
        this.limits = limits;
    }

    /** Whether to sync even if no pack is new in the registry. */
    public boolean alwaysSync() {
        return target.alwaysSync();
    }

    /**
     * Asks Palette for the registry, without changing anything.
     *
     * @param isAdded whether a run will add it if it is not there
     * @throws PaletteException if the key is not taken or there is no such registry
     */
    public RegistryCheck test(boolean isAdded) throws PaletteException, InterruptedException {
        PaletteApi api = api(line -> {});
        Optional<PaletteRegistry> there = new RegistryLookup(target, api, line -> {}).find(isAdded);
        if (there.isEmpty()) {
            return new RegistryCheck(
                    "Palette at " + target.host() + " takes the API key. Registry '" + target.registryName()
                            + "' is not there yet, and the first run adds it.",
                    Optional.empty(),
                    List.of());
        }
        PaletteRegistry registry = there.get();
        Optional<RegistryPlace> place = api.place(registry);
        List<String> problems = new ArrayList<>();
        if (!registry.holdsPacks()) {
            problems.add(RegistryLookup.notForPacks(registry));
        }
        if (!api.syncStatus(registry).supported()) {
            problems.add("Registry '" + registry.name()
                    + "' cannot be synced. Switch its synchronization on in Palette, which a registry of packs needs.");
        }
        String found = "Palette at " + target.host() + " takes the API key. Registry '" + registry.name() + "' reads "
                + place.map(RegistryPlace::toString).orElse("a place that Palette does not tell") + ".";
        return new RegistryCheck(found, place, problems);
    }

    /**
     * Does the work.
     *
     * @param pushedTo where the packs were pushed to, to be compared with what Palette reads; empty if that is not known
     * @param packs to look for; may be none
     * @param listener is told what happens
     * @throws InterruptedException if the thread was interrupted; a sync that was started goes on in Palette
     */
    public PaletteResult run(
            Work work, Optional<RegistryPlace> pushedTo, List<PackVersion> packs, ProgressListener listener)
            throws InterruptedException {
        Map<PackVersion, PaletteStatus> unchecked = new LinkedHashMap<>();
        packs.forEach(pack -> unchecked.put(pack, PaletteStatus.NOT_CHECKED));
        PaletteApi api = api(listener);
        RegistryLookup lookup = new RegistryLookup(target, api, listener);
        PaletteResult asFarAsChecked = new PaletteResult(unchecked, Optional.empty());
        try {
            Optional<PaletteRegistry> there = lookup.find(target.register().isPresent());
            if (there.isPresent()) {
                Optional<String> mismatch = lookup.compare(there.get(), pushedTo);
                return work == Work.CHECK
                        ? asFarAsChecked
                        : new Run(api, there.get(), work, packs, mismatch, listener).run();
            }
            if (pushedTo.isEmpty()) {
                return new PaletteResult(unchecked, Optional.of(notKnownWhere()));
            }
            Optional<PaletteRegistry> added = lookup.add(lookup.request(pushedTo.get()), work == Work.CHECK);
            // One that was just added has not read anything yet, whatever is new in it.
            return added.isEmpty()
                    ? asFarAsChecked
                    : new Run(api, added.get(), Work.SYNC, packs, Optional.empty(), listener).run();
        } catch (PaletteException e) {
            return new PaletteResult(unchecked, Optional.of(e.getMessage()));
        }
    }

    private String notKnownWhere() {
        return "Palette at " + target.host() + " has no OCI registry '" + target.registryName()
                + "', and it is not known what it shall read. Register it by itself.";
    }

    /**
     * Makes sure that Palette has the registry: adds it if it is not there, and never changes one that is.
     *
     * @param place that it shall read
     * @param dryRun whether Palette is only asked to try it
     * @throws PaletteException if Palette does not get there or does not take it; nothing was added then
     */
    public Registration register(RegistryPlace place, boolean dryRun, ProgressListener listener)
            throws PaletteException, InterruptedException {
        RegistryLookup lookup = new RegistryLookup(target, api(listener), listener);
        Optional<PaletteRegistry> there = lookup.find(target.register().isPresent());
        if (there.isPresent()) {
            return new Registration(
                    Registration.State.UNCHANGED, Optional.empty(), lookup.compare(there.get(), Optional.of(place)));
        }
        RegistryRequest request = lookup.request(place);
        boolean added = lookup.add(request, dryRun).isPresent();
        return new Registration(
                added ? Registration.State.ADDED : Registration.State.PLANNED,
                Optional.of(request.shown()),
                Optional.empty());
    }

    /**
     * Who has to be trusted by a role that Palette shall read ECR with.
     *
     * @param partition of AWS: {@code aws} or {@code aws-us-gov}
     */
    public TrustPolicy trustPolicy(String partition, ProgressListener listener)
            throws PaletteException, InterruptedException {
        return api(listener).trustPolicy(partition);
    }

    /**
     * Finds out which packs of the registry are used. Changes nothing.
     *
     * @param place where the packs lie
     * @param listener is told what was looked at
     * @throws PaletteException if that could not be found out for sure: Palette was not reached or refused to tell, there is no
     *     such registry, or it reads another place
     */
    public PackUses uses(RegistryPlace place, ProgressListener listener) throws PaletteException, InterruptedException {
        PaletteClient client = client(listener);
        PaletteApi api = new PaletteApi(client);
        PaletteRegistry registry = new RegistryLookup(target, api, listener)
                .find(target.register().isPresent())
                .orElseThrow(() -> PaletteException.permanent("Palette at " + target.host() + " has no OCI registry '"
                        + target.registryName() + "'. Give the name of the one that reads " + place + " as "
                        + Setting.PALETTE_REGISTRY.words() + "."));
        Optional<RegistryPlace> reads = api.place(registry);
        if (reads.isPresent() && !reads.get().equals(place)) {
            throw PaletteException.permanent("Registry '" + registry.name() + "' in Palette reads " + reads.get()
                    + ", and not " + place + ". Give the one that does as "
                    + Setting.PALETTE_REGISTRY.words() + ".");
        }
        UsesLookup lookup = new UsesLookup(client, registry);
        PackUses uses = target.projectUid().isEmpty() ? lookup.ofAll() : lookup.ofProject();
        listener.log("Palette at " + target.host() + ": looked at " + lookup.looked()
                + (target.projectUid().isEmpty() ? "" : " of the project in " + Setting.PALETTE_PROJECT.words())
                + ", to see which packs of registry '"
                + registry.name() + "' are used.");
        return uses;
    }

    private PaletteClient client(ProgressListener listener) {
        return new PaletteClient(target, transport, new Retry(limits, listener));
    }

    private PaletteApi api(ProgressListener listener) {
        return new PaletteApi(client(listener));
    }

    /** One sync and one look, or only the look. What fails on the way does not hide what is found later. */
    private final class Run {
        private final PaletteApi api;
        private final PaletteRegistry registry;
        private final Work work;
        private final List<PackVersion> packs;
        private final Optional<String> mismatch;
        private final ProgressListener listener;
        private final List<String> problems = new ArrayList<>();

        Run(
                PaletteApi api,
                PaletteRegistry registry,
                Work work,
                List<PackVersion> packs,
                Optional<String> mismatch,
                ProgressListener listener) {
            this.api = api;
            this.registry = registry;
            this.work = work;
            this.packs = packs;
            this.mismatch = mismatch;
            this.listener = listener;
        }

        PaletteResult run() throws InterruptedException {
            Deadline deadline = Deadline.in(target.timeout());
            PackListing listing = new PackListing(api, registry, packs, limits.poll(), listener);
            String waitedFor = "registry '" + registry.name() + "' in Palette";
            if (work == Work.SYNC && target.waits()) {
                listener.progress(new Progress(
                        Activity.WAITING, waitedFor, 0, target.timeout().toSeconds()));
            }
            try {
                boolean worthWaiting = work == Work.SYNC && sync(deadline);
                if (work == Work.LOOK || target.waits()) {
                    look(listing, worthWaiting, deadline);
                }
            } finally {
                listener.progress(Progress.end(Activity.WAITING, waitedFor));
            }
            return new PaletteResult(
                    listing.found(), problems.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", problems)));
        }

        private boolean sync(Deadline deadline) throws InterruptedException {
            RegistrySync sync = new RegistrySync(api, registry, limits.poll(), listener);
            try {
                RegistrySync.End end = target.waits() ? sync.run(deadline) : sync.start();
                end.problem().ifPresent(this::tell);
                return end.isWorthWaiting();
            } catch (PaletteException e) {
                tell(e.getMessage());
                return false;
            }
        }

        private void look(PackListing listing, boolean worthWaiting, Deadline deadline) throws InterruptedException {
            try {
                if (worthWaiting) {
                    listing.lookRepeatedly(deadline);
                } else {
                    listing.lookOnce();
                }
                if (!listing.missing().isEmpty()) {
                    tell(notListed(listing.missing(), worthWaiting));
                }
            } catch (PaletteException e) {
                tell(e.getMessage());
            }
        }

        private String notListed(List<PackVersion> missing, boolean synced) {
            String fact =
                    "Palette does not list " + PackListing.names(missing) + " in registry '" + registry.name() + "'.";
            if (mismatch.isPresent()) {
                return fact + " " + mismatch.get();
            }
            if (work == Work.LOOK) {
                return fact + " No sync was started, because no pack is new in the registry. Have one started"
                        + " nevertheless (" + Setting.PALETTE_ALWAYS_SYNC.words()
                        + "), or sync the registry in Palette.";
            }
            return synced
                    ? fact
                            + " The list may lag: look there later. If they are still missing, check that the registry"
                            + " in Palette is one for packs, and what Palette says about its last sync."
                    : fact;
        }

        private void tell(String problem) {
            problems.add(problem);
        }
    }
}
