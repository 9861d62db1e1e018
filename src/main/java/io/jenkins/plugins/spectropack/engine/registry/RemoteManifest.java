package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import land.oras.Layer;
import land.oras.Manifest;
import land.oras.exception.OrasException;
import tools.jackson.core.JacksonException;

/**
 * A manifest that a registry holds, whoever wrote it.
 *
 * @param digest {@code sha256:…} of its bytes
 * @param manifest what it says; nothing if it is no image manifest, but an index, say, or no JSON at all
 */
public record RemoteManifest(String digest, Optional<Manifest> manifest) {

    /** Reads the bytes of a manifest, which may be any. */
    static RemoteManifest of(byte[] bytes) {
        return new RemoteManifest(Digests.sha256(bytes), parse(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static Optional<Manifest> parse(String json) {
        if (!json.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Manifest.fromJson(json)).filter(read -> read.getLayers() != null);
        } catch (OrasException | JacksonException e) {
            return Optional.empty();
        }
    }

    /**
     * The layer, which holds a pack's archive.
     *
     * @return nothing if there is not exactly one, or it has no proper digest and size
     */
    public Optional<Layer> layer() {
        List<Layer> layers = manifest.map(Manifest::getLayers).orElse(List.of());
        return layers.size() == 1 ? Optional.ofNullable(layers.get(0)).filter(RemoteManifest::isWhole) : Optional.empty();
    }

    private static boolean isWhole(Layer layer) {
        return Digests.isSha256(layer.getDigest()) && layer.getSize() != null && layer.getSize() >= 0;
    }
}
