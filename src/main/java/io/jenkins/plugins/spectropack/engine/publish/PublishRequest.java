package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Validation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to publish and how, apart from the registry.
 *
 * @param base what log lines name folders relative to, such as the workspace
 * @param folders of the packs
 * @param name what {@code pack.json} must say, for one pack only; empty for anything
 * @param version what {@code pack.json} must say, for one pack only; empty for anything
 * @param ifExists what to do with a tag that exists with other content
 * @param validation how strictly packs are checked
 * @param dryRun whether to do all but change the registry
 * @param parallel how many packs are published at once, at least 1
 * @param temporaryFolder an existing folder for archives; nothing stays in it
 * @param time the time of all that is made: {@code SOURCE_DATE_EPOCH}; empty for fixed times inside archives and the
 *     present one in manifests
 */
public record PublishRequest(
        Path base,
        List<Path> folders,
        String name,
        String version,
        IfExists ifExists,
        Validation validation,
        boolean dryRun,
        int parallel,
        Path temporaryFolder,
        Optional<Instant> time) {

    /** How many packs are published at once unless the user says otherwise. */
    public static final int DEFAULT_PARALLEL = 4;

    /** A file as log lines name it. */
    String display(Path file) {
        Path path = file.normalize();
        return (path.startsWith(base) ? base.relativize(path) : path).toString();
    }

    /** Blank means not given. */
    public PublishRequest {
        folders = List.copyOf(folders);
        name = name == null ? "" : name.strip();
        version = version == null ? "" : version.strip();
        if (parallel < 1) {
            throw new IllegalArgumentException("The number of packs that are published at once must be at least 1.");
        }
    }
}
