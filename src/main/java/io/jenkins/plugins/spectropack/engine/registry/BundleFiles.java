package io.jenkins.plugins.spectropack.engine.registry;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The files of an OCI image layout, wherever they lie. Source: OCI image format specification 1.1, "Image Layout". What is
 * written becomes visible at once and whole, or not at all, whenever the run dies.
 */
interface BundleFiles extends Closeable {

    /** The file that says that a folder is an image layout. */
    String LAYOUT = "oci-layout";

    /** The content of that file. */
    String LAYOUT_CONTENT = "{\"imageLayoutVersion\":\"1.0.0\"}";

    /** The file that names the manifests. */
    String INDEX = "index.json";

    /** No index is longer. */
    int INDEX_LIMIT = 16 * 1024 * 1024;

    /**
     * A file that can be read to its end: somebody else may have put a pipe or a device there.
     *
     * @throws NoSuchFileException if nothing is there
     */
    static Path regular(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("'" + file.getFileName() + "' is no file");
        }
        return file;
    }

    /** The path of a blob. */
    static String path(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    /**
     * Keeps all others from writing, until {@link #close}; waits for who writes now.
     *
     * @throws IOException with a sentence if it takes too long
     */
    void lock() throws IOException, InterruptedException;

    /** The index; nothing if there is no bundle yet. */
    Optional<byte[]> index() throws IOException;

    /** Whether a blob is there, whole or not. */
    boolean has(String digest) throws IOException;

    /**
     * Reads a blob, which may be damaged.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    InputStream open(String digest) throws IOException;

    /**
     * Adds a blob, or puts a whole one in the place of a damaged one.
     *
     * @param content is checked while it is read: throws if it is not what the digest says
     */
    void add(String digest, InputStream content) throws IOException;

    /**
     * Makes an index the present one.
     *
     * @param orphans digests of blobs that nothing refers to any more
     */
    void commit(byte[] index, Set<String> orphans) throws IOException;

    /** Whether what is committed can be seen only after {@link #finish}. */
    boolean isStaged();

    /** Makes all that was committed visible, where that has not happened yet. */
    void finish() throws IOException, InterruptedException;
}
