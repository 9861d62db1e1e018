package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.palette.SyncStatus.Phase;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.time.Duration;
import java.util.Optional;

/** Starts one sync of a registry and follows it to its end, with a line at each change. */
final class RegistrySync {

    /** So often may Palette still tell the end of an earlier sync. Source of the 30 s: Spectro Cloud's Terraform provider. */
    private static final int STALE_ANSWERS = 3;

    private final PaletteApi api;
    private final PaletteRegistry registry;
    private final Duration poll;
    private final ProgressListener listener;
    private String shown = "";
    private boolean waited;

    RegistrySync(PaletteApi api, PaletteRegistry registry, Duration poll, ProgressListener listener) {
        this.api = api;
        this.registry = registry;
        this.poll = poll;
        this.listener = listener;
    }

    /**
     * How it ended.
     *
     * @param isWorthWaiting whether packs may become listed by and by
     * @param problem what went wrong; empty if nothing did
     */
    record End(boolean isWorthWaiting, Optional<String> problem) {

        private static End well() {
            return new End(true, Optional.empty());
        }

        private static End badly(String problem) {
            return new End(false, Optional.of(problem));
        }
    }

    /** Starts a sync and lets Palette get on with it. */
    End start() throws PaletteException, InterruptedException {
        if (!api.syncStatus(registry).supported()) {
            return unsupported();
        }
        if (api.startSync(registry)) {
            listener.log("Palette: sync of " + name() + " started. It is not waited for, as asked.");
            return End.well();
        }
        return End.badly("Palette is syncing " + name() + " already, which may have begun before the packs were pushed,"
                + " and takes no second sync meanwhile. Sync it again later, or wait for Palette.");
    }

    /** Starts a sync and waits for its end. One that is running already is waited for first: it may know nothing of the packs. */
    End run(Deadline deadline) throws PaletteException, InterruptedException {
        SyncStatus before = api.syncStatus(registry);
        if (!before.supported()) {
            return unsupported();
        }
        boolean busy = before.phase() == Phase.RUNNING;
        while (busy || !api.startSync(registry)) {
            if (deadline.isOver()) {
                return End.badly(
                        "Palette was syncing " + name() + " already and had not ended after " + deadline.words()
                                + ", so no sync was started for these packs. Sync it again later, or wait for longer ("
                                + Setting.PALETTE_TIMEOUT.words() + ").");
            }
            before = awaitOther(before, deadline);
            busy = before.phase() == Phase.RUNNING;
        }
        listener.log("Palette: sync of " + name() + " started.");
        shown = "";
        return follow(before, deadline);
    }

    private End unsupported() {
        listener.log("Palette: " + name() + " cannot be synced, so there is nothing to wait for. A registry of packs"
                + " needs synchronization to be on in Palette.");
        return End.well();
    }

    private SyncStatus awaitOther(SyncStatus before, Deadline deadline) throws PaletteException, InterruptedException {
        if (!waited) {
            waited = true;
            listener.log("Palette: a sync of " + name() + " is running already. It may have begun before the packs were"
                    + " pushed, so another one is started when it has ended.");
        }
        if (before.phase() == Phase.RUNNING) {
            show(before);
        }
        deadline.sleep(poll);
        SyncStatus now = api.syncStatus(registry);
        show(now);
        return now;
    }

    private End follow(SyncStatus before, Deadline deadline) throws PaletteException, InterruptedException {
        boolean moved = false;
        for (int answers = 1; ; answers++) {
            SyncStatus now = api.syncStatus(registry);
            boolean going = now.phase() == Phase.WAITING || now.phase() == Phase.RUNNING;
            moved |= going || !now.times().equals(before.times()) || answers > STALE_ANSWERS;
            if (moved) {
                show(now);
                if (!going) {
                    return now.phase() == Phase.DONE ? End.well() : End.badly(failure(now));
                }
            }
            if (deadline.isOver()) {
                return End.badly("The sync of " + name() + " in Palette had not ended after " + deadline.words()
                        + " and may still be in progress. Look there, or wait for longer ("
                        + Setting.PALETTE_TIMEOUT.words() + ").");
            }
            deadline.sleep(poll);
        }
    }

    private String failure(SyncStatus failed) {
        String reason = failed.message().isEmpty() ? "and Palette gives no reason" : failed.message();
        return "The sync of " + name() + " in Palette failed"
                + (failed.message().isEmpty() ? ", " : ": ")
                + reason.replaceFirst("[.!?]$", "")
                + ". Check the registry's credentials and its base content path there, then sync again.";
    }

    private void show(SyncStatus now) {
        if (!now.words().equals(shown)) {
            shown = now.words();
            listener.log("Palette: sync of " + name() + ": " + shown + ".");
        }
    }

    private String name() {
        return "registry '" + registry.name() + "'";
    }
}
