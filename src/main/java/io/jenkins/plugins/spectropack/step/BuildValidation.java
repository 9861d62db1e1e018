package io.jenkins.plugins.spectropack.step;

import hudson.AbortException;
import io.jenkins.plugins.spectropack.agent.AgentWork;
import io.jenkins.plugins.spectropack.config.Choices;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.ValidateResult;
import io.jenkins.plugins.spectropack.result.StepRecorder;
import java.io.IOException;
import java.util.List;

/** What one step of a build finds in packs, without sending anything. */
final class BuildValidation extends BuildWork {

    private final ValidateParameters parameters;
    private final StepRecorder recorder;

    BuildValidation(ValidateParameters parameters, BuildPlace place) {
        super(place, false);
        this.parameters = parameters;
        recorder = new StepRecorder(place.run(), place.id());
    }

    @Override
    List<PackFinding> run() throws IOException, InterruptedException {
        ValidateResult outcome =
                kept(onAgent(new AgentWork.Validate(List.of(parameters.packs()), validation())), recorder::ended);
        write(parameters.sarif(), outcome.findings(), outcome.isComplete(), outcome.error());
        if (outcome.error().isPresent()) {
            throw new AbortException(outcome.error().get());
        }
        if (parameters.unstableOnWarnings()) {
            doubtWarnings(outcome.findings());
        }
        return outcome.findings();
    }

    private Validation validation() throws AbortException {
        try {
            Validation validation = Choices.parse(Validation.class, "validation", parameters.validation());
            return validation == null ? Validation.STANDARD : validation;
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    String untilAborted() {
        return Messages.BuildValidation_aborted();
    }

    @Override
    String untilLost() {
        return Messages.BuildValidation_lost();
    }
}
