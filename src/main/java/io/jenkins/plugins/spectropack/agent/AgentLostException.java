package io.jenkins.plugins.spectropack.agent;

import hudson.AbortException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The connection to the agent broke while it worked. The work can start over when it is back. */
@Restricted(NoExternalUse.class)
public final class AgentLostException extends AbortException {

    private static final long serialVersionUID = 1L;

    AgentLostException(String agent, Exception cause) {
        super(Messages.AgentLostException_message(agent));
        initCause(cause);
    }
}
