package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.PackUnpacker;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.RemoteManifest;
import io.jenkins.plugins.spectropack.engine.util.PartFile;
import io.jenkins.plugins.spectropack.engine.util.Progress;
import io.jenkins.plugins.spectropack.engine.util.Progress.Activity;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import land.oras.Layer;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The use case of pulling: gets one version of a pack out of a registry, checks it, and unpacks it into a folder, which appears
 * when it is whole. Runs where the folder is to be, in Jenkins on the agent.
 */
public final class PullRun {

    /** More than all files of any pack; an archive that unpacks to more is none. */
    private static final long LIMIT = 16L * 1024 * 1024 * 1024;

    private static final int SHORT_DIGEST = 12;

    private final PullSettings settings;
    private final RegistryTarget target;
    private final EntryPoint entryPoint;
    private final Path temporaryFolder;
    private final PublishListener listener;

    /**
     * Prepares a run, which happens once.
     *
     * @param temporaryFolder an existing folder for the archive, which does not stay in it
     */
    public PullRun(
            PullSettings settings,
            RegistryTarget target,
            EntryPoint entryPoint,
            Path temporaryFolder,
            PublishListener listener) {
        this.settings = settings;
        this.target = target;
        this.entryPoint = entryPoint;
        this.temporaryFolder = temporaryFolder;
        this.listener = listener;
    }

    /**
     * What was pulled.
     *
     * @param place the folder with the pack's files, or the archive
     * @param digest {@code sha256:…} of the manifest
     */
    public record Pulled(Path place, String digest) {}

    /**
     * Pulls.
     *
     * @throws IOException with a sentence that says why nothing was pulled; nothing half is left then
     * @throws InterruptedException if the thread was interrupted; the same holds
     */
    public Pulled run() throws IOException, InterruptedException {
        Path place = place();
        requireFree(place);
        listener.log("The pack comes from " + target.describe() + ".");
        try (ProgressLog progress = new ProgressLog(listener);
                RunFolder temporary = RunFolder.in(temporaryFolder, listener::log);
                SdkHttpClient http = entryPoint.client(target.trust());
                RegistrySession session = target.in(entryPoint.folder(), entryPoint.confined())
                        .openToRead(http, entryPoint.limits(), listener)) {
            PackSelector pack = settings.pack();
            RemoteManifest manifest = session.manifest(pack.name(), pack.reference())
                    .orElseThrow(() -> new IOException(session.host() + " has no " + pack + " below "
                            + target.names().archive() + "."));
            Layer layer = manifest.layer()
                    .filter(any -> manifest.isPack())
                    .orElseThrow(() -> new IOException(pack + " at " + session.host() + " is no pack: its manifest ("
                            + manifest.digest() + ") is not that of one archive."));
            if (layer.getSize() > LIMIT) {
                throw new IOException(session.host() + " says that the archive of " + pack + " has " + layer.getSize()
                        + " bytes, which no pack has. It was not pulled.");
            }
            Path archive = temporary.path().resolve("archive.tar.gz");
            session.download(
                    pack.name(),
                    layer,
                    archive,
                    received -> progress.progress(
                            new Progress(Activity.DOWNLOADING, pack.toString(), received, layer.getSize())));
            if (settings.archive()) {
                keep(archive, place);
            } else {
                unpack(archive, place);
            }
            listener.log(pack + ": pulled from " + session.host() + ", " + Sizes.text(layer.getSize()) + ", "
                    + manifest.digest() + ".");
            return new Pulled(place, manifest.digest());
        }
    }

    private Path place() throws IOException {
        PackSelector pack = settings.pack();
        int colon = pack.reference().indexOf(':');
        String version = colon < 0 ? pack.reference() : pack.reference().substring(colon + 1, colon + 1 + SHORT_DIGEST);
        String name = pack.name() + "-" + version;
        Path folder = entryPoint.folder();
        Path place = settings.archive()
                ? folder.resolve(settings.output()).resolve(name + ".tar.gz")
                : folder.resolve(settings.output().isEmpty() ? name : settings.output());
        if (entryPoint.confined()) {
            Path existing = place.toAbsolutePath().normalize();
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            if (!existing.toRealPath().startsWith(folder.toRealPath())) {
                throw new IOException(
                        place + " lies outside the workspace. Packs are pulled to where the workspace is only.");
            }
        }
        return place;
    }

    private void requireFree(Path place) throws IOException {
        if (settings.replaces() || !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean empty = false;
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.list(place)) {
                empty = files.findAny().isEmpty();
            }
        }
        if (!empty) {
            throw new IOException(place + " exists already and was left as it is. Give another as "
                    + Setting.OUTPUT.words() + ", or " + Setting.REPLACE.words() + " to replace it.");
        }
    }

    private static void keep(Path archive, Path place) throws IOException {
        Files.createDirectories(place.toAbsolutePath().getParent());
        Path part = PartFile.beside(place);
        try {
            Files.copy(archive, part);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void unpack(Path archive, Path wanted) throws IOException, InterruptedException {
        Path place = wanted.toAbsolutePath().normalize();
        Files.createDirectories(place.getParent());
        Path part = Files.createDirectory(PartFile.beside(place));
        try {
            try (InputStream stream = Files.newInputStream(archive)) {
                PackUnpacker.unpack(stream, part, LIMIT);
            } catch (PackException e) {
                throw e;
            } catch (IOException e) {
                throw new IOException(
                        settings.pack() + " could not be unpacked: " + e.getMessage() + ". Keep the archive with "
                                + Setting.KEEP_ARCHIVE.words() + ", and look at it.",
                        e);
            }
            replace(part, place);
        } finally {
            delete(part);
        }
    }

    private static void replace(Path part, Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(part, place);
            return;
        }
        Path old = PartFile.beside(place);
        Files.move(place, old);
        try {
            Files.move(part, place);
        } catch (IOException e) {
            Files.move(old, place);
            throw e;
        }
        delete(old);
    }

    /** Follows no link. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
