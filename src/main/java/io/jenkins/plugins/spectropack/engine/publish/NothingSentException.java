package io.jenkins.plugins.spectropack.engine.publish;

import java.io.IOException;
import java.util.List;

/** A run ended before anything was sent. The message is a whole sentence that says why. */
public class NothingSentException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient List<PublishedPack> packs;

    NothingSentException(String message, List<PublishedPack> packs, Throwable cause) {
        super(message, cause);
        this.packs = packs;
    }

    /** Every pack of the run, none of which was published, each with its error. */
    public List<PublishedPack> packs() {
        return packs;
    }
}
