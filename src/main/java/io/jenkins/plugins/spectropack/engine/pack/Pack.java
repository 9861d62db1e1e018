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
 * @param leftOut what lies in the folder without belonging to the pack, in a sentence for the log; empty if nothing does
 */
public record Pack(Path folder, PackMetadata metadata, long files, long bytes, String leftOut) {

    /**
     * How the pack differs from an archive, whoever made it: the same paths below the top-level folder with the same bytes and
     * links are the same files. Times, owners, modes, empty folders and what macOS adds do not count.
     *
     * @param archive a {@code .tar.gz}; what is not one differs, too. Read to its end, and closed
     * @throws IOException if the pack cannot be read, or the archive's stream fails
     */
    public PackDifference differenceTo(InputStream archive) throws IOException, InterruptedException {
        return ArchiveComparison.of(PackTree.of(folder, null), archive);
    }
}
