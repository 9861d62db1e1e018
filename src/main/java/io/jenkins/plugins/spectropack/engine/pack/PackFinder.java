package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.tools.ant.DirectoryScanner;

/** Finds the folders that a user means by a path or by an Ant pattern such as {@code packs/*}. Only reads. */
public final class PackFinder {

    private PackFinder() {}

    /**
     * Finds folders.
     *
     * @param base what a relative pattern starts from
     * @param pattern a folder, or a pattern of folders with {@code *}, {@code **} or {@code ?}
     * @return one folder for a path, which need not exist; for a pattern all that match, sorted; where it ends in {@code **},
     *     those that hold a {@code pack.json}
     * @throws PackException if the pattern matches no folder, or is none
     */
    public static List<Path> find(Path base, String pattern) throws PackException {
        String text = pattern.strip();
        if (text.isEmpty()) {
            throw new PackException(
                    ".",
                    "The folder of the pack is not given. Name a folder, or a pattern of folders"
                            + " such as packs/*.");
        }
        try {
            return isPattern(text)
                    ? matches(base, text)
                    : List.of(base.resolve(text).normalize());
        } catch (InvalidPathException e) {
            throw new PackException(".", "'" + text + "' is not a path or pattern of folders.");
        }
    }

    /**
     * Makes sure that a folder lies inside another, all links followed.
     *
     * @param base for example a workspace
     * @throws PackException if it does not
     */
    public static void requireInside(Path base, Path folder) throws IOException {
        if (Files.exists(folder) && !folder.toRealPath().startsWith(base.toRealPath())) {
            throw new PackException(
                    ".", "The folder " + folder + " lies outside the workspace. Only packs inside it are published.");
        }
    }

    private static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    private static List<Path> matches(Path base, String pattern) throws PackException {
        String[] parts = pattern.replace('\\', '/').split("/");
        int fixed = 0;
        while (!isPattern(parts[fixed])) {
            fixed++;
        }
        String start = String.join("/", List.of(parts).subList(0, fixed));
        Path folder = start.isEmpty() && pattern.startsWith("/")
                ? base.getFileSystem().getPath("/")
                : base.resolve(start).normalize();
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            DirectoryScanner scanner = new DirectoryScanner();
            scanner.setBasedir(folder.toAbsolutePath().toFile());
            scanner.setIncludes(new String[] {String.join("/", List.of(parts).subList(fixed, parts.length))});
            scanner.setCaseSensitive(true);
            scanner.scan();
            boolean anyDepth = parts[parts.length - 1].equals("**");
            for (String match : scanner.getIncludedDirectories()) {
                Path pack = folder.resolve(match);
                // At any depth most folders are parts of packs, or hold some.
                if (!anyDepth || Files.exists(pack.resolve("pack.json"))) {
                    found.add(pack);
                }
            }
        }
        if (found.isEmpty()) {
            throw new PackException(
                    ".", "The pattern '" + pattern + "' matches no folder below " + base.toAbsolutePath() + ".");
        }
        found.sort(null);
        return found;
    }
}
