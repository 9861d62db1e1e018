package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.spectropack.agent.AgentLostException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The running Pipeline step. After a restart of the controller, or when the agent was away for a while, it starts over, which is
 * safe because what is done already is not done twice.
 */
final class WorkExecution extends GeneralNonBlockingStepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(WorkExecution.class.getName());

    /** How long to wait for an agent, each time that it is lost. */
    private static final Duration AWAY = Duration.ofMinutes(5);

    private static final long MILLIS_BETWEEN_LOOKS = 1000;

    /** How often an agent is lost before any pack has come to its end; it may be the packs that it cannot take. */
    private static final int MAXIMUM_LOSSES = 5;

    private final WorkParameters parameters;
    private transient volatile BuildWork work;
    private transient volatile boolean isStopped;

    WorkExecution(StepContext context, WorkParameters parameters) {
        super(context);
        this.parameters = parameters;
    }

    @Override
    public boolean start() {
        run(() -> work(false));
        return false;
    }

    @Override
    public void onResume() {
        run(() -> {
            getContext().get(TaskListener.class).getLogger().println(Messages.WorkExecution_resumed());
            work(true);
        });
    }

    @Override
    public boolean blocksRestart() {
        return false;
    }

    /** Tells at once what is known, because the build does not wait for the agent to stop. */
    @Override
    public void stop(Throwable cause) throws Exception {
        isStopped = true;
        BuildWork running = work;
        if (running != null) {
            getContext().get(TaskListener.class).getLogger().println(running.untilAborted());
        }
        super.stop(cause);
    }

    /**
     * Does the work, again and again while the agent goes away.
     *
     * @param resumed whether this has begun before
     */
    private void work(boolean resumed) throws Exception {
        try {
            untilItEnds(resumed);
        } catch (IOException | InterruptedException e) {
            if (!isStopped) {
                throw e;
            }
            LOGGER.log(Level.FINE, "Stopped", e);
        }
    }

    private void untilItEnds(boolean resumed) throws IOException, InterruptedException {
        StepContext context = getContext();
        TaskListener listener = context.get(TaskListener.class);
        Run<?, ?> build = context.get(Run.class);
        String id = context.get(FlowNode.class).getId();
        AgentLostException lost = null;
        int losses = 0;
        long lostAt = 0;
        while (!Jenkins.get().isTerminating()) {
            FilePath workspace = workspace();
            if (workspace != null) {
                work = Works.of(
                        parameters,
                        new BuildPlace(
                                build, workspace, context.get(EnvVars.class), listener, id, resumed || lost != null));
                try {
                    List<? extends Serializable> result = work.run();
                    if (work.doubt() != null) {
                        warn(Result.UNSTABLE, work.doubt());
                    }
                    context.onSuccess(result);
                    return;
                } catch (AgentLostException e) {
                    losses = work.hasNews() ? 1 : losses + 1;
                    listener.getLogger().println(e.getMessage());
                    listener.getLogger().println(work.untilLost());
                    lost = e;
                    lostAt = System.nanoTime();
                    if (losses < MAXIMUM_LOSSES) {
                        listener.getLogger().println(Messages.WorkExecution_waiting());
                    }
                } catch (AbortException e) {
                    throw failed(e);
                }
            }
            if (losses == MAXIMUM_LOSSES || lost != null && System.nanoTime() - lostAt > AWAY.toNanos()) {
                throw failed(lost);
            }
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    /** Null while the agent is not connected. If it never comes back, the enclosing {@code node} block stops this step. */
    @CheckForNull
    private FilePath workspace() throws InterruptedException {
        try {
            return getContext().get(FilePath.class);
        } catch (IOException e) {
            return null;
        }
    }

    private AbortException failed(AbortException e) throws IOException, InterruptedException {
        warn(Result.FAILURE, e.getMessage());
        return e;
    }

    private void warn(Result result, String message) throws IOException, InterruptedException {
        getContext().get(FlowNode.class).addOrReplaceAction(new WarningAction(result).withMessage(message));
    }
}
