package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OCI image manifest of one pack archive: byte for byte what ORAS v1.0.0 uploads for one file. Palette's documentation
 * asks for that version, and ECR refused the shape of later ones.
 */
public final class ArtifactManifest {

    /** The media type that the manifest is stored under. */
    public static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

    /** The config blob: the two bytes {@code {}}. */
    static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

    static final String CONFIG_DIGEST = Digests.sha256(CONFIG);

    private static final String CONFIG_MEDIA_TYPE = "application/vnd.unknown.config.v1+json";
    private static final String LAYER_MEDIA_TYPE = "application/vnd.oci.image.layer.v1.tar";

    private ArtifactManifest() {}

    /**
     * Writes the manifest: compact JSON, this key order, no trailing newline.
     *
     * @param layer the archive
     * @param created when the artifact was made; whole seconds, UTC
     */
    public static byte[] of(ArtifactFile layer, Instant created) {
        return """
                {"schemaVersion":2,"mediaType":"%s",\
                "config":{"mediaType":"%s","digest":"%s","size":%d},\
                "layers":[{"mediaType":"%s","digest":"%s","size":%d,\
                "annotations":{"org.opencontainers.image.title":"%s"}}],\
                "annotations":{"org.opencontainers.image.created":"%s"}}""".formatted(
                        MEDIA_TYPE,
                        CONFIG_MEDIA_TYPE,
                        CONFIG_DIGEST,
                        CONFIG.length,
                        LAYER_MEDIA_TYPE,
                        layer.digest(),
                        layer.size(),
                        layer.title(),
                        created.truncatedTo(ChronoUnit.SECONDS))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes the manifest of an artifact without files, as {@code oras push HOST/REPOSITORY} of ORAS v1.0.0 sends it. Its time
     * is always the same one, so that its digest tells whether it was pushed before.
     */
    static byte[] empty() {
        return """
                {"schemaVersion":2,"mediaType":"%s",\
                "config":{"mediaType":"%s","digest":"%s","size":%d},\
                "layers":[],\
                "annotations":{"org.opencontainers.image.created":"1970-01-01T00:00:00Z"}}""".formatted(MEDIA_TYPE, CONFIG_MEDIA_TYPE, CONFIG_DIGEST, CONFIG.length)
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads which layer a manifest has, whoever wrote it.
     *
     * @return the layer, or nothing if this is not a manifest with exactly one layer
     */
    static Optional<Layer> layerOf(byte[] manifest) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(manifest);
        } catch (JacksonException e) {
            return Optional.empty();
        }
        JsonNode layers = root.path("layers");
        if (!layers.isArray() || layers.size() != 1) {
            return Optional.empty();
        }
        JsonNode layer = layers.get(0);
        if (!layer.path("digest").isString() || !layer.path("size").isIntegralNumber()) {
            return Optional.empty();
        }
        return Optional.of(
                new Layer(layer.path("digest").stringValue(), layer.path("size").longValue()));
    }

    /**
     * A layer of a manifest.
     *
     * @param digest {@code sha256:…}
     * @param size in bytes
     */
    public record Layer(String digest, long size) {}
}
