package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to publish and how, apart from the registry: what a user says at any entry point. Checked where it is made; travels from
 * the controller to the agent.
 *
 * @param packs folders of packs, or Ant patterns of folders, from the folder on in which the run works
 * @param name what {@code pack.json} must say, for one pack only; empty for anything
 * @param version what {@code pack.json} must say, for one pack only; empty for anything
 * @param ifExists what to do with a tag that exists with other content
 * @param validation how strictly packs are checked
 * @param dryRun whether to do all but change the registry
 * @param parallel how many packs are published at once, at least 1
 */
public record PublishSettings(
        List<String> packs,
        String name,
        String version,
        IfExists ifExists,
        Validation validation,
        boolean dryRun,
        int parallel)
        implements Serializable {

    /** How many packs are published at once unless the user says otherwise. */
    public static final int DEFAULT_PARALLEL = 4;

    private static final long serialVersionUID = 1L;

    /**
     * Blank means not given.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public PublishSettings {
        packs = List.copyOf(packs);
        name = strip(name);
        version = strip(version);
        Objects.requireNonNull(ifExists);
        Objects.requireNonNull(validation);
        parallelProblem(parallel).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** These packs, with nothing said about them. */
    public static PublishSettings of(List<String> packs) {
        return new PublishSettings(packs, "", "", IfExists.FAIL, Validation.STANDARD, false, DEFAULT_PARALLEL);
    }

    /** Says what is wrong with the number of packs that are published at once; empty if it is fine. */
    public static Optional<String> parallelProblem(int parallel) {
        return parallel < 1
                ? Optional.of(
                        Setting.PARALLEL.words() + " must be at least 1: it is how many packs are under way at once.")
                : Optional.empty();
    }

    private static String strip(String text) {
        return text == null ? "" : text.strip();
    }
}
