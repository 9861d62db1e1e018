package io.jenkins.plugins.spectropack.engine.publish;

/** Collects what is known about a pack while it is published. */
final class PublishedPackBuilder {
    String folder;
    String name;
    String version;
    String repository;
    String host;
    String digest;
    String replacedDigest;
    String archiveDigest;
    Long archiveSize;
    String source;

    /** What is known about a pack that was published. */
    static PublishedPackBuilder of(PublishedPack pack) {
        PublishedPackBuilder builder = new PublishedPackBuilder()
                .folder(pack.getFolder())
                .pack(pack.getName(), pack.getVersion())
                .destination(pack.host(), pack.getRepository())
                .digest(pack.getDigest())
                .replaces(pack.getReplacedDigest())
                .source(pack.getSource());
        builder.archiveDigest = pack.getArchiveDigest();
        builder.archiveSize = pack.getArchiveSize();
        return builder;
    }

    PublishedPackBuilder folder(String value) {
        folder = value;
        return this;
    }

    PublishedPackBuilder pack(String name, String version) {
        this.name = name;
        this.version = version;
        return this;
    }

    PublishedPackBuilder destination(String host, String repository) {
        this.host = host;
        this.repository = repository;
        return this;
    }

    PublishedPackBuilder source(String reference) {
        source = reference;
        return this;
    }

    PublishedPackBuilder archive(String digest, long size) {
        archiveDigest = digest;
        archiveSize = size;
        return this;
    }

    PublishedPackBuilder noArchive() {
        archiveDigest = null;
        archiveSize = null;
        return this;
    }

    PublishedPackBuilder digest(String value) {
        digest = value;
        return this;
    }

    PublishedPackBuilder replaces(String otherDigest) {
        replacedDigest = otherDigest;
        return this;
    }

    PublishedPack ended(PublishedPack.Status status) {
        return new PublishedPack(this, status.name(), null, null);
    }

    PublishedPack failed(String error) {
        digest = null;
        replacedDigest = null;
        return new PublishedPack(this, PublishedPack.Status.FAILED.name(), error, null);
    }
}
