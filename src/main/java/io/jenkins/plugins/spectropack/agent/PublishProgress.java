package io.jenkins.plugins.spectropack.agent;

import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What is told while an agent works, so that it is known even if the run never comes to its end. Called on the agent, from several
 * threads at once; runs on the controller, which does not trust what comes.
 */
@Restricted(NoExternalUse.class)
public interface PublishProgress {

    /** All packs are valid, and the registry let us in. */
    void begins(int packs);

    /** A pack has come to its end, published or not. */
    void ended(PublishedPack pack);
}
