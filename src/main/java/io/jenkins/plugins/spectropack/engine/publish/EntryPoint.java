package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.PackArchiver;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * What a run gets from whoever starts it, the command line or an agent of Jenkins: where it works and how it reaches servers.
 * Belongs to one machine and is never sent.
 *
 * @param folder what folders of packs are relative to, and what log lines name files relative to
 * @param confined whether packs must lie inside that folder, all links followed
 * @param time the time of all that is made, in archives and manifests, so that the same pack has the same digest on every day:
 *     {@code SOURCE_DATE_EPOCH}, or else {@link PackArchiver#DEFAULT_TIME}
 * @param http makes an HTTP client with this machine's proxy, or throws {@link IllegalArgumentException} with a sentence if
 *     that is not the address of one; the run closes it
 * @param limits how long to wait for servers, and how often to try again
 */
public record EntryPoint(
        Path folder, boolean confined, Instant time, Function<TlsTrust, SdkHttpClient> http, Limits limits) {

    /**
     * The time of all that is made.
     *
     * @param epoch what {@code SOURCE_DATE_EPOCH} says, seconds since 1970
     * @throws IllegalArgumentException with a sentence if it says something else
     */
    public static Instant time(Optional<String> epoch) {
        epoch.filter(text -> !text.matches("[0-9]{1,11}")).ifPresent(text -> {
            throw new IllegalArgumentException("SOURCE_DATE_EPOCH is '" + Printable.of(text)
                    + "', but must be a number of seconds since 1970, or not set.");
        });
        return epoch.map(Long::valueOf).map(Instant::ofEpochSecond).orElse(PackArchiver.DEFAULT_TIME);
    }

    /** The same with other limits. */
    public EntryPoint with(Limits others) {
        return new EntryPoint(folder, confined, time, http, others);
    }

    /**
     * Makes an HTTP client, which the caller closes.
     *
     * @throws RegistryException if this machine's proxy is not the address of one
     */
    SdkHttpClient client(TlsTrust trust) throws RegistryException {
        try {
            return http.apply(trust);
        } catch (IllegalArgumentException e) {
            throw RegistryException.permanent(e.getMessage(), e);
        }
    }

    /** A pack's folder as results name it. */
    String name(Path pack) {
        return PackChecks.name(folder, pack);
    }

    /** A file as log lines name it. */
    String display(Path file) {
        return PackChecks.display(folder, file);
    }
}
