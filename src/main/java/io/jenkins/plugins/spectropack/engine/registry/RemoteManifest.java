package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.Printable;
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

    /** What ORAS has as config since v1.1. Source: OCI image specification 1.1, "Guidance for an Empty Descriptor". */
    private static final String EMPTY_CONFIG = "application/vnd.oci.empty.v1+json";

    /** Of ORAS 1.0 and of later versions. */
    private static final Set<String> CONFIGS = Set.of(ArtifactManifest.CONFIG_MEDIA_TYPE, EMPTY_CONFIG);

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
        return layers.size() == 1
                ? Optional.ofNullable(layers.get(0)).filter(RemoteManifest::isWhole)
                : Optional.empty();
    }

    /**
     * How it differs from the manifest that ORAS v1.0.0 pushes, apart from which archive it names: a version that a later ORAS
     * pushed, or with a path, has to be told from a right one, or it could never be mended.
     *
     * @param title the file name of the archive
     * @return in a sentence; empty if it has the same shape
     */
    public Optional<String> otherShape(String title) {
        if (manifest.isEmpty() || manifest.get().getConfig() == null) {
            return Optional.of("What is there is no image manifest.");
        }
        if (layer().isEmpty()) {
            return Optional.of("What is there has " + manifest.get().getLayers().size()
                    + " layers, or none that can be read, instead of one archive.");
        }
        String config = manifest.get().getConfig().getMediaType();
        if (manifest.get().getArtifactTypeAsString() != null || EMPTY_CONFIG.equals(config)) {
            return Optional.of(
                    "It was pushed by a later ORAS than v1.0.0, as an artifact that Palette does not expect.");
        }
        Layer layer = layer().get();
        String name =
                layer.getAnnotations() == null ? null : layer.getAnnotations().get(ArtifactManifest.TITLE);
        return other("type of config", config, ArtifactManifest.CONFIG_MEDIA_TYPE)
                .or(() -> other("type of layer", layer.getMediaType(), ArtifactManifest.LAYER_MEDIA_TYPE))
                .or(() -> other("file name", name, title));
    }

    private static Optional<String> other(String what, String found, String expected) {
        String is = found == null ? "no " + what : "the " + what + " '" + Printable.of(found) + "'";
        return expected.equals(found)
                ? Optional.empty()
                : Optional.of("It has " + is + " instead of '" + expected + "'.");
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
        return config().filter(config -> CONFIGS.contains(config.getMediaType()))
                        .isPresent()
                && layer().filter(layer -> layer.getMediaType() != null
                                && layer.getMediaType().startsWith(ArtifactManifest.LAYER_MEDIA_TYPE))
                        .isPresent();
    }

    private static boolean isWhole(Descriptor layer) {
        return Digests.isSha256(layer.getDigest()) && layer.getSize() != null && layer.getSize() >= 0;
    }
}
