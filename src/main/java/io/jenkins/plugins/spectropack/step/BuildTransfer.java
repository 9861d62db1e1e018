package io.jenkins.plugins.spectropack.step;

import hudson.AbortException;
import io.jenkins.plugins.spectropack.agent.AgentWork;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.result.StepRecorder;
import java.io.IOException;
import java.util.List;

/** Brings packs into a registry, from the workspace or from another registry, and has Palette list them. */
abstract class BuildTransfer extends BuildWork {

    private final StepRecorder recorder;

    BuildTransfer(BuildPlace place, boolean verbose) {
        super(place, verbose);
        recorder = new StepRecorder(place.run(), place.id());
    }

    /** What is to be done, with all logins. */
    abstract AgentWork<PublishResult> work() throws IOException;

    /** What is done with Palette afterwards. */
    abstract PaletteChoice palette();

    /** Whether warnings about packs make the build unstable. */
    boolean doubtsWarnings() {
        return false;
    }

    /** Told how it ended, before the build is. */
    void ended(PublishResult outcome) throws AbortException, InterruptedException {}

    @Override
    final List<PublishedPack> run() throws IOException, InterruptedException {
        boolean paletteFailsBuild = palette().failsBuild();
        PublishResult outcome = kept(onAgent(work()), recorder::ended);
        ended(outcome);
        String paletteProblem = outcome.paletteProblem().orElse(null);
        if (outcome.error().isPresent()) {
            if (paletteProblem != null) {
                place().listener().getLogger().println(paletteProblem);
            }
            throw new AbortException(outcome.error().get());
        }
        if (paletteProblem != null) {
            if (paletteFailsBuild) {
                throw new AbortException(paletteProblem);
            }
            doubt(Messages.BuildTransfer_palette(paletteProblem));
        }
        if (doubtsWarnings()) {
            doubtWarnings(outcome.findings());
        }
        return outcome.packs();
    }

    @Override
    final void keep(PublishedPack pack) {
        recorder.ended(pack);
    }

    /** How many packs are in the registry as asked, as far as is known. */
    final int done() {
        return recorder.published();
    }

    /** Work that has started over may know of packs before it is told how many there are. */
    final int all() {
        return Math.max(expected(), done());
    }

    /** Adds to what is known of aborted work that the agent tells no more of packs that it was about to end, if there are any. */
    final String withRest(String known) {
        return done() < expected() ? Messages.BuildTransfer_underWay(known) : known;
    }
}
