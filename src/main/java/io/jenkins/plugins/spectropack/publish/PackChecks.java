package io.jenkins.plugins.spectropack.publish;

import io.jenkins.plugins.spectropack.pack.Finding;
import io.jenkins.plugins.spectropack.pack.Pack;
import io.jenkins.plugins.spectropack.pack.PackChecker;
import io.jenkins.plugins.spectropack.pack.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Checks all packs of a run, each by itself and against each other. Reads only. */
public final class PackChecks {

    private PackChecks() {}

    /**
     * Checks packs.
     *
     * @param folders of the packs; the same folder given twice counts once
     * @throws IOException if the machine fails; what is wrong with a pack is told as findings
     */
    public static List<PackChecker.Result> of(List<Path> folders, Validation validation)
            throws IOException, InterruptedException {
        return of(folders, validation, pack -> Optional.empty());
    }

    static List<PackChecker.Result> of(
            List<Path> folders, Validation validation, Function<Pack, Optional<String>> problem)
            throws IOException, InterruptedException {
        Map<Path, Path> distinct = new LinkedHashMap<>();
        folders.forEach(folder -> distinct.putIfAbsent(folder.toAbsolutePath().normalize(), folder));
        List<PackChecker.Result> results = new ArrayList<>();
        Map<String, Path> seen = new HashMap<>();
        for (Path folder : distinct.values()) {
            PackChecker.Result result = PackChecker.check(folder, validation);
            Optional<String> found =
                    result.pack().flatMap(pack -> duplicate(seen, pack).or(() -> problem.apply(pack)));
            results.add(found.map(text -> withError(result, text)).orElse(result));
        }
        return results;
    }

    private static Optional<String> duplicate(Map<String, Path> seen, Pack pack) {
        Path other = seen.putIfAbsent(pack.metadata().toString(), pack.folder());
        return other == null
                ? Optional.empty()
                : Optional.of("Name and version are " + pack.metadata() + ", as in " + other
                        + ". Publish only one of them, or change a version.");
    }

    private static PackChecker.Result withError(PackChecker.Result result, String text) {
        List<Finding> findings = new ArrayList<>(result.findings());
        findings.add(Finding.error("pack.json", text));
        return new PackChecker.Result(result.folder(), Optional.empty(), findings);
    }
}
