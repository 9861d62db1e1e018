package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Setting;
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
     * @return one folder for a path, which need not exist; for a pattern all that match, sorted, without those that Jenkins keeps
     *     beside workspaces and without hidden ones that are no packs; for a pattern that ends with {@code **}, packs only
     * @throws PackException if the pattern matches no folder, or is none
     */
    public static List<Path> find(Path base, String pattern) throws PackException {
        String text = pattern.strip();
        if (text.isEmpty()) {
            throw new PackException(
                    ".",
                    "The folder of the pack is not given. Give " + Setting.PACKS.words()
                            + ": a folder, or a pattern of folders" + " such as packs/*.");
        }
        try {
            if (isPattern(text)) {
                return matches(base, text);
            }
            Path folder = base.resolve(text).normalize();
            if (text.indexOf(',') >= 0 && !Files.exists(folder)) {
                throw new PackException(
                        ".",
                        "There is no folder '" + text
                                + "'. A comma separates nothing here: name one folder, or a pattern"
                                + " that matches several, such as packs/*.");
            }
            return List.of(folder);
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
        boolean packsOnly = parts[parts.length - 1].equals("**");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            DirectoryScanner scanner = new DirectoryScanner();
            scanner.setBasedir(folder.toAbsolutePath().toFile());
            scanner.setIncludes(new String[] {String.join("/", List.of(parts).subList(fixed, parts.length))});
            scanner.setCaseSensitive(true);
            scanner.scan();
            for (String match : scanner.getIncludedDirectories()) {
                Path candidate = folder.resolve(match).normalize();
                if (isMeant(candidate, match.replace('\\', '/'), packsOnly)) {
                    found.add(candidate);
                }
            }
        }
        if (found.isEmpty()) {
            throw new PackException(
                    ".",
                    "The pattern '" + pattern + "' matches no folder " + (packsOnly ? "that holds a pack.json " : "")
                            + "below " + base.toAbsolutePath() + ".");
        }
        found.sort(null);
        return found;
    }

    /**
     * Whether somebody who wrote a pattern can have meant a folder.
     *
     * @param match where it is, from the pattern's fixed part on
     */
    private static boolean isMeant(Path folder, String match, boolean packsOnly) {
        List<String> names = List.of(match.split("/"));
        if (names.stream().anyMatch(PackFinder::isOfJenkins)) {
            return false;
        }
        boolean hidden = names.get(names.size() - 1).startsWith(".");
        return !(hidden || packsOnly) || Files.isRegularFile(folder.resolve(PackJson.FILE));
    }

    /** Source: Jenkins' WorkspaceList (tmp) and the plugins for Pipelines from source control (script, libs). */
    private static boolean isOfJenkins(String name) {
        return name.endsWith("@tmp") || name.endsWith("@script") || name.endsWith("@libs");
    }
}
