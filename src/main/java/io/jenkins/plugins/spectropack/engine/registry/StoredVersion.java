package io.jenkins.plugins.spectropack.engine.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a pack that a registry holds, as far as the registry tells.
 *
 * @param version its tag
 * @param digest {@code sha256:…} of its manifest
 * @param size of its archive in bytes; empty where it is no artifact with one layer
 * @param pushedAt when it was pushed; empty where the registry does not tell
 */
public record StoredVersion(String version, String digest, Optional<Long> size, Optional<Instant> pushedAt) {}
