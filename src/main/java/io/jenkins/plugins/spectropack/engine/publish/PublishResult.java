package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a run ended: one value for the agent's answer, the command line's JSON and the build page. An expected failure is told here
 * rather than thrown, so that the packs that were published are known nevertheless.
 */
public final class PublishResult implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_TEXT = 20_000;

    /** So many failed packs are named in an error. */
    private static final int NAMED = 10;

    /** So many findings a run tells at most; the others are counted in them. */
    public static final int MOST_FINDINGS = RunFindings.LONGEST;

    /** More packs than any run has. */
    static final int MOST_PACKS = 100_000;

    private final End end;
    private final ArrayList<PublishedPack> packs;
    private final ArrayList<PackFinding> findings;
    private final String error;
    private final String paletteProblem;

    /** How far a run came. */
    public enum End {
        /** Every pack is in the registry as asked, or would be, in a dry run. */
        PUBLISHED,
        /** At least one pack could not be published; others may be. */
        FAILED,
        /** No pack was found, or at least one is invalid. Nothing was sent. */
        INVALID,
        /** The registry did not let us in. Nothing was sent. */
        NOT_SENT
    }

    private PublishResult(
            End end, List<PublishedPack> packs, List<PackFinding> findings, String error, String paletteProblem) {
        this.end = end;
        this.packs = new ArrayList<>(packs);
        this.findings = new ArrayList<>(findings);
        this.error = error;
        this.paletteProblem = paletteProblem;
    }

    /** Packs were published, as far as they did not fail. */
    static PublishResult of(List<PublishedPack> packs, List<PackFinding> findings) {
        List<PublishedPack> failed =
                packs.stream().filter(PublishedPack::isFailed).toList();
        return failed.isEmpty()
                ? new PublishResult(End.PUBLISHED, packs, findings, null, null)
                : new PublishResult(End.FAILED, packs, findings, error(failed, packs.size()), null);
    }

    /** Nothing was sent, because of the packs. */
    static PublishResult invalid(List<PublishedPack> packs, List<PackFinding> findings, String error) {
        return new PublishResult(End.INVALID, packs, findings, error, null);
    }

    /** Nothing was sent, because of the registry. */
    static PublishResult notSent(List<PublishedPack> packs, List<PackFinding> findings, String error) {
        return new PublishResult(End.NOT_SENT, packs, findings, error, null);
    }

    /**
     * A copy of what came from a machine that is not trusted, such as an agent: fresh lists of what belongs there, and texts of
     * bounded length.
     *
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    public static PublishResult copyOf(PublishResult foreign) {
        if (foreign == null || foreign.end == null || foreign.packs == null || foreign.findings == null) {
            throw new IllegalArgumentException("This is not how a run ended.");
        }
        ForeignText text = new ForeignText();
        return new PublishResult(
                foreign.end,
                text.copies(foreign.packs, MOST_PACKS, pack -> PublishedPack.copyOf(pack, text)),
                text.copies(foreign.findings, RunFindings.LONGEST, finding -> PackFinding.copyOf(finding, text)),
                text.copy(foreign.error, LONGEST_TEXT),
                text.copy(foreign.paletteProblem, LONGEST_TEXT));
    }

    /** The log tells each failure already; whoever sees the result alone needs it too. */
    private static String error(List<PublishedPack> failed, int all) {
        String first =
                label(failed.get(0)) + " was not published: " + failed.get(0).getError();
        if (failed.size() == 1) {
            return first;
        }
        String names = failed.stream().limit(NAMED).map(PublishResult::label).collect(Collectors.joining(", "));
        String more = failed.size() > NAMED ? " and " + (failed.size() - NAMED) + " more" : "";
        return failed.size() + " of " + all + " packs were not published: " + names + more + ". The first: " + first;
    }

    private static String label(PublishedPack pack) {
        return pack.getName() + ":" + pack.getVersion();
    }

    /** The same, with what Palette says. */
    PublishResult withPalette(List<PublishedPack> packs, Optional<String> problem) {
        return new PublishResult(end, packs, findings, error, problem.orElse(null));
    }

    /** The same with other elements for its packs. */
    public PublishResult withPacks(List<PublishedPack> packs) {
        return new PublishResult(end, packs, findings, error, paletteProblem);
    }

    /** How far the run came. */
    public End end() {
        return end;
    }

    /** One element per pack, in the order in which they were named; empty if none was found. */
    public List<PublishedPack> packs() {
        return List.copyOf(packs);
    }

    /** What the check before publishing found, each once. The log has it too. */
    public List<PackFinding> findings() {
        return List.copyOf(findings);
    }

    /** A sentence that says why a pack was not published; empty if all were. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /**
     * What went wrong with Palette after the packs were published, in sentences; empty if nothing did, or if Palette was not
     * asked.
     */
    public Optional<String> paletteProblem() {
        return Optional.ofNullable(paletteProblem);
    }
}
