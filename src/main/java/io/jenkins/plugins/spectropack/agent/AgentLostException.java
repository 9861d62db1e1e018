package io.jenkins.plugins.spectropack.agent;

import io.jenkins.plugins.spectropack.Messages;
import hudson.AbortException;

/** The connection to the agent broke while it published. Publishing can start over when it is back. */
final class AgentLostException extends AbortException {

    private static final long serialVersionUID = 1L;

    AgentLostException(String agent) {
        super(Messages.Publication_agentLost(agent));
    }
}
