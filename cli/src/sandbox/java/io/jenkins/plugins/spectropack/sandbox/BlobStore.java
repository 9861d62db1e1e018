package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The content of blobs, in files, since tests publish archives that are bigger than the heap. */
final class BlobStore {

    private static final int BUFFER = 128 * 1024;

    private final Path folder;

    /**
     * Content that has arrived but is not stored yet.
     *
     * @param digest that the content has
     */
    record Incoming(Path file, String digest) {}

    BlobStore() throws IOException {
        folder = Files.createTempDirectory("ecr-sandbox");
    }

    /** Receives content up to its end; keeps nothing if that fails. */
    Incoming receive(InputStream content) throws IOException {
        Path file = Files.createTempFile(folder, "upload", ".part");
        MessageDigest digest = Digests.sha256();
        try {
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
                byte[] buffer = new byte[BUFFER];
                for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    out.write(buffer, 0, read);
                }
            }
            return new Incoming(file, "sha256:" + HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Stores content under its digest. */
    void keep(Incoming incoming) throws IOException {
        Files.move(incoming.file(), path(incoming.digest()), StandardCopyOption.ATOMIC_MOVE);
    }

    void discard(Incoming incoming) throws IOException {
        Files.deleteIfExists(incoming.file());
    }

    /** The file of the content with that digest. */
    Path path(String digest) {
        if (!Digests.isDigest(digest)) {
            throw new IllegalArgumentException("not a digest: " + digest);
        }
        return folder.resolve(digest.replace(':', '-'));
    }

    /** Deletes everything, if that was not done before. */
    void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(folder);
    }
}
