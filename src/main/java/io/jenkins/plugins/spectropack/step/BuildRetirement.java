package io.jenkins.plugins.spectropack.step;

import hudson.AbortException;
import io.jenkins.plugins.spectropack.agent.AgentWork;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.publish.RetireResult;
import io.jenkins.plugins.spectropack.engine.publish.RetireSettings;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.result.StepRecorder;
import java.io.IOException;
import java.util.List;

/** The versions that one step of a build takes out of a registry. */
final class BuildRetirement extends BuildWork {

    private final RetireParameters parameters;
    private final StepRecorder recorder;

    BuildRetirement(RetireParameters parameters, BuildPlace place) {
        super(place, parameters.verbose());
        this.parameters = parameters;
        recorder = new StepRecorder(place.run(), place.id());
    }

    @Override
    List<RetiredPack> run() throws IOException, InterruptedException {
        RetireResult outcome = kept(
                onAgent(new AgentWork.Retire(
                        settings(),
                        connect(parameters.registry()),
                        orDefault(parameters.palette())
                                .connect(place().run(), place().startsOver())
                                .orElse(null))),
                recorder::retired);
        if (outcome.error().isPresent()) {
            throw new AbortException(outcome.error().get());
        }
        return outcome.packs();
    }

    private RetireSettings settings() throws AbortException {
        try {
            return new RetireSettings(
                    PackSelector.parseAll(parameters.packs()),
                    number("keepNewest", parameters.keepNewest()),
                    number("olderThanDays", parameters.olderThanDays()),
                    parameters.dryRun(),
                    place().startsOver());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** A number that is given must say something: 0 stands for none within the engine only. */
    private static int number(String parameter, Integer value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(Messages.BuildRetirement_number(parameter));
        }
        return value == null ? 0 : value;
    }

    @Override
    void keep(RetiredPack pack) {
        recorder.retired(pack);
    }

    private int all() {
        return Math.max(expected(), recorder.retired());
    }

    @Override
    String untilAborted() {
        return recorder.retired() == 0
                ? Messages.BuildRetirement_abortedFirst()
                : Messages.BuildRetirement_aborted(recorder.retired(), all());
    }

    @Override
    String untilLost() {
        return recorder.retired() == 0
                ? Messages.BuildRetirement_lostFirst()
                : Messages.BuildRetirement_lost(recorder.retired(), all());
    }
}
