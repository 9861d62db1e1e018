package io.jenkins.plugins.spectropack.agent;

import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What is told while an agent works, so that it is known even if the run never comes to its end. Called on the agent, from several
 * threads at once; runs on the controller, which does not trust what comes.
 */
@Restricted(NoExternalUse.class)
public interface WorkProgress {

    /** The registry let us in, and so many packs or versions are to be worked on. */
    void begins(int packs);

    /** A pack has come to its end, published or not. */
    void ended(PublishedPack pack);

    /** A version that was to go has come to its end, deleted or not. */
    void retired(RetiredPack pack);
}
