package io.jenkins.plugins.spectropack.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * A file to be pushed as the single layer of an artifact.
 *
 * @param content its bytes
 * @param title the file name that a client gives it when it pulls the artifact; letters, digits, {@code . _ -} only
 * @param digest {@code sha256:…} of its bytes
 * @param size in bytes
 */
public record ArtifactFile(Content content, String title, String digest, long size) {

    // The title is written into JSON as it is; pack names and versions cannot hold anything else.
    private static final Pattern TITLE = Pattern.compile("[A-Za-z0-9._-]+");

    /** Where the bytes of a file come from. */
    @FunctionalInterface
    public interface Content {

        /** Reads them from their start, once for each try; whoever opens the stream closes it. */
        InputStream open() throws IOException;
    }

    /** Checks the title. */
    public ArtifactFile {
        if (!TITLE.matcher(title).matches()) {
            throw new IllegalArgumentException("Not a plain file name: " + title);
        }
    }
}
