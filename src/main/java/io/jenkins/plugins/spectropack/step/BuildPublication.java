package io.jenkins.plugins.spectropack.step;

import hudson.AbortException;
import io.jenkins.plugins.spectropack.agent.AgentWork;
import io.jenkins.plugins.spectropack.config.Choices;
import io.jenkins.plugins.spectropack.config.Defaults;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import java.io.IOException;
import java.util.List;

/** What one step of a build publishes. */
final class BuildPublication extends BuildTransfer {

    private final PublishParameters parameters;

    BuildPublication(PublishParameters parameters, BuildPlace place) {
        super(place, parameters.verbose());
        this.parameters = parameters;
    }

    @Override
    AgentWork<PublishResult> work() throws IOException {
        return new AgentWork.Publish(
                settings(),
                connect(parameters.registry()),
                palette().connect(place().run(), place().startsOver()).orElse(null));
    }

    @Override
    PaletteChoice palette() {
        return orDefault(parameters.palette());
    }

    @Override
    boolean doubtsWarnings() {
        return parameters.unstableOnWarnings();
    }

    @Override
    void ended(PublishResult outcome) throws AbortException, InterruptedException {
        boolean complete =
                outcome.end() != PublishResult.End.INVALID || !outcome.packs().isEmpty();
        write(parameters.sarif(), outcome.findings(), complete, outcome.error());
    }

    private PublishSettings settings() throws AbortException {
        try {
            Validation validation = Choices.parse(Validation.class, "validation", parameters.validation());
            return new PublishSettings(
                    List.of(parameters.packs()),
                    parameters.name(),
                    parameters.version(),
                    Defaults.ifExists(parameters.ifExists(), place().run().getParent()),
                    validation == null ? Validation.STANDARD : validation,
                    parameters.dryRun(),
                    parameters.parallel());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    String untilAborted() {
        return withRest(
                done() == 0
                        ? Messages.BuildPublication_abortedFirst()
                        : Messages.BuildPublication_aborted(done(), all()));
    }

    @Override
    String untilLost() {
        return done() == 0 ? Messages.BuildPublication_lostFirst() : Messages.BuildPublication_lost(done(), all());
    }
}
