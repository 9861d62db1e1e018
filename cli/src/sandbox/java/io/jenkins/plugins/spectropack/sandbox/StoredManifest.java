package io.jenkins.plugins.spectropack.sandbox;

import java.time.Instant;

/** A manifest as it was pushed, byte for byte. */
record StoredManifest(String digest, String mediaType, byte[] content, Instant pushedAt) {

    static StoredManifest of(String mediaType, byte[] content) {
        return new StoredManifest(Digests.of(content), mediaType, content, Instant.now());
    }
}
