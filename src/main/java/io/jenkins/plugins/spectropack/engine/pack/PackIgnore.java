package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.tools.ant.types.selectors.SelectorUtils;

/**
 * What lies in a pack's folder without belonging to the pack: files of version control, which hold tokens at times and differ in
 * each checkout, files that macOS keeps its notes in, and what the pack's {@code .packignore} names. A folder is left out with
 * everything in it.
 */
final class PackIgnore {

    /** Ant patterns, one a line, relative to the pack's folder; lines that begin with {@code #} are comments. */
    static final String FILE = ".packignore";

    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_PATTERNS = 200;

    /** Source: GNU tar's manual, "Excluding Some Files", the option {@code --exclude-vcs}; {@code .hgsub} is Mercurial's. */
    private static final Set<String> VERSION_CONTROL = Set.of(
            "CVS",
            ".cvsignore",
            "RCS",
            "SCCS",
            ".git",
            ".gitignore",
            ".gitattributes",
            ".gitmodules",
            ".svn",
            ".arch-ids",
            "{arch}",
            "=RELEASE-ID",
            "=meta-update",
            "=update",
            ".bzr",
            ".bzrignore",
            ".bzrtags",
            ".hg",
            ".hgignore",
            ".hgrags",
            ".hgsub",
            ".hgsubstate",
            ".hgtags",
            "_darcs");

    private final List<String> patterns;

    private PackIgnore(List<String> patterns) {
        this.patterns = patterns;
    }

    /** Why something is left out. */
    enum Reason {
        VERSION_CONTROL,
        NAMED,
        OTHER
    }

    /**
     * Reads a pack's {@code .packignore}, if it has one.
     *
     * @throws PackException if it cannot be read, or is none
     */
    static PackIgnore of(Path folder) throws PackException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new PackIgnore(List.of());
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new PackException(FILE, "It must be a file, not a link or a folder.");
        }
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new PackException(FILE, "The file cannot be read: " + Reasons.of(e) + ".");
        }
        List<String> patterns = new ArrayList<>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            String pattern = line.strip().replace('\\', '/');
            if (pattern.startsWith("!")) {
                throw new PackException(
                        FILE, "The line '" + pattern + "' begins with '!', which Ant patterns do not have. Remove it.");
            }
            if (!pattern.isEmpty() && !pattern.startsWith("#")) {
                patterns.add(normal(pattern));
            }
        }
        if (bytes.length > MAX_BYTES || patterns.size() > MAX_PATTERNS) {
            throw new PackException(
                    FILE,
                    "The file has more than " + MAX_BYTES / 1024 + " KiB or " + MAX_PATTERNS
                            + " patterns. Write fewer, such as drafts/** for a whole folder.");
        }
        return new PackIgnore(patterns);
    }

    private static String normal(String pattern) {
        String text = pattern;
        while (text.startsWith("./") || text.startsWith("/")) {
            text = text.substring(text.indexOf('/') + 1);
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * Why a file or folder is left out.
     *
     * @param path relative to the pack's folder, with {@code /}
     * @return null if it belongs to the pack
     * @throws PackException if {@code .packignore} names what no pack can do without
     */
    Reason reason(String path) throws PackException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (VERSION_CONTROL.contains(name)) {
            return Reason.VERSION_CONTROL;
        }
        if (isOfMacOs(name) || path.equals(FILE)) {
            return Reason.OTHER;
        }
        for (String pattern : patterns) {
            if (SelectorUtils.matchPath(asHere(pattern), asHere(path), true)) {
                if (path.equals(PackJson.FILE)) {
                    throw new PackException(
                            FILE, "The pattern '" + pattern + "' leaves out pack.json, so this would be no pack.");
                }
                return Reason.NAMED;
            }
        }
        return null;
    }

    /** Ant compares paths as this machine writes them. */
    private static String asHere(String path) {
        return path.replace('/', File.separatorChar);
    }

    /** Whether a name is one of the files that macOS keeps its own notes in, and its tar adds. */
    static boolean isOfMacOs(String name) {
        return name.startsWith("._") || name.equals(".DS_Store");
    }
}
