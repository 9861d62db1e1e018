package io.jenkins.plugins.spectropack.agent;

import hudson.remoting.Channel;
import hudson.remoting.Which;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.http.HttpHost;
import org.apache.http.client.HttpClient;
import org.snakeyaml.engine.v2.api.LoadSettings;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * The jars that most of the classes come from which an agent lacks. It would ask for each class by itself; what it has as a whole
 * before, it finds there. Each jar goes to the class loader that it has on the controller, so that every class stays the one that
 * it is, whichever of the jars arrive and when.
 */
final class Libraries {

    private static final Logger LOGGER = Logger.getLogger(Libraries.class.getName());

    /** One class of each jar that any work takes. */
    private static final List<Class<?>> FOR_PACKS =
            List.of(Libraries.class, JsonMapper.class, JsonParser.class, LoadSettings.class);

    /** One class of each jar that requests to ECR take besides. */
    private static final List<Class<?>> FOR_ECR =
            List.of(Region.class, SdkClient.class, SdkAutoCloseable.class, HttpClient.class, HttpHost.class);

    private Libraries() {}

    /** Sends what was not sent through this channel before. An agent that takes none can ask for its classes as ever. */
    static void send(Channel agent, boolean forEcr) throws InterruptedException {
        try {
            send(agent, FOR_PACKS);
            if (forEcr) {
                send(agent, FOR_ECR);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Libraries could not be sent to " + agent.getName());
        }
    }

    private static void send(Channel agent, List<Class<?>> oneOfEach) throws IOException, InterruptedException {
        for (Class<?> type : oneOfEach) {
            if (agent.setProperty(type, true) == null) {
                File jar = Which.jarFile(type);
                // While the plugin is developed, its own classes lie in a folder.
                if (jar.isFile()) {
                    agent.preloadJar(type.getClassLoader(), jar.toURI().toURL());
                }
            }
        }
    }
}
