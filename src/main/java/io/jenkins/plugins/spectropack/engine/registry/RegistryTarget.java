package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A registry for packs with the right to use it: one value, checked where it is made. Travels from the controller to the agent
 * and is never stored, since it holds the login; shows the login nowhere.
 */
public interface RegistryTarget extends Serializable {

    /** Where packs go below this registry. */
    RepositoryNames names();

    /** Which registry it is and as whom it is used, within a sentence: "... go to". No secret. */
    default String describe() {
        return names().archive();
    }

    /** Which certificates of the registry are trusted; the HTTP client for it is made accordingly. */
    default TlsTrust trust() {
        return TlsTrust.DEFAULT;
    }

    /** Whether it is one of AWS ECR. */
    default boolean isEcr() {
        return false;
    }

    /** Whether Palette can read packs from there. */
    default boolean isReadByPalette() {
        return true;
    }

    /**
     * The same registry, with what is a path on the machine where the work is done taken from a folder there.
     *
     * @param confined whether nothing outside of that folder may be used
     * @throws RegistryException with a sentence if something outside is named
     */
    default RegistryTarget in(Path folder, boolean confined) throws RegistryException {
        return this;
    }

    /**
     * Logs in. Runs where the work is done, in Jenkins on the agent.
     *
     * @param http the client for the registry and whatever gives the login; made with {@link #trust} and closed by the caller,
     *     after the session
     * @return a session that must be closed
     * @throws RegistryException if the registry does not let us in, or is not the one that the user meant; nothing stays open
     */
    RegistrySession open(SdkHttpClient http, Limits limits, ProgressListener listener)
            throws RegistryException, InterruptedException;

    /**
     * The same to read what is there, for which a place that writing would make has to be there.
     *
     * @throws RegistryException also if there is nothing that could be read
     */
    default RegistrySession openToRead(SdkHttpClient http, Limits limits, ProgressListener listener)
            throws RegistryException, InterruptedException {
        return open(http, limits, listener);
    }

    /**
     * How a login was that was only tried.
     *
     * @param said sentences that name the registry and what is unsafe about the connection
     * @param refusals what the login may not do, in sentences, as far as looking tells
     */
    record Tried(String said, List<String> refusals) {

        /** Takes a copy. */
        public Tried {
            refusals = List.copyOf(refusals);
        }
    }

    /** Logs in and out again, without changing anything. */
    default Tried test(SdkHttpClient http, Limits limits) throws RegistryException, InterruptedException {
        List<String> said = new ArrayList<>();
        try (RegistrySession session = open(http, limits, said::add)) {
            return new Tried(String.join(" ", said), session.refusals());
        }
    }
}
