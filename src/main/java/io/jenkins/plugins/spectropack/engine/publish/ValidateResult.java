package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a check of packs ended: one value for the agent's answer, the command line's JSON and SARIF. */
public final class ValidateResult implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_TEXT = 20_000;

    private final ArrayList<CheckedPack> packs;
    private final ArrayList<PackFinding> findings;
    private final String summary;
    private final String error;

    ValidateResult(List<CheckedPack> packs, List<PackFinding> findings, String summary, String error) {
        this.packs = new ArrayList<>(packs);
        this.findings = new ArrayList<>(findings);
        this.summary = summary;
        this.error = error;
    }

    /**
     * A copy of what came from a machine that is not trusted, such as an agent: fresh lists of what belongs there, and texts of
     * bounded length.
     *
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    public static ValidateResult copyOf(ValidateResult foreign) {
        if (foreign == null || foreign.packs == null || foreign.findings == null || foreign.summary == null) {
            throw new IllegalArgumentException("This is not how a check ended.");
        }
        ForeignText text = new ForeignText();
        return new ValidateResult(
                text.copies(foreign.packs, PublishResult.MOST_PACKS, pack -> CheckedPack.copyOf(pack, text)),
                text.copies(foreign.findings, RunFindings.LONGEST, finding -> PackFinding.copyOf(finding, text)),
                text.required(foreign.summary, LONGEST_TEXT),
                text.copy(foreign.error, LONGEST_TEXT));
    }

    /** One element per pack, in the order in which they were named; empty if none was found. */
    public List<CheckedPack> packs() {
        return List.copyOf(packs);
    }

    /** What was found in all packs, with files as the log names them. */
    public List<PackFinding> findings() {
        return List.copyOf(findings);
    }

    /** How many packs were checked and what was found, in a sentence; empty if none was. */
    public String summary() {
        return summary;
    }

    /** A sentence that says why the packs could not be checked, or that some are invalid; empty if all are valid. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** Whether all packs that were asked for were checked, valid or not. */
    public boolean isComplete() {
        return !packs.isEmpty();
    }

    /** Whether every pack can be published. */
    public boolean isValid() {
        return error == null;
    }
}
