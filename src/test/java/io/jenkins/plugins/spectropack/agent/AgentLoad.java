package io.jenkins.plugins.spectropack.agent;

import hudson.model.Slave;
import hudson.remoting.Channel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.security.MasterToSlaveCallable;

/**
 * What an agent did since it started.
 *
 * @param classes that its Java has loaded
 * @param requests for classes, some of which brought more than one
 */
record AgentLoad(long classes, long requests) implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern COUNTERS =
            Pattern.compile("Class loading count=(\\d+)\\s+Class loading prefetch hit=(\\d+)");

    private static final class Look extends MasterToSlaveCallable<AgentLoad, IOException> {

        private static final long serialVersionUID = 1L;

        @Override
        public AgentLoad call() throws IOException {
            StringWriter counters = new StringWriter();
            Channel.currentOrFail().dumpPerformanceCounters(new PrintWriter(counters));
            Matcher counted = COUNTERS.matcher(counters.toString());
            if (!counted.find()) {
                throw new IOException("The channel counts otherwise: " + counters);
            }
            return new AgentLoad(
                    ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount(),
                    Long.parseLong(counted.group(1)) - Long.parseLong(counted.group(2)));
        }
    }

    static AgentLoad of(Slave agent) throws IOException, InterruptedException {
        return agent.getChannel().call(new Look());
    }

    AgentLoad minus(AgentLoad before) {
        return new AgentLoad(classes - before.classes, requests - before.requests);
    }
}
