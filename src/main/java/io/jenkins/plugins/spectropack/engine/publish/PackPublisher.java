package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Pack;
import io.jenkins.plugins.spectropack.engine.pack.PackArchiver;
import io.jenkins.plugins.spectropack.engine.pack.PackDifference;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.StreamedArchive;
import io.jenkins.plugins.spectropack.engine.registry.ArtifactFile;
import io.jenkins.plugins.spectropack.engine.registry.ArtifactManifest;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.RemoteManifest;
import io.jenkins.plugins.spectropack.engine.registry.TagState;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.Progress;
import io.jenkins.plugins.spectropack.engine.util.Progress.Activity;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import land.oras.Layer;

/** Publishes one pack after the other, or several at once by one thread each, through the session of one run. */
final class PackPublisher {

    private static final Logger LOGGER = Logger.getLogger(PackPublisher.class.getName());

    /** In bytes: more than most packs have. */
    private static final long MOST_KEPT = 4L * 1024 * 1024;

    private static final long PART_KEPT = 8;

    private final PublishSettings settings;
    private final EntryPoint entryPoint;
    private final RegistrySession session;
    private final PackArchiver archiver;
    private final PublishListener listener;

    PackPublisher(
            PublishSettings settings,
            EntryPoint entryPoint,
            RegistrySession session,
            PackArchiver archiver,
            PublishListener listener) {
        this.settings = settings;
        this.entryPoint = entryPoint;
        this.session = session;
        this.archiver = archiver;
        this.listener = listener;
    }

    /** Publishes one pack. What fails is told by the result. */
    PublishedPack publish(Pack pack) throws InterruptedException {
        String name = pack.metadata().name();
        PublishedPackBuilder result = new PublishedPackBuilder()
                .folder(entryPoint.name(pack.folder()))
                .pack(name, pack.metadata().version())
                .destination(session.host(), session.repository(name));
        PublishedPack ended;
        try {
            if (!pack.leftOut().isEmpty()) {
                log(pack, Printable.of(pack.leftOut()));
            }
            StreamedArchive archive = archive(pack);
            result.archive(archive.digest(), archive.size());
            listener.detail(pack.metadata() + ": archived " + archive.name() + ", " + Sizes.text(archive.size()) + ", "
                    + archive.digest() + ".");
            ended = publish(pack, archive, result);
        } catch (PackException e) {
            ended = result.failed(entryPoint.display(pack.folder().resolve(e.file())) + ": " + e.getMessage());
        } catch (IOException e) {
            ended = result.failed(Reasons.sentence(e));
        } catch (RuntimeException e) {
            // The packs beside it are none the worse for it.
            LOGGER.log(Level.FINE, e, () -> "Publishing " + pack.metadata() + " failed");
            ended = result.failed("It failed in a way that was not foreseen ("
                    + e.getClass().getName() + "). Please report this with the log at debug level.");
        } finally {
            Stream.of(Activity.ARCHIVING, Activity.UPLOADING)
                    .forEach(activity -> listener.progress(
                            Progress.end(activity, pack.metadata().toString())));
        }
        log(pack, sentence(ended));
        if (!session.isStaged()) {
            listener.ended(ended);
        }
        return ended;
    }

    private StreamedArchive archive(Pack pack) throws IOException, InterruptedException {
        String label = pack.metadata().toString();
        try {
            return archiver.stream(
                    pack,
                    kept(),
                    read -> listener.progress(new Progress(Activity.ARCHIVING, label, read, pack.bytes())));
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
    }

    /** How much of an archive may stay in memory, so that all that are made at once take a small part of it. */
    private int kept() {
        return (int) Math.min(MOST_KEPT, Runtime.getRuntime().maxMemory() / PART_KEPT / settings.parallel());
    }

    private PublishedPack publish(Pack pack, StreamedArchive archive, PublishedPackBuilder result)
            throws IOException, InterruptedException {
        String name = pack.metadata().name();
        String tag = pack.metadata().version();
        TagState state = settings.dryRun() ? session.find(name, tag) : session.prepare(name, tag);
        if (state instanceof TagState.Present present) {
            RemoteManifest remote = present.manifest();
            Optional<String> difference = difference(pack, archive, remote);
            if (difference.isEmpty()) {
                return existing(result, remote).ended(PublishedPack.Status.UNCHANGED);
            }
            switch (settings.ifExists()) {
                case SKIP -> {
                    return existing(result, remote).ended(PublishedPack.Status.SKIPPED);
                }
                case FAIL ->
                    throw new IOException(reference(pack) + " exists with other content (" + remote.digest() + "). "
                            + difference.get()
                            + " Raise the version in pack.json; or choose " + Setting.IF_EXISTS.with(IfExists.OVERWRITE)
                            + " to replace it or " + Setting.IF_EXISTS.with(IfExists.SKIP) + " to leave it.");
                case OVERWRITE -> {
                    requireMutable(pack);
                    result.replaces(remote.digest());
                    log(
                            pack,
                            "other content than that of " + reference(pack) + " (" + remote.digest() + "). "
                                    + difference.get());
                }
            }
        } else {
            sayWhatIsMissing(pack, state);
        }
        if (settings.dryRun()) {
            return result.ended(PublishedPack.Status.PLANNED);
        }
        session.provisionArchive();
        try {
            result.digest(push(pack, archive));
        } catch (RegistryException e) {
            if (e.getCause() instanceof PackException changed) {
                throw changed;
            }
            return overtaken(pack, archive, result, e);
        }
        return result.ended(
                state instanceof TagState.Present ? PublishedPack.Status.OVERWRITTEN : PublishedPack.Status.PUBLISHED);
    }

    /** A tag that cannot be moved may hold the same content by now, from somebody who published it a moment earlier. */
    private PublishedPack overtaken(
            Pack pack, StreamedArchive archive, PublishedPackBuilder result, RegistryException refusal)
            throws IOException, InterruptedException {
        if (refusal.code().equals("TAG_INVALID")
                && session.find(pack.metadata().name(), pack.metadata().version())
                        instanceof TagState.Present present) {
            if (difference(pack, archive, present.manifest()).isEmpty()) {
                return existing(result, present.manifest()).ended(PublishedPack.Status.UNCHANGED);
            }
            if (settings.ifExists() == IfExists.SKIP) {
                return existing(result, present.manifest()).ended(PublishedPack.Status.SKIPPED);
            }
        }
        throw refusal;
    }

    private void sayWhatIsMissing(Pack pack, TagState state) {
        if (state instanceof TagState.Unreadable unreadable) {
            log(
                    pack,
                    "whether it exists already could not be looked up, so it may be replaced. " + unreadable.reason());
        } else if (state instanceof TagState.NoRepository) {
            String repository = session.repository(pack.metadata().name());
            log(
                    pack,
                    session.createsRepositories()
                            ? "the repository " + repository + " would be created."
                            : "the repository " + repository + " does not exist, and creating repositories is switched"
                                    + " off (" + Setting.CREATE_REPOSITORIES.words()
                                    + "). This works only where the registry creates them on push.");
        }
    }

    /** The same pack as the registry has it. */
    static PublishedPackBuilder existing(PublishedPackBuilder result, RemoteManifest remote) {
        result.digest(remote.digest());
        remote.layer().ifPresentOrElse(layer -> result.archive(layer.getDigest(), layer.getSize()), result::noArchive);
        return result;
    }

    /**
     * What differs from the content that is there, in sentences; empty if it is the same. Another zlib gives the same files
     * another digest, and so does a person's tar; then the files themselves count.
     */
    private Optional<String> difference(Pack pack, StreamedArchive archive, RemoteManifest remote)
            throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        remote.otherShape(archive.name()).ifPresent(differences::add);
        if (remote.layer().isPresent()) {
            files(pack, archive, remote.layer().get()).ifPresent(differences::add);
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", differences));
    }

    private Optional<String> files(Pack pack, StreamedArchive archive, Layer layer)
            throws IOException, InterruptedException {
        if (layer.getDigest().equals(archive.digest())) {
            return Optional.empty();
        }
        try {
            PackDifference files = session.download(pack.metadata().name(), layer, stream -> {
                try {
                    return pack.differenceTo(stream);
                } catch (InterruptedException e) {
                    throw (IOException) new InterruptedIOException("interrupted").initCause(e);
                }
            });
            return files.isNone() ? Optional.empty() : Optional.of(files.toString());
        } catch (RegistryException e) {
            return Optional.of("The archive there could not be compared. " + e.getMessage());
        }
    }

    private void requireMutable(Pack pack) throws IOException, InterruptedException {
        Optional<String> immutable =
                session.immutability(pack.metadata().name(), pack.metadata().version());
        if (immutable.isPresent()) {
            throw new IOException(reference(pack) + " exists with other content and cannot be replaced: "
                    + immutable.get() + ". Raise the version in pack.json.");
        }
    }

    private String push(Pack pack, StreamedArchive archive) throws RegistryException, InterruptedException {
        ArtifactFile artifact = new ArtifactFile(archive::open, archive.name(), archive.digest(), archive.size());
        byte[] manifest = ArtifactManifest.of(artifact, entryPoint.time());
        String label = pack.metadata().toString();
        return session.push(
                pack.metadata().name(),
                pack.metadata().version(),
                artifact,
                manifest,
                sent -> listener.progress(new Progress(Activity.UPLOADING, label, sent, archive.size())));
    }

    private String reference(Pack pack) {
        return session.host() + "/" + session.repository(pack.metadata().name()) + ":"
                + pack.metadata().version();
    }

    /** How a pack ended, as the log tells it. */
    static String sentence(PublishedPack ended) {
        String where = ended.getReference() + " (" + ended.getDigest() + ")";
        return switch (ended.status()) {
            case PUBLISHED -> "PUBLISHED as " + where + ".";
            case OVERWRITTEN -> "OVERWRITTEN; " + where + " has the new content. " + ended.getWarning();
            case UNCHANGED -> "UNCHANGED; " + where + " has the same content.";
            case SKIPPED -> "SKIPPED; " + where + " exists with other content.";
            case PLANNED ->
                (ended.getReplacedDigest() == null
                                ? "PLANNED; it would be published as " + ended.getReference()
                                : "PLANNED; it would overwrite " + ended.getReference())
                        + ". This is a dry run, so nothing was sent.";
            case FAILED -> "FAILED. " + ended.getError();
        };
    }

    private void log(Pack pack, String text) {
        listener.log(pack.metadata() + ": " + text);
    }
}
