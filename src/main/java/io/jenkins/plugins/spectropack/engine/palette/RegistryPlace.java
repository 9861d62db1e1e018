package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.PackNamespace;
import java.util.Locale;

/**
 * A place in a registry, to compare what Palette reads with what was pushed to.
 *
 * @param host {@code HOST[:PORT]}; a scheme, a path and the port of HTTPS are taken off, but for the repository that the path
 *     of an Artifactory registry ends with, which begins the base path
 * @param basePath the part of repositories' names before {@code /spectro-packs/archive}, which is taken off; may be empty
 */
public record RegistryPlace(String host, String basePath) {

    /** Source: JFrog's "Docker registry", the repository path method: its API's path is no part of repositories' names. */
    private static final String ARTIFACTORY = "/artifactory/api/docker/";

    /** Takes a host and a path in any of the forms that people and Palette write them in. */
    public RegistryPlace {
        String address = host.strip();
        String path = address.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "");
        host = address.toLowerCase(Locale.ROOT)
                .replaceFirst("^[a-z][a-z0-9+.-]*://", "")
                .replaceFirst("[/?#].*$", "")
                .replaceFirst(":443$", "");
        basePath = PackNamespace.baseOf(asClients(path, basePath));
    }

    /** What clients of an Artifactory registry put before names, where Palette is told of its API's path. */
    private static String asClients(String address, String basePath) {
        int slash = address.indexOf('/');
        String path = slash < 0 ? "" : PackNamespace.withoutSlashes(address.substring(slash));
        String whole = (path.isEmpty() ? "" : "/" + path) + "/" + PackNamespace.withoutSlashes(basePath);
        return whole.startsWith(ARTIFACTORY) ? whole.substring(ARTIFACTORY.length()) : basePath;
    }

    /** {@code HOST/BASE}. */
    @Override
    public String toString() {
        return basePath.isEmpty() ? host : host + "/" + basePath;
    }
}
