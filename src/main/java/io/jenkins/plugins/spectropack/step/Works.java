package io.jenkins.plugins.spectropack.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.spectropack.agent.AgentLostException;
import io.jenkins.plugins.spectropack.config.Variables;
import java.io.IOException;

/** Which work what a user says means in a build. Runs on the controller. */
final class Works {

    private Works() {}

    /** The work in a build, which happens once. */
    static BuildWork of(WorkParameters parameters, BuildPlace place) {
        if (parameters instanceof PublishParameters publish) {
            return new BuildPublication(publish, place);
        }
        if (parameters instanceof CopyParameters copy) {
            return new BuildCopy(copy, place);
        }
        if (parameters instanceof RetireParameters retire) {
            return new BuildRetirement(retire, place);
        }
        if (parameters instanceof ListParameters list) {
            return new BuildListing(list, place);
        }
        if (parameters instanceof ValidateParameters validate) {
            return new BuildValidation(validate, place);
        }
        throw new IllegalArgumentException("There is no work for " + parameters.getClass() + ".");
    }

    /** Does the work as a build step. Variables are expanded in freestyle jobs only, since in a Pipeline Groovy does so. */
    static void perform(
            WorkParameters parameters, Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener)
            throws InterruptedException, IOException {
        WorkParameters expanded = parameters;
        if (run instanceof AbstractBuild<?, ?> build) {
            expanded = parameters.expand(new Variables(build, environment));
            expanded.verbose(parameters.verbose());
        }
        BuildWork work = of(expanded, new BuildPlace(run, workspace, environment, listener, null, false));
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
