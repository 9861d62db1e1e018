package io.jenkins.plugins.spectropack.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is in the registry of {@link EcrSandbox}: to be looked at, and to be changed behind the back of those who use it. */
public abstract class EcrContent {

    private final Repositories repositories = new Repositories();
    private final Pages pages = new Pages();
    private final BlobStore store = new BlobStore();
    private final Artifacts artifacts = new Artifacts(repositories, store);
    private final RepositoryActions actions;
    private final ImageActions images;

    EcrContent(Account account, String registryHost) throws IOException {
        actions = new RepositoryActions(account, repositories, registryHost, pages);
        images = new ImageActions(account, repositories, actions, pages);
    }

    final Repositories repositoryStore() {
        return repositories;
    }

    final BlobStore store() {
        return store;
    }

    final RepositoryActions actions() {
        return actions;
    }

    final ImageActions imageActions() {
        return images;
    }

    /** No list of the API has more elements at once, so that short lists have pages too. */
    public void pages(int elements) {
        pages.most(elements);
    }

    /** All repositories, by name. */
    public List<Repository> repositories() {
        return repositories.all();
    }

    /** The repository of that name. */
    public Optional<Repository> repository(String name) {
        return repositories.find(name);
    }

    /** Adds a repository. */
    public Repository createRepository(String name, boolean immutable) {
        return actions.create(name, immutable);
    }

    /** The tags of a repository with the digests they point to. */
    public Map<String, String> tags(String repository) {
        return repositories.tags(repository);
    }

    /** The exact bytes of the manifest with a tag or digest. */
    public Optional<byte[]> manifest(String repository, String reference) {
        return repositories.manifest(repository, reference).map(StoredManifest::content);
    }

    /** Whether a repository has a blob. */
    public boolean hasBlob(String repository, String digest) {
        return repositories.hasBlob(repository, digest);
    }

    /** A blob's content as a file, which must not be changed and is gone when the sandbox is closed. */
    public Path blob(String repository, String digest) throws IOException {
        if (!repositories.hasBlob(repository, digest)) {
            throw new NoSuchFileException(digest, null, "There is no such blob in " + repository);
        }
        return store.path(digest);
    }

    /** Moves a tag to a manifest that is there, whatever the repository's settings say. */
    public void putTag(String repository, String tag, String digest) {
        repositories.putTag(repository, tag, digest);
    }

    /** Removes a tag; what it pointed to stays. */
    public void removeTag(String repository, String tag) {
        repositories.removeTag(repository, tag);
    }

    /** Adds a blob; returns its digest. */
    public String putBlob(String repository, byte[] content) throws IOException {
        return artifacts.putBlob(repository, new ByteArrayInputStream(content));
    }

    /** Adds a manifest as it is, unchecked, and moves a tag to it; returns its digest. */
    public String putManifest(String repository, String tag, String mediaType, byte[] content) {
        return artifacts.putManifest(repository, tag, mediaType, content);
    }

    /**
     * Adds an archive as {@code oras push HOST/REPOSITORY:VERSION NAME-VERSION.tar.gz} of ORAS 1.0.0 does, NAME being the last
     * part of the repository's name; returns the manifest's digest.
     */
    public String pushArchive(String repository, String version, byte[] archive) throws IOException {
        return artifacts.pushArchive(repository, version, new ByteArrayInputStream(archive));
    }

    /** As {@link #pushArchive(String, String, byte[])}, for an archive of any size. */
    public String pushArchive(String repository, String version, Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return artifacts.pushArchive(repository, version, in);
        }
    }
}
