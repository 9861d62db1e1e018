package io.jenkins.plugins.spectropack.engine.publish;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of versions when packs were retired. Travels from the agent to the controller. */
public final class RetireResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<RetiredPack> packs;
    private final String error;

    RetireResult(List<RetiredPack> packs, String error) {
        this.packs = new ArrayList<>(packs);
        this.error = error;
    }

    /** One element a version that was looked at, by name and then by version as people count. */
    public List<RetiredPack> packs() {
        return List.copyOf(packs);
    }

    /** A sentence that says why something that was to go is still there; empty if all went. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }
}
