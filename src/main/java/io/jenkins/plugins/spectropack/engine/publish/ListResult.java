package io.jenkins.plugins.spectropack.engine.publish;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in a registry, as far as it could be found out. Travels from the agent to the controller. */
public final class ListResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<ListedPack> packs;
    private final String error;

    ListResult(List<ListedPack> packs, String error) {
        this.packs = new ArrayList<>(packs);
        this.error = error;
    }

    /** One element a version, by name and then by version as people count. */
    public List<ListedPack> packs() {
        return List.copyOf(packs);
    }

    /** A sentence that says why something is missing; empty if nothing is. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }
}
