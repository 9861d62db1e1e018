package io.jenkins.plugins.spectropack.engine.registry;

import java.util.Optional;

/**
 * A manifest that a registry holds.
 *
 * @param digest {@code sha256:…} of its bytes
 * @param layer its layer; nothing if it is not an artifact with exactly one
 */
public record RemoteManifest(String digest, Optional<ArtifactManifest.Layer> layer) {}
