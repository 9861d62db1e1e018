package io.jenkins.plugins.spectropack.engine.pack;

import java.nio.file.Path;

/**
 * A pack's archive on disk.
 *
 * @param file where it lies
 * @param name {@code NAME-VERSION.tar.gz}
 * @param digest {@code sha256:…} of its bytes
 * @param size in bytes
 */
public record PackArchive(Path file, String name, String digest, long size) {}
