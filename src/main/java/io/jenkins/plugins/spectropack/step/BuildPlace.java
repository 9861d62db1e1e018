package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;

/**
 * Where a step works, on the controller's side.
 *
 * @param run the build
 * @param workspace where the work is done
 * @param environment of the step, with what blocks and wrappers around it set
 * @param listener of the build's log
 * @param id what tells the step from others of the build, also after a restart; null for a step that never starts over
 * @param startsOver whether the step was begun before, so that something may be done already that is not done now
 */
record BuildPlace(
        Run<?, ?> run,
        FilePath workspace,
        StepEnvironment environment,
        TaskListener listener,
        @CheckForNull String id,
        boolean startsOver) {

    BuildPlace(
            Run<?, ?> run,
            FilePath workspace,
            EnvVars environment,
            TaskListener listener,
            @CheckForNull String id,
            boolean startsOver) {
        this(run, workspace, StepEnvironment.of(environment, workspace.getRemote()), listener, id, startsOver);
    }
}
