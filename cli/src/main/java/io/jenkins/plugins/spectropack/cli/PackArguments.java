package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.PackFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The packs that a command is about. */
final class PackArguments {

    @Parameters(paramLabel = "PACK", arity = "1..*", description = "A folder, or a pattern such as 'packs/*'.")
    private List<String> packs;

    /** As they were typed. */
    List<String> patterns() {
        return packs;
    }

    /** A folder as results name it: the current one by its own name. */
    static String display(Path folder) {
        return folder.toString().isEmpty()
                ? folder.toAbsolutePath().getFileName().toString()
                : folder.toString();
    }

    /** The folders that were meant, sorted for each pattern. */
    List<Path> folders() throws IOException {
        return folders(packs);
    }

    /** The folders that paths and patterns name, from the current folder on. */
    static List<Path> folders(List<String> packs) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String pack : packs) {
            folders.addAll(PackFinder.find(Path.of(""), pack));
        }
        return folders;
    }
}
