package io.jenkins.plugins.spectropack.engine.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An image layout in a folder. Each file appears under its name when it is whole; the index is replaced last. */
final class BundleFolder implements BundleFiles {

    private static final String PARTIAL = ".partial-";

    private final Path folder;
    private final BundleLock lock;

    /** Takes the folder, which need not exist before something is written. */
    BundleFolder(Path folder, BundleLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    @Override
    public void lock() throws IOException, InterruptedException {
        if (lock.isTaken()) {
            // What is partial now is what other threads of this run are writing.
            return;
        }
        Files.createDirectories(blobs());
        lock.take(folder.resolve(".run.lock"));
        removePartial();
    }

    private Path blobs() {
        return folder.resolve("blobs").resolve("sha256");
    }

    @Override
    public Optional<byte[]> index() throws IOException {
        Path index = folder.resolve(INDEX);
        if (!Files.exists(index)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(BundleFiles.regular(index))) {
            return Optional.of(stream.readNBytes(INDEX_LIMIT + 1));
        }
    }

    @Override
    public boolean has(String digest) {
        return Files.isRegularFile(folder.resolve(BundleFiles.path(digest)), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public InputStream open(String digest) throws IOException {
        return Files.newInputStream(BundleFiles.regular(folder.resolve(BundleFiles.path(digest))));
    }

    @Override
    public void add(String digest, InputStream content) throws IOException {
        replace(folder.resolve(BundleFiles.path(digest)), content);
    }

    @Override
    public void commit(byte[] index, Set<String> orphans) throws IOException {
        Path layout = folder.resolve(LAYOUT);
        if (!Files.exists(layout)) {
            replace(layout, new ByteArrayInputStream(LAYOUT_CONTENT.getBytes(StandardCharsets.UTF_8)));
        }
        replace(folder.resolve(INDEX), new ByteArrayInputStream(index));
        for (String orphan : orphans) {
            Files.deleteIfExists(folder.resolve(BundleFiles.path(orphan)));
        }
    }

    private static void replace(Path file, InputStream content) throws IOException {
        Path partial = file.resolveSibling(PARTIAL + UUID.randomUUID());
        try {
            Files.copy(content, partial);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void removePartial() throws IOException {
        for (Path place : new Path[] {folder, blobs()}) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(place, PARTIAL + "*")) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public boolean isStaged() {
        return false;
    }

    @Override
    public void finish() {
        // Each commit is to be seen at once.
    }

    @Override
    public void close() throws IOException {
        if (lock.isTaken()) {
            try {
                removePartial();
            } finally {
                lock.close();
            }
        }
    }
}
