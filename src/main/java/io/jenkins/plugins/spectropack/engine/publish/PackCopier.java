package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistrySession;
import io.jenkins.plugins.spectropack.engine.registry.RemoteManifest;
import io.jenkins.plugins.spectropack.engine.registry.TagState;
import io.jenkins.plugins.spectropack.engine.util.Progress;
import io.jenkins.plugins.spectropack.engine.util.Progress.Activity;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.util.Optional;

/** Copies one version after the other, or several at once by one thread each, through the two sessions of one run. */
final class PackCopier {

    private final CopySettings settings;
    private final RegistrySession source;
    private final RegistrySession target;
    private final PublishListener listener;

    PackCopier(CopySettings settings, RegistrySession source, RegistrySession target, PublishListener listener) {
        this.settings = settings;
        this.source = source;
        this.target = target;
        this.listener = listener;
    }

    /**
     * Copies one version. What fails is told by the result.
     *
     * @param named whether the user named this very version; what else is no pack is left alone
     * @return nothing for what is left alone
     */
    Optional<PublishedPack> copy(PackSelector version, boolean named) throws InterruptedException {
        PublishedPackBuilder result = new PublishedPackBuilder()
                .pack(version.name(), version.reference())
                .destination(target.host(), target.repository(version.name()));
        PublishedPack ended;
        try {
            RemoteManifest manifest = source.manifest(version.name(), version.reference())
                    .orElseThrow(() -> new IOException(from(version) + " does not exist."));
            if (!manifest.isPack()) {
                String what = from(version) + " is no pack: its manifest (" + manifest.digest()
                        + ") is not that of one archive.";
                if (!named) {
                    listener.log(version + ": left alone. " + what);
                    return Optional.empty();
                }
                throw new IOException(what);
            }
            result.source(source.host() + "/" + source.repository(version.name()) + "@" + manifest.digest());
            manifest.layer().ifPresent(layer -> result.archive(layer.getDigest(), layer.getSize()));
            ended = copy(version, manifest, result);
        } catch (IOException e) {
            ended = result.failed(e.getMessage());
        } finally {
            listener.progress(Progress.end(Activity.UPLOADING, version.toString()));
        }
        listener.log(version + ": " + PackPublisher.sentence(ended));
        if (!target.isStaged()) {
            listener.ended(ended);
        }
        return Optional.of(ended);
    }

    private PublishedPack copy(PackSelector version, RemoteManifest manifest, PublishedPackBuilder result)
            throws IOException, InterruptedException {
        String name = version.name();
        String tag = version.reference();
        TagState state = settings.dryRun() ? target.find(name, tag) : target.prepare(name, tag);
        if (state instanceof TagState.Present present) {
            Optional<PublishedPack> settled = settle(version, manifest, present.manifest(), result);
            if (settled.isPresent()) {
                return settled.get();
            }
        } else if (state instanceof TagState.Unreadable unreadable) {
            listener.log(version + ": whether it exists already could not be looked up, so it may be replaced. "
                    + unreadable.reason());
        }
        if (settings.dryRun()) {
            return result.ended(PublishedPack.Status.PLANNED);
        }
        target.provisionArchive();
        long size = manifest.layer().orElseThrow().getSize();
        try {
            result.digest(target.copy(
                    source,
                    name,
                    tag,
                    manifest,
                    sent -> listener.progress(new Progress(Activity.UPLOADING, version.toString(), sent, size))));
        } catch (RegistryException e) {
            // A tag that cannot be moved may be there by now, from somebody who copied it a moment earlier.
            if (e.code().equals("TAG_INVALID") && target.find(name, tag) instanceof TagState.Present present) {
                Optional<PublishedPack> settled = settle(version, manifest, present.manifest(), result);
                if (settled.isPresent()) {
                    return settled.get();
                }
            }
            throw e;
        }
        return result.ended(
                state instanceof TagState.Present ? PublishedPack.Status.OVERWRITTEN : PublishedPack.Status.PUBLISHED);
    }

    /** What becomes of a version that is there; nothing if it is to be replaced. */
    private Optional<PublishedPack> settle(
            PackSelector version, RemoteManifest wanted, RemoteManifest present, PublishedPackBuilder result)
            throws IOException, InterruptedException {
        if (present.digest().equals(wanted.digest())) {
            return Optional.of(PackPublisher.existing(result, present).ended(PublishedPack.Status.UNCHANGED));
        }
        String there = to(version) + " exists with other content (" + present.digest() + " instead of "
                + wanted.digest()
                + (isSameArchive(wanted, present) ? "; the archive is the same, but not what is said of it" : "") + ")";
        return switch (settings.ifExists()) {
            case SKIP -> Optional.of(PackPublisher.existing(result, present).ended(PublishedPack.Status.SKIPPED));
            case FAIL ->
                throw new IOException(there + ". Choose " + Setting.IF_EXISTS.with(IfExists.OVERWRITE)
                        + " to replace it or " + Setting.IF_EXISTS.with(IfExists.SKIP) + " to leave it.");
            case OVERWRITE -> {
                Optional<String> immutable = target.immutability(version.name(), version.reference());
                if (immutable.isPresent()) {
                    throw new IOException(there + " and cannot be replaced: " + immutable.get() + ".");
                }
                result.replaces(present.digest());
                yield Optional.empty();
            }
        };
    }

    private static boolean isSameArchive(RemoteManifest one, RemoteManifest other) {
        return one.layer()
                .flatMap(layer ->
                        other.layer().filter(present -> present.getDigest().equals(layer.getDigest())))
                .isPresent();
    }

    private String from(PackSelector version) {
        return source.host() + "/" + source.repository(version.name()) + ":" + version.reference();
    }

    private String to(PackSelector version) {
        return target.host() + "/" + target.repository(version.name()) + ":" + version.reference();
    }
}
