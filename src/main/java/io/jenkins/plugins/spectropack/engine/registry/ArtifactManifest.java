package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import land.oras.Config;
import land.oras.Descriptor;
import land.oras.Layer;
import land.oras.Manifest;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OCI image manifest of one pack archive: byte for byte what ORAS v1.0.0 uploads for one file. Palette's documentation
 * asks for that version, and ECR refused the shape of later ones.
 *
 * <p>It is described by the ORAS Java SDK's model and written here, because the SDK writes its model with other keys in another
 * order, and a manifest's digest is that of its bytes.
 */
public final class ArtifactManifest {

    /** The media type that the manifest is stored under. */
    public static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

    /** The content of the config blob. */
    private static final byte[] CONFIG_CONTENT = "{}".getBytes(StandardCharsets.UTF_8);

    private static final Layer CONFIG_BLOB = Layer.fromDigest(Digests.sha256(CONFIG_CONTENT), CONFIG_CONTENT.length);
    static final String CONFIG_MEDIA_TYPE = "application/vnd.unknown.config.v1+json";
    static final String LAYER_MEDIA_TYPE = "application/vnd.oci.image.layer.v1.tar";
    static final String TITLE = "org.opencontainers.image.title";
    private static final String CREATED = "org.opencontainers.image.created";

    /** The config blob that each manifest names: the two bytes {@code {}}. */
    static final Config CONFIG = Config.fromBlob(CONFIG_MEDIA_TYPE, CONFIG_BLOB);

    private ArtifactManifest() {}

    /** Hands on the bytes of {@link #CONFIG}. */
    static void sendConfig(Store.Sink sink) throws IOException, InterruptedException {
        sink.accept(new ByteArrayInputStream(CONFIG_CONTENT));
    }

    /**
     * Describes the manifest of an archive and writes it: compact JSON, no trailing newline.
     *
     * @param archive the only layer
     * @param created when the artifact was made; whole seconds, UTC
     */
    public static byte[] of(ArtifactFile archive, Instant created) {
        Layer layer = Layer.fromDigest(archive.digest(), archive.size())
                .withMediaType(LAYER_MEDIA_TYPE)
                .withAnnotations(Map.of(TITLE, archive.title()));
        return write(manifest(List.of(layer), created));
    }

    /**
     * Writes the manifest of an artifact without files, as {@code oras push HOST/REPOSITORY} of ORAS v1.0.0 sends it. Its time
     * is always the same one, so that its digest tells whether it was pushed before.
     */
    static byte[] empty() {
        return write(manifest(List.of(), Instant.EPOCH));
    }

    private static Manifest manifest(List<Layer> layers, Instant created) {
        return Manifest.empty()
                .withConfig(CONFIG)
                .withLayers(layers)
                .withAnnotations(
                        Map.of(CREATED, created.truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    /** The keys in the order of ORAS v1.0.0, which is that of the structures in its source; annotations are sorted. */
    private static byte[] write(Manifest manifest) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", manifest.getSchemaVersion());
        json.put("mediaType", manifest.getMediaType());
        json.put("config", json(manifest.getConfig()));
        json.put(
                "layers",
                manifest.getLayers().stream().map(ArtifactManifest::json).toList());
        json.put("annotations", new TreeMap<>(manifest.getAnnotations()));
        return JsonMapper.shared().writeValueAsBytes(json);
    }

    private static Map<String, Object> json(Descriptor blob) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mediaType", blob.getMediaType());
        json.put("digest", blob.getDigest());
        json.put("size", blob.getSize());
        if (blob.getAnnotations() != null && !blob.getAnnotations().isEmpty()) {
            json.put("annotations", new TreeMap<>(blob.getAnnotations()));
        }
        return json;
    }
}
