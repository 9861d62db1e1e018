package io.jenkins.plugins.spectropack.step;

import hudson.AbortException;
import io.jenkins.plugins.spectropack.agent.AgentWork;
import io.jenkins.plugins.spectropack.config.Defaults;
import io.jenkins.plugins.spectropack.config.PaletteChoice;
import io.jenkins.plugins.spectropack.engine.publish.CopySettings;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import java.io.IOException;

/** What one step of a build copies from one registry to another. */
final class BuildCopy extends BuildTransfer {

    private final CopyParameters parameters;

    BuildCopy(CopyParameters parameters, BuildPlace place) {
        super(place, parameters.verbose());
        this.parameters = parameters;
    }

    @Override
    AgentWork<PublishResult> work() throws IOException {
        return new AgentWork.Copy(
                settings(),
                connect(parameters.from()),
                connect(parameters.to()),
                palette().connect(place().run(), place().startsOver()).orElse(null));
    }

    @Override
    PaletteChoice palette() {
        return orDefault(parameters.palette());
    }

    private CopySettings settings() throws AbortException {
        try {
            return new CopySettings(
                    PackSelector.parseAll(parameters.packs()),
                    Defaults.ifExists(parameters.ifExists(), place().run().getParent()),
                    parameters.dryRun(),
                    parameters.parallel());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    String untilAborted() {
        return withRest(done() == 0 ? Messages.BuildCopy_abortedFirst() : Messages.BuildCopy_aborted(done(), all()));
    }

    @Override
    String untilLost() {
        return done() == 0 ? Messages.BuildCopy_lostFirst() : Messages.BuildCopy_lost(done(), all());
    }
}
