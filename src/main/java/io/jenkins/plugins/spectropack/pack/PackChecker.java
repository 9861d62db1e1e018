package io.jenkins.plugins.spectropack.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a folder that is to be published as a pack. Reads only; runs where the files lie. */
public final class PackChecker {

    private PackChecker() {}

    /**
     * What a check found.
     *
     * @param folder that was checked
     * @param pack nothing if the pack cannot be published
     * @param findings what is wrong or doubtful
     */
    public record Result(Path folder, Optional<Pack> pack, List<Finding> findings) {

        /** Findings are in the order in which a reader would look for them. */
        public Result {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Checks one pack.
     *
     * @throws IOException if the machine fails; what is wrong with the pack is told as findings
     */
    public static Result check(Path folder, Validation validation) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            String message = Files.exists(folder)
                    ? "It is not a folder. A pack is a folder that holds a pack.json."
                    : "There is no such folder.";
            return new Result(folder, Optional.empty(), List.of(Finding.error(".", message)));
        }
        PackJson.Result json = PackJson.read(folder);
        List<Finding> findings = new ArrayList<>(json.findings());
        PackTree tree = null;
        try {
            tree = PackTree.of(folder, null);
        } catch (PackException e) {
            if (findings.stream().noneMatch(e.finding()::equals)) {
                findings.add(e.finding());
            }
        }
        boolean publishable = tree != null && json.metadata().isPresent();
        if (validation != Validation.OFF && Files.exists(folder.resolve(PackJson.FILE), LinkOption.NOFOLLOW_LINKS)) {
            findings.addAll(structure(folder));
        }
        boolean valid = findings.stream().noneMatch(validation::rejects);
        Optional<Pack> pack = valid && publishable
                ? Optional.of(new Pack(folder, json.metadata().get(), tree.files(), tree.bytes()))
                : Optional.empty();
        return new Result(folder, pack, findings);
    }

    private static List<Finding> structure(Path folder) {
        List<Finding> findings = new ArrayList<>();
        if (!Files.isRegularFile(folder.resolve("values.yaml"))) {
            findings.add(Finding.error(
                    "values.yaml", "The file is missing. Palette needs it, even if it is empty: add one."));
        }
        if (!Files.isRegularFile(folder.resolve("logo.png"))) {
            findings.add(Finding.warning("logo.png", "The file is missing. Palette shows it: add a PNG image."));
        }
        if (!Files.isRegularFile(folder.resolve("README.md"))) {
            findings.add(
                    Finding.warning("README.md", "The file is missing. Palette shows it: say what the pack does."));
        }
        return findings;
    }
}
