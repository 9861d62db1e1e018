package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.publish.PublishedPack.Status;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import java.util.List;

/** The end of a session: only then is what was stored in a bundle of one file there, and that may fail. */
final class Completion {

    private Completion() {}

    /**
     * Ends the work, and tells of packs that are there only now.
     *
     * @param packs as they ended so far
     * @return the same, failed where what was stored is not there after all
     */
    static List<PublishedPack> of(RegistrySession session, List<PublishedPack> packs, PublishListener listener)
            throws InterruptedException {
        if (!session.isStaged()) {
            return packs;
        }
        List<PublishedPack> ended = packs;
        try {
            session.complete();
        } catch (RegistryException e) {
            listener.log(e.getMessage());
            ended = packs.stream()
                    .map(pack -> pack.is(Status.PUBLISHED) || pack.is(Status.OVERWRITTEN)
                            ? pack.failed(e.getMessage())
                            : pack)
                    .toList();
        }
        ended.forEach(listener::ended);
        return ended;
    }
}
