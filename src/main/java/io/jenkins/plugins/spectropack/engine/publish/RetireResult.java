package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of versions when packs were retired. Travels from the agent to the controller. */
public final class RetireResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_TEXT = 20_000;

    /** More versions than any registry has. */
    private static final int MOST = 100_000;

    private final ArrayList<RetiredPack> packs;
    private final String error;

    RetireResult(List<RetiredPack> packs, String error) {
        this.packs = new ArrayList<>(packs);
        this.error = error;
    }

    /**
     * A copy of what came from a machine that is not trusted, such as an agent: fresh lists of what belongs there, and texts of
     * bounded length.
     *
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    public static RetireResult copyOf(RetireResult foreign) {
        if (foreign == null || foreign.packs == null) {
            throw new IllegalArgumentException("This is not what became of versions.");
        }
        ForeignText text = new ForeignText();
        return new RetireResult(
                text.copies(foreign.packs, MOST, pack -> RetiredPack.copyOf(pack, text)),
                text.copy(foreign.error, LONGEST_TEXT));
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
