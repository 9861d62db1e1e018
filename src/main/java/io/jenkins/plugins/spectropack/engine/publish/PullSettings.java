package io.jenkins.plugins.spectropack.engine.publish;

import java.io.Serializable;
import java.util.Objects;

/**
 * What to pull and where to. Checked where it is made; travels from the controller to the agent.
 *
 * @param pack one version, by its tag or its digest
 * @param output the folder that the pack's files go into or, for an archive, the folder that the file goes into; empty for
 *     {@code NAME-VERSION}, or for the folder in which the run works
 * @param archive whether the {@code .tar.gz} is kept as it is, instead of its files
 * @param replaces whether what is there already gives way
 */
public record PullSettings(PackSelector pack, String output, boolean archive, boolean replaces)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Checks all of it.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public PullSettings {
        output = Objects.requireNonNullElse(output, "").strip();
        if (!pack.isOne()) {
            throw new IllegalArgumentException(
                    "'" + pack + "' is no version. Give NAME:VERSION, or NAME@sha256:... for a manifest's digest.");
        }
    }
}
