package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/** Describes a Pipeline step that {@link WorkExecution} runs: what it takes from its block, and what Pipeline's views show of it. */
abstract class WorkStepDescriptor extends StepDescriptor {

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(EnvVars.class, FilePath.class, FlowNode.class, Run.class, TaskListener.class);
    }

    @Override
    public final String argumentsToString(@NonNull Map<String, Object> arguments) {
        Object packs = arguments.get("packs");
        return packs == null ? null : packs.toString();
    }
}
