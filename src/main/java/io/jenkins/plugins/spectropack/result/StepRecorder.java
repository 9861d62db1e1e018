package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetireResult;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.engine.publish.ValidateResult;
import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Keeps with a build what a step of it publishes or retires, while it does so. Whatever comes from an agent is copied and checked before it
 * is kept. Safe for several threads.
 */
@Restricted(NoExternalUse.class)
public final class StepRecorder {

    private static final Logger LOGGER = Logger.getLogger(StepRecorder.class.getName());
    private static final long MILLIS_BETWEEN_SAVES = 1000;

    private final Run<?, ?> run;
    private final PublishedPacksAction action;
    private final StepRecord record;
    private final ForeignText told = new ForeignText();
    private boolean saveIsDue;
    private long savedAt;

    /**
     * Takes a step, which may have begun before.
     *
     * @param id what tells it from other steps of the build, also after a restart; null for a step that never starts over
     */
    public StepRecorder(Run<?, ?> run, @CheckForNull String id) {
        this.run = run;
        action = PublishedPacksAction.of(run);
        record = action.step(id);
        savedAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN_SAVES);
    }

    /**
     * A pack has come to its end while others are under way.
     *
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    public void ended(PublishedPack pack) {
        record.ended(PublishedPack.copyOf(pack, told));
        saveSoon();
    }

    /**
     * The step has come to its end.
     *
     * @return its packs, where one that was sent before the step started over counts as sent
     * @throws IllegalArgumentException if the result is not one that the engine makes
     */
    public PublishResult ended(PublishResult result) throws IOException {
        PublishResult copy = PublishResult.copyOf(result);
        List<PublishedPack> packs = action.ended(record, copy);
        save();
        return copy.withPacks(packs);
    }

    /**
     * A version that was to go has come to its end while others are still to go.
     *
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    public void retired(RetiredPack pack) {
        record.retired(RetiredPack.copyOf(pack, told));
        saveSoon();
    }

    /**
     * The step has come to its end.
     *
     * @throws IllegalArgumentException if the result is not one that the engine makes
     */
    public RetireResult retired(RetireResult result) throws IOException {
        RetireResult copy = RetireResult.copyOf(result);
        record.retired(copy.packs());
        save();
        return copy;
    }

    /** How many versions are gone, as far as is known. */
    public int retired() {
        return (int) record.getRetired().stream()
                .filter(pack -> pack.is(RetiredPack.Status.RETIRED))
                .count();
    }

    /**
     * The step, which only checks, has come to its end.
     *
     * @throws IllegalArgumentException if the result is not one that the engine makes
     */
    public ValidateResult ended(ValidateResult result) throws IOException {
        ValidateResult copy = ValidateResult.copyOf(result);
        action.checked(record, copy);
        save();
        return copy;
    }

    /** How many packs are in the registry as asked, as far as is known. */
    public int published() {
        return (int)
                record.getPacks().stream().filter(PublishedPack::isInRegistry).count();
    }

    /** Saves at once, but not more than once a second: a build with many packs is a big file. */
    private void saveSoon() {
        synchronized (this) {
            if (saveIsDue) {
                return;
            }
            long wait = MILLIS_BETWEEN_SAVES - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - savedAt);
            if (wait > 0) {
                saveIsDue = true;
                Timer.get().schedule(this::saveIfStillDue, wait, TimeUnit.MILLISECONDS);
                return;
            }
        }
        saveOrLog();
    }

    /** What was saved since needs no saving, and would bring back a build that was deleted meanwhile. */
    private void saveIfStillDue() {
        synchronized (this) {
            if (!saveIsDue) {
                return;
            }
        }
        saveOrLog();
    }

    private void saveOrLog() {
        try {
            save();
        } catch (IOException e) {
            // The end of the step saves again, and tells whoever reads the log if that fails.
            LOGGER.log(Level.WARNING, "What " + run + " has done so far could not be saved", e);
        }
    }

    private void save() throws IOException {
        synchronized (this) {
            saveIsDue = false;
            savedAt = System.nanoTime();
        }
        run.save();
    }
}
