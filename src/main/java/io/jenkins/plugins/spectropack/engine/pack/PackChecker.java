package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
            return new Result(folder, Optional.empty(), List.of(Finding.of(Rule.PACK_FOLDER, ".", message)));
        }
        PackJson json = null;
        FindingList findings = new FindingList();
        try {
            json = PackJson.read(folder);
        } catch (PackJson.Problem e) {
            findings.add(e.finding());
        }
        PackTree tree = null;
        Optional<Finding> unarchivable = Optional.empty();
        try {
            tree = PackTree.of(folder, null);
        } catch (PackException e) {
            unarchivable = Optional.of(e.finding());
        }
        Inspection pack = new Inspection(folder, json, tree, findings);
        KeyRules.needed(pack);
        unarchivable
                .filter(finding -> findings.all().stream()
                        .noneMatch(other -> other.message().equals(finding.message())))
                .ifPresent(findings::add);
        if (validation != Validation.OFF && Files.exists(folder.resolve(PackJson.FILE), LinkOption.NOFOLLOW_LINKS)) {
            contents(pack);
        }
        List<Finding> found = findings.all();
        boolean valid = found.stream().noneMatch(validation::rejects);
        Optional<PackMetadata> metadata = json == null ? Optional.empty() : json.metadata();
        Optional<Pack> publishable = valid && tree != null && metadata.isPresent()
                ? Optional.of(new Pack(folder, metadata.get(), tree.files(), tree.bytes(), tree.leftOutSentence()))
                : Optional.empty();
        return new Result(folder, publishable, found);
    }

    private static void contents(Inspection pack) throws InterruptedException {
        KeyRules.documented(pack);
        SpellingRules.json(pack);
        VocabularyRules.check(pack);
        ConstraintRules.check(pack);
        ContentRules.check(pack);
        Optional<Set<String>> charts = ChartRules.check(pack);
        boolean manifestsInValues = ValuesRules.check(pack, charts);
        ManifestRules.check(pack);
        PresetRules.check(pack);
        Set<String> copies = LeftoverRules.check(pack, charts, manifestsInValues);
        SecretRules.check(pack, copies);
        PresentationRules.check(pack);
    }
}
