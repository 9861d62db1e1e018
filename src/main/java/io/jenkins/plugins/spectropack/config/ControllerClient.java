package io.jenkins.plugins.spectropack.config;

import io.jenkins.plugins.spectropack.agent.JenkinsProxy;
import io.jenkins.plugins.spectropack.engine.util.RemoteHttpClient;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import jenkins.util.SystemProperties;
import software.amazon.awssdk.http.SdkHttpClient;

/** The HTTP client that tests of a connection ask with. Runs on the controller. */
final class ControllerClient {

    /** Lets tests of a connection ask the controller itself and its link: for the demo, and for this plugin's own tests. */
    static final String LOCAL = "io.jenkins.plugins.spectropack.testsAskLocalAddresses";

    private ControllerClient() {}

    /**
     * Goes through Jenkins' proxy.
     *
     * @throws IllegalArgumentException as {@link JenkinsProxy#httpClient}
     */
    static SdkHttpClient make(TlsTrust trust) {
        SdkHttpClient client = JenkinsProxy.httpClient(JenkinsProxy.find(), StepEnvironment.NONE, trust);
        return SystemProperties.getBoolean(LOCAL) ? client : new RemoteHttpClient(client, "-D" + LOCAL + "=true");
    }
}
