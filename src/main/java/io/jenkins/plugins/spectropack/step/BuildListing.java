package io.jenkins.plugins.spectropack.step;

import hudson.AbortException;
import io.jenkins.plugins.spectropack.agent.AgentWork;
import io.jenkins.plugins.spectropack.engine.publish.ListResult;
import io.jenkins.plugins.spectropack.engine.publish.ListedPack;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import java.io.IOException;
import java.util.List;

/** What one step of a build finds in a registry. Nothing of it is kept with the build. */
final class BuildListing extends BuildWork {

    private final ListParameters parameters;

    BuildListing(ListParameters parameters, BuildPlace place) {
        super(place, parameters.verbose());
        this.parameters = parameters;
    }

    @Override
    List<ListedPack> run() throws IOException, InterruptedException {
        ListResult outcome =
                kept(onAgent(new AgentWork.Listing(packs(), connect(parameters.registry()))), ListResult::copyOf);
        if (outcome.error().isPresent()) {
            throw new AbortException(outcome.error().get());
        }
        return outcome.packs();
    }

    private List<PackSelector> packs() throws AbortException {
        try {
            return PackSelector.parseAll(parameters.packs());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    String untilAborted() {
        return Messages.BuildListing_aborted();
    }

    @Override
    String untilLost() {
        return Messages.BuildListing_lost();
    }
}
