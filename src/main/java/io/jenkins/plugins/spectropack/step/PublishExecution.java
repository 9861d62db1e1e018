package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.spectropack.agent.AgentLostException;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The running Pipeline step. After a restart of the controller, or when the agent was away for a while, it starts over, which is
 * safe because publishing is idempotent.
 */
final class PublishExecution extends GeneralNonBlockingStepExecution {

    private static final long serialVersionUID = 1L;
    private static final Duration AWAY = Duration.ofMinutes(5);
    private static final long MILLIS_BETWEEN_LOOKS = 1000;

    private final PublishParameters parameters;

    PublishExecution(StepContext context, PublishParameters parameters) {
        super(context);
        this.parameters = parameters;
    }

    @Override
    public boolean start() {
        run(() -> publish(false));
        return false;
    }

    @Override
    public void onResume() {
        run(() -> {
            getContext().get(TaskListener.class).getLogger().println(Messages.PublishExecution_resumed());
            publish(true);
        });
    }

    @Override
    public boolean blocksRestart() {
        return false;
    }

    /**
     * Publishes, again and again while the agent goes away.
     *
     * @param resumed whether this has begun before
     */
    private void publish(boolean resumed) throws IOException, InterruptedException {
        StepContext context = getContext();
        Jenkins jenkins = Jenkins.get();
        TaskListener listener = context.get(TaskListener.class);
        Run<?, ?> build = context.get(Run.class);
        AgentLostException lost = null;
        long lostAt = 0;
        while (!jenkins.isTerminating()) {
            FilePath workspace = workspace();
            try {
                if (workspace != null) {
                    BuildPublication publication =
                            new BuildPublication(parameters, build, workspace, listener, resumed || lost != null);
                    List<PublishedPack> packs = publication.publish();
                    if (publication.doubt() != null) {
                        warn(Result.UNSTABLE, publication.doubt());
                    }
                    context.onSuccess(packs);
                    return;
                }
            } catch (AgentLostException e) {
                listener.getLogger().println(e.getMessage());
                listener.getLogger().println(Messages.PublishExecution_waiting());
                lost = e;
                lostAt = System.nanoTime();
            } catch (AbortException e) {
                throw failed(e);
            }
            if (lost != null && System.nanoTime() - lostAt > AWAY.toNanos()) {
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
