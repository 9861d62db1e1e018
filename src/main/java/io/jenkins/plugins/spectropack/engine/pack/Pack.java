package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A pack that can be archived: a folder whose {@code pack.json} was read and whose files were all found readable.
 *
 * @param folder the pack's folder
 * @param metadata what its {@code pack.json} says
 * @param files how many files and links it holds
 * @param bytes the size of all its files
 */
public record Pack(Path folder, PackMetadata metadata, long files, long bytes) {

    /**
     * Whether an archive, whoever made it, holds the same files as the pack: the same paths below its top-level folder with
     * the same bytes, links and executable bits. Times, owners and empty folders do not count. Stops reading at the first
     * difference.
     *
     * @param archive a {@code .tar.gz}
     * @return false also for something that is not such an archive
     * @throws IOException if the pack cannot be read, or the archive's stream fails
     */
    public boolean hasSameFilesAs(InputStream archive) throws IOException, InterruptedException {
        return ArchiveComparison.isSame(PackTree.of(folder, null), archive);
    }
}
