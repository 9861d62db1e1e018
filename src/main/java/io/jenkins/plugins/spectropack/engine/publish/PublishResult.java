package io.jenkins.plugins.spectropack.engine.publish;

import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param packs one element per pack, in the order of the request; some may have failed
 * @param paletteProblem what went wrong with Palette after the packs were published, in sentences; empty if nothing did, or
 *     if Palette was not asked
 */
public record PublishResult(List<PublishedPack> packs, Optional<String> paletteProblem) {

    /** Keeps the packs from being changed. */
    public PublishResult {
        packs = List.copyOf(packs);
    }
}
