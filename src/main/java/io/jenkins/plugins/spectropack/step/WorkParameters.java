package io.jenkins.plugins.spectropack.step;

import io.jenkins.plugins.spectropack.config.Variables;
import java.io.Serializable;

/**
 * What a user says about the work of one step, in a Pipeline and in a job's form alike; {@link Works} does it. Stands in
 * configurations of jobs and in running Pipelines, so what is at its default is stored as null.
 */
abstract class WorkParameters implements Serializable {

    private static final long serialVersionUID = 1L;

    private boolean verbose;

    final boolean verbose() {
        return verbose;
    }

    final void verbose(boolean value) {
        verbose = value;
    }

    /** The same with variables expanded in every text, for jobs that have no other way to do so. */
    abstract WorkParameters expand(Variables variables);
}
