package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.PackNamespace;
import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A bundle: packs in an OCI image layout on this machine, to be carried to where no network goes. A folder, or one file where
 * the path ends in {@code .tar}. It is made where it does not exist, and what is there stays.
 */
public final class BundleTarget implements RegistryTarget {

    private static final long serialVersionUID = 1L;
    private static final String TAR = ".tar";

    private final String path;
    private final String place;

    private BundleTarget(String path, String place) {
        this.path = path;
        this.place = place;
    }

    /**
     * Names a bundle.
     *
     * @param path of a folder or a {@code .tar}, absolute or relative to where the run works
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static BundleTarget of(String path) {
        String typed = Objects.requireNonNullElse(path, "").strip();
        problem(typed).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new BundleTarget(typed, typed);
    }

    /** Says what is wrong with the path of a bundle; empty if it is fine. */
    public static Optional<String> problem(String path) {
        if (path == null || path.isBlank()) {
            return Optional.of("The path of the bundle is missing. Give a folder, or a file that ends in .tar.");
        }
        String typed = path.strip().toLowerCase(Locale.ROOT);
        if (typed.endsWith(".tar.gz") || typed.endsWith(".tgz") || typed.endsWith(".zip")) {
            return Optional.of(
                    "The bundle '" + path + "' cannot be compressed, which would gain nothing: the packs in it"
                            + " are. Give a folder, or a file that ends in .tar.");
        }
        return Optional.empty();
    }

    @Override
    public BundleTarget in(Path folder, boolean confined) throws RegistryException {
        Path resolved;
        try {
            resolved = folder.resolve(path);
        } catch (InvalidPathException e) {
            throw RegistryException.permanent("'" + path + "' cannot be the path of a bundle on this machine.");
        }
        if (!confined) {
            return new BundleTarget(path, resolved.toString());
        }
        // Without '..', which leads elsewhere after a link than it seems to.
        Path absolute = resolved.toAbsolutePath().normalize();
        if (!isInside(folder, absolute)) {
            throw RegistryException.permanent(
                    "The bundle " + path + " lies outside the workspace. Only bundles inside it are used.");
        }
        return new BundleTarget(path, absolute.toString());
    }

    private static boolean isInside(Path folder, Path file) throws RegistryException {
        Path existing = file;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        try {
            return existing != null && existing.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            throw RegistryException.permanent(
                    "The bundle " + file + " cannot be looked at: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public String describe() {
        return "the bundle " + path + ", " + names().archive();
    }

    @Override
    public boolean isReadByPalette() {
        return false;
    }

    @Override
    public RepositoryNames names() {
        return RepositoryNames.of(PackNamespace.PATH, RepositoryNames.Rules.OCI);
    }

    @Override
    public RegistrySession open(SdkHttpClient http, Limits limits, ProgressListener listener) throws RegistryException {
        BundleStore store = store(limits, listener);
        listener.log(
                store.isNew()
                        ? "The bundle " + path + " is new."
                        : "The bundle " + path + " is there already; what is in it stays.");
        return session(store, listener);
    }

    @Override
    public RegistrySession openToRead(SdkHttpClient http, Limits limits, ProgressListener listener)
            throws RegistryException {
        BundleStore store = Files.exists(Path.of(place)) ? store(limits, listener) : null;
        if (store == null || store.isNew()) {
            throw RegistryException.permanent("There is no bundle " + path + ". Copying or publishing to it makes it.");
        }
        return session(store, listener);
    }

    private BundleStore store(Limits limits, ProgressListener listener) throws RegistryException {
        BundleLock lock = new BundleLock(path, limits.answer(), listener);
        Path file = Path.of(place);
        if (!path.endsWith(TAR) && Files.isRegularFile(file)) {
            throw RegistryException.permanent(
                    "The bundle " + path + " is a file. Give a folder, or a file that ends in .tar.");
        }
        BundleFiles files = path.endsWith(TAR) ? new BundleTar(file, lock) : new BundleFolder(file, lock);
        BundleStore store = new BundleStore(Location.BUNDLE + path, files);
        store.open();
        return store;
    }

    private RegistrySession session(BundleStore store, ProgressListener listener) {
        return new RegistrySession(names(), store, new BundleProvisioner(store), store, listener);
    }

    @Override
    public String toString() {
        return "BundleTarget[" + path + "]";
    }
}
