package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import land.oras.Config;
import land.oras.Descriptor;
import land.oras.Layer;
import land.oras.Manifest;
import land.oras.exception.OrasException;
import tools.jackson.core.JacksonException;

/**
 * A manifest that a registry holds, whoever wrote it.
 *
 * @param digest {@code sha256:…} of its bytes
 * @param content its bytes
 * @param manifest what it says; nothing if it is no image manifest, but an index, say, or no JSON at all
 */
public record RemoteManifest(String digest, byte[] content, Optional<Manifest> manifest) {

    /** Of ORAS 1.0 and of later versions. */
    private static final Set<String> CONFIGS =
            Set.of(ArtifactManifest.CONFIG_MEDIA_TYPE, "application/vnd.oci.empty.v1+json");

    /** Reads the bytes of a manifest, which may be any. */
    static RemoteManifest of(byte[] bytes) {
        return new RemoteManifest(Digests.sha256(bytes), bytes, parse(new String(bytes, StandardCharsets.UTF_8)));
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

    /** The config, which is a blob like the layer. */
    public Optional<Config> config() {
        return manifest.map(Manifest::getConfig).filter(RemoteManifest::isWhole);
    }

    /**
     * Whether this is the shape in which packs are pushed, by whatever version of ORAS: one layer that is an archive, and a
     * config that says nothing. An image of a container is not.
     */
    public boolean isPack() {
        return config().filter(config -> CONFIGS.contains(config.getMediaType())).isPresent()
                && layer().filter(layer -> layer.getMediaType() != null
                                && layer.getMediaType().startsWith(ArtifactManifest.LAYER_MEDIA_TYPE))
                        .isPresent();
    }

    private static boolean isWhole(Descriptor layer) {
        return Digests.isSha256(layer.getDigest()) && layer.getSize() != null && layer.getSize() >= 0;
    }
}
