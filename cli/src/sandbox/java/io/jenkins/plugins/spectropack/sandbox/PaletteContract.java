package io.jenkins.plugins.spectropack.sandbox;

import java.util.Optional;
import java.util.ServiceLoader;

/** Judges what the fake of Palette is asked and what it answers. Tests bring one; without one nothing is judged. */
public interface PaletteContract {

    /**
     * Says what one request and its answer break.
     *
     * @param query as sent; empty if there is none
     * @param request the request's body; empty if there is none
     * @param answer the answer's body; empty if there is none
     * @return a sentence; nothing if all is well
     */
    Optional<String> breach(String method, String path, String query, byte[] request, int status, byte[] answer);

    /** The one that is there. */
    static Optional<PaletteContract> find() {
        return ServiceLoader.load(PaletteContract.class).findFirst();
    }
}
