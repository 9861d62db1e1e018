package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What to copy and how, apart from the two registries: what a user says at any entry point. Checked where it is made; travels
 * from the controller to the agent.
 *
 * @param packs which ones, at least one
 * @param ifExists what to do with a version that the target has with other content
 * @param dryRun whether to do all but change the target
 * @param parallel how many packs are copied at once, at least 1
 */
public record CopySettings(List<PackSelector> packs, IfExists ifExists, boolean dryRun, int parallel)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Checks all of it.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public CopySettings {
        packs = List.copyOf(packs);
        Objects.requireNonNull(ifExists);
        if (packs.isEmpty()) {
            throw new IllegalArgumentException(
                    "No pack is named. Give NAME:VERSION for one version, NAME for all versions of a pack, or "
                            + Setting.ALL_PACKS.words() + " for all packs.");
        }
        PublishSettings.parallelProblem(parallel).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }
}
