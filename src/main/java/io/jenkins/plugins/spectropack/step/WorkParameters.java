package io.jenkins.plugins.spectropack.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.spectropack.agent.AgentLostException;
import io.jenkins.plugins.spectropack.config.Variables;
import java.io.IOException;
import java.io.Serializable;

/**
 * What a user says about the work of one step, in a Pipeline and in a job's form alike. Stands in configurations of jobs and in
 * running Pipelines, so what is at its default is stored as null.
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

    /** The work that this means in a build. */
    abstract BuildWork in(BuildPlace place);

    /** The same with variables expanded in every text, for jobs that have no other way to do so. */
    abstract WorkParameters expand(Variables variables);

    /** Does the work as a build step. Variables are expanded in freestyle jobs only, since in a Pipeline Groovy does so. */
    final void perform(Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener)
            throws InterruptedException, IOException {
        WorkParameters expanded = this;
        if (run instanceof AbstractBuild<?, ?> build) {
            expanded = expand(new Variables(build, environment));
            expanded.verbose(verbose);
        }
        BuildWork work = expanded.in(new BuildPlace(run, workspace, environment, listener, null, false));
        try {
            work.run();
        } catch (InterruptedException e) {
            listener.getLogger().println(work.untilAborted());
            throw e;
        } catch (AgentLostException e) {
            listener.getLogger().println(work.untilLost());
            throw e;
        }
    }
}
