package io.jenkins.plugins.spectropack.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Puts content into repositories as other publishers would, so that tests find it there. */
final class Artifacts {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.unknown.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private final Repositories repositories;
    private final BlobStore store;

    Artifacts(Repositories repositories, BlobStore store) {
        this.repositories = repositories;
        this.store = store;
    }

    String putBlob(String repository, InputStream content) throws IOException {
        BlobStore.Incoming incoming = store.receive(content);
        store.keep(incoming);
        repositories.addBlob(repository, incoming.digest());
        return incoming.digest();
    }

    String putManifest(String repository, String tag, String mediaType, byte[] content) {
        StoredManifest manifest = StoredManifest.of(mediaType, content);
        repositories.addManifest(repository, manifest);
        repositories.putTag(repository, tag, manifest.digest());
        return manifest.digest();
    }

    /** Source of the manifest, its key order included: what ORAS 1.0.0 uploads for one file. */
    String pushArchive(String repository, String version, InputStream archive) throws IOException {
        byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
        String config = putBlob(repository, new ByteArrayInputStream(empty));
        String layer = putBlob(repository, archive);
        String file = repository.substring(repository.lastIndexOf('/') + 1) + "-" + version + ".tar.gz";

        Map<String, Object> layerDescriptor = descriptor(LAYER, layer, Files.size(store.path(layer)));
        layerDescriptor.put("annotations", Map.of("org.opencontainers.image.title", file));
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("schemaVersion", 2);
        manifest.put("mediaType", MANIFEST);
        manifest.put("config", descriptor(CONFIG, config, empty.length));
        manifest.put("layers", new Object[] {layerDescriptor});
        manifest.put(
                "annotations",
                Map.of(
                        "org.opencontainers.image.created",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        return putManifest(repository, version, MANIFEST, JsonMapper.shared().writeValueAsBytes(manifest));
    }

    private static Map<String, Object> descriptor(String mediaType, String digest, long size) {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", digest);
        descriptor.put("size", size);
        return descriptor;
    }
}
