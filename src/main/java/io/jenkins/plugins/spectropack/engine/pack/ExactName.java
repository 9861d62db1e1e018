package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Names as the file system holds them. On Windows and macOS a name in any case leads to a file; where the archive is unpacked, only the
 * right one does.
 */
final class ExactName {

    private ExactName() {}

    /**
     * Whether each name of a path is spelled as the file system has it.
     *
     * @param root from which on names are compared, a real path
     * @param file that exists, below it
     */
    static boolean is(Path root, Path file) throws IOException {
        for (Path path = file.normalize(); path != null && !path.equals(root); path = path.getParent()) {
            Path held = path.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName();
            if (!String.valueOf(held).equals(String.valueOf(path.getFileName()))) {
                return false;
            }
        }
        return true;
    }
}
