package io.jenkins.plugins.spectropack.engine.publish;

import java.util.List;

/** At least one pack of a run is invalid, so nothing of the run was sent. The findings are in the log already. */
public final class InvalidPacksException extends NothingSentException {

    private static final long serialVersionUID = 1L;

    InvalidPacksException(String message, List<PublishedPack> packs) {
        super(message, packs, null);
    }
}
