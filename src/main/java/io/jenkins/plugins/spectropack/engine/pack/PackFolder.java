package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** What somebody probably meant who named a folder that is no pack. */
final class PackFolder {

    private static final int LOOKED_AT = 1000;

    private PackFolder() {}

    /** A sentence with a space before it; empty if nothing can be said. */
    static String hint(Path folder) {
        SortedSet<String> packs = new TreeSet<>();
        SortedSet<String> others = new TreeSet<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            int seen = 0;
            for (Path child : children) {
                if (seen++ == LOOKED_AT) {
                    break;
                }
                String name = String.valueOf(child.getFileName());
                if (Files.isRegularFile(child.resolve(PackJson.FILE))) {
                    packs.add(name);
                } else if (isAlmost(name)) {
                    others.add(name);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Whoever may not look into it gets no hint.
            return "";
        }
        if (!others.isEmpty()) {
            return " There is a '" + others.first() + "': rename it.";
        }
        return packs.isEmpty()
                ? ""
                : " It holds packs, such as '" + packs.first() + "': name them, or use a pattern that ends with '/*'.";
    }

    private static boolean isAlmost(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case PackJson.FILE, "pack.jsn", "pack.json.txt", "package.json", "packs.json" -> true;
            default -> false;
        };
    }
}
