package io.jenkins.plugins.spectropack.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.util.Secret;
import io.jenkins.plugins.spectropack.engine.util.MachineProxy;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.Serializable;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The proxy of Jenkins, read on the controller and used on the agent, where Jenkins itself knows none. Shows no password
 * when it is printed.
 */
@Restricted(NoExternalUse.class)
public final class JenkinsProxy implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String host;

    private final int port;
    private final String userName;
    private final String password;
    private final Set<String> noProxyHosts = new LinkedHashSet<>();

    private JenkinsProxy(ProxyConfiguration proxy) {
        host = proxy.getName();
        port = proxy.getPort();
        userName = Util.fixEmptyAndTrim(proxy.getUserName());
        password = Secret.toString(proxy.getSecretPassword());
        noProxyHosts.addAll(MachineProxy.LOOPBACK);
        proxy.getNoProxyHostPatterns().stream().map(Pattern::pattern).forEach(noProxyHosts::add);
    }

    /** The proxy that is configured in Jenkins; null for none. Runs on the controller. */
    @CheckForNull
    public static JenkinsProxy find() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        return proxy == null || Util.fixEmptyAndTrim(proxy.getName()) == null ? null : new JenkinsProxy(proxy);
    }

    /**
     * Makes a client for AWS and the registry, or for Palette.
     *
     * @param proxy of Jenkins; null to use what the step's environment, Java's system properties and the machine's environment say
     * @param environment of the step
     * @param trust which certificates are trusted
     * @throws IllegalArgumentException with a sentence if certificates of private CAs cannot be read, or the machine's proxy
     *     is not an address
     */
    public static SdkHttpClient httpClient(
            @CheckForNull JenkinsProxy proxy, StepEnvironment environment, TlsTrust trust) {
        if (proxy != null) {
            return new BoundedApacheClient(
                    BoundedApacheClient.Proxy.of(
                            URI.create("http://" + proxy.host + ":" + proxy.port),
                            proxy.userName,
                            proxy.password,
                            proxy.noProxyHosts),
                    trust);
        }
        MachineProxy machine = MachineProxy.find(environment);
        return machine.client(address -> new BoundedApacheClient(
                BoundedApacheClient.Proxy.of(
                        address.orElse(null),
                        machine.userName().orElse(null),
                        machine.password().orElse(null),
                        Set.of()),
                trust));
    }

    @Override
    public String toString() {
        return "JenkinsProxy[" + host + ":" + port + "]";
    }
}
