package io.jenkins.plugins.spectropack.engine.registry;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file to be pushed as the single layer of an artifact.
 *
 * @param path where it lies
 * @param title the file name that a client gives it when it pulls the artifact; letters, digits, {@code . _ -} only
 * @param digest {@code sha256:…} of its bytes
 * @param size in bytes
 */
public record ArtifactFile(Path path, String title, String digest, long size) {

    // The title is written into JSON as it is; pack names and versions cannot hold anything else.
    private static final Pattern TITLE = Pattern.compile("[A-Za-z0-9._-]+");

    /** Checks the title. */
    public ArtifactFile {
        if (!TITLE.matcher(title).matches()) {
            throw new IllegalArgumentException("Not a plain file name: " + title);
        }
    }
}
