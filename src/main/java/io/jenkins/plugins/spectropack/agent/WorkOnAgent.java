package io.jenkins.plugins.spectropack.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.spectropack.engine.publish.EntryPoint;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.MasterToSlaveFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Works with packs where the workspace lies. Carries and returns nothing but classes of this plugin and of the JDK.
 *
 * @param <R> how the work ends
 */
@Restricted(NoExternalUse.class)
public final class WorkOnAgent<R extends Serializable> extends MasterToSlaveFileCallable<R> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(WorkOnAgent.class.getName());

    private final AgentWork<R> work;
    private final JenkinsProxy proxy;
    private final StepEnvironment environment;
    private final TaskListener listener;
    private final WorkProgress progress;
    private final boolean verbose;

    /**
     * Prepares the work. Runs on the controller.
     *
     * @param proxy null to use what the step's or else the agent's environment says
     * @param environment of the step
     * @param verbose whether the log has details
     * @param progress is told here, on the controller, what happens there
     */
    public WorkOnAgent(
            AgentWork<R> work,
            @CheckForNull JenkinsProxy proxy,
            StepEnvironment environment,
            TaskListener listener,
            boolean verbose,
            WorkProgress progress) {
        this.work = work;
        this.proxy = proxy;
        this.environment = environment;
        this.listener = listener;
        this.verbose = verbose;
        this.progress = new ExportedProgress(progress);
    }

    /**
     * Does the work where the workspace lies.
     *
     * @return what the agent answered, of the right type and not trusted any further; null if it answered so
     * @throws AgentLostException if the connection to the agent broke
     * @throws IllegalArgumentException if the agent answered with something else
     */
    @CheckForNull
    public R in(FilePath workspace) throws IOException, InterruptedException {
        try {
            if (workspace.getChannel() instanceof Channel agent) {
                Libraries.send(agent, work.asksEcr());
            }
            Serializable answer = workspace.act(this);
            if (answer != null && !work.answer().isInstance(answer)) {
                throw new IllegalArgumentException("It is of another kind.");
            }
            return work.answer().cast(answer);
        } catch (ChannelClosedException | RequestAbortedException e) {
            Computer computer = workspace.toComputer();
            throw new AgentLostException(computer == null ? workspace.getRemote() : computer.getDisplayName(), e);
        }
    }

    @Override
    public R invoke(File workspace, VirtualChannel channel) throws IOException, InterruptedException {
        PrintStream log = listener.getLogger();
        try {
            return work.run(entryPoint(workspace.toPath()), new Report(log, verbose, progress));
        } catch (IOException | IllegalArgumentException e) {
            // This machine failed, or its own settings mean nothing. The sentence is enough for whoever reads the log;
            // the rest is for who runs the agent.
            LOGGER.log(Level.FINE, "The work failed", e);
            throw new AbortException(Reasons.sentence(e));
        } finally {
            log.flush();
        }
    }

    private EntryPoint entryPoint(Path workspace) {
        return new EntryPoint(
                workspace,
                true,
                EntryPoint.time(environment.get("SOURCE_DATE_EPOCH")),
                trust -> JenkinsProxy.httpClient(proxy, environment, trust),
                Limits.ofEntryPoint());
    }
}
