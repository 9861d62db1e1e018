package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;

/**
 * Where a step works, on the controller's side.
 *
 * @param run the build
 * @param workspace where the work is done
 * @param listener of the build's log
 * @param id what tells the step from others of the build, also after a restart; null for a step that never starts over
 * @param startsOver whether the step was begun before, so that something may be done already that is not done now
 */
record BuildPlace(
        Run<?, ?> run, FilePath workspace, TaskListener listener, @CheckForNull String id, boolean startsOver) {}
