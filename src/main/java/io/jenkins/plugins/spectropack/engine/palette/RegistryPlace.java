package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.PackNamespace;
import java.util.Locale;

/**
 * A place in a registry, to compare what Palette reads with what was pushed to.
 *
 * @param host {@code HOST[:PORT]}; a scheme, a path and the port of HTTPS are taken off
 * @param basePath the part of repositories' names before {@code /spectro-packs/archive}, which is taken off; may be empty
 */
public record RegistryPlace(String host, String basePath) {

    /** Takes a host and a path in any of the forms that people and Palette write them in. */
    public RegistryPlace {
        host = host.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^[a-z][a-z0-9+.-]*://", "")
                .replaceFirst("[/?#].*$", "")
                .replaceFirst(":443$", "");
        basePath = PackNamespace.baseOf(basePath);
    }

    /** {@code HOST/BASE}. */
    @Override
    public String toString() {
        return basePath.isEmpty() ? host : host + "/" + basePath;
    }
}
