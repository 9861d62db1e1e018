package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.Pack;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackFinder;
import io.jenkins.plugins.spectropack.engine.pack.Rule;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.util.Progress;
import io.jenkins.plugins.spectropack.engine.util.Progress.Activity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Checks all packs of a run, each by itself and against each other. Reads only. */
public final class PackChecks {

    private static final String PACKS = "packs";

    /** So many packs have all their findings in memory. */
    private static final int AT_ONCE = 250;

    private PackChecks() {}

    /**
     * Checks packs.
     *
     * @param folders of the packs; the same folder given twice counts once
     * @param problem what else is wrong with a pack
     * @param findings is told what was found
     * @param listener told how far it is
     * @return with the findings that are told of each pack
     * @throws IOException if the machine fails; what is wrong with a pack is told as findings
     */
    static List<PackChecker.Result> of(
            List<Path> folders,
            Validation validation,
            Function<Pack, Optional<Finding>> problem,
            RunFindings findings,
            PublishListener listener)
            throws IOException, InterruptedException {
        Map<Path, Path> distinct = new LinkedHashMap<>();
        folders.forEach(folder -> distinct.putIfAbsent(folder.toAbsolutePath().normalize(), folder));
        List<Path> all = List.copyOf(distinct.values());
        List<PackChecker.Result> results = new ArrayList<>();
        Map<String, Path> seen = new HashMap<>();
        AtomicInteger checked = new AtomicInteger();
        Runnable progress =
                () -> listener.progress(new Progress(Activity.CHECKING, PACKS, checked.getAndIncrement(), all.size()));
        progress.run();
        try {
            for (int i = 0; i < all.size(); i += AT_ONCE) {
                for (PackChecker.Result result :
                        check(all.subList(i, Math.min(all.size(), i + AT_ONCE)), validation, progress)) {
                    Optional<Finding> found =
                            result.pack().flatMap(pack -> duplicate(seen, pack).or(() -> problem.apply(pack)));
                    results.add(findings.add(
                            found.map(finding -> with(result, finding)).orElse(result)));
                }
            }
            return results;
        } finally {
            listener.progress(Progress.end(Activity.CHECKING, PACKS));
        }
    }

    private static List<PackChecker.Result> check(List<Path> folders, Validation validation, Runnable progress)
            throws IOException, InterruptedException {
        try {
            return Workers.run(folders, Runtime.getRuntime().availableProcessors(), folder -> {
                PackChecker.Result result = PackChecker.check(folder, validation);
                progress.run();
                return result;
            });
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("Checking failed in a way that was not foreseen", e.getCause());
        }
    }

    private static Optional<Finding> duplicate(Map<String, Path> seen, Pack pack) {
        Path other = seen.putIfAbsent(pack.metadata().toString(), pack.folder());
        return other == null
                ? Optional.empty()
                : Optional.of(Finding.of(
                        Rule.UNIQUE_VERSION,
                        "pack.json",
                        "Name and version are " + pack.metadata() + ", as in " + other
                                + ". Publish only one of them, or change a version."));
    }

    private static PackChecker.Result with(PackChecker.Result result, Finding finding) {
        List<Finding> findings = new ArrayList<>(result.findings());
        findings.add(finding);
        return new PackChecker.Result(result.folder(), Optional.empty(), findings);
    }

    /**
     * The folders that paths and patterns name.
     *
     * @param folder what they are relative to
     * @param confined whether they must lie inside it, all links followed
     * @throws io.jenkins.plugins.spectropack.engine.pack.PackException if a pattern matches nothing, or leads out
     */
    static List<Path> folders(List<String> patterns, Path folder, boolean confined) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String pattern : patterns) {
            folders.addAll(PackFinder.find(folder, pattern));
        }
        if (confined) {
            for (Path found : folders) {
                PackFinder.requireInside(folder, found);
            }
        }
        return folders;
    }

    /** A file as log lines name it: relative to a folder, if it lies below that. */
    static String display(Path folder, Path file) {
        Path path = file.normalize();
        return (path.startsWith(folder) ? folder.relativize(path) : path).toString();
    }

    /** A pack's folder as results name it: like a file, but the folder that it is relative to by its own name. */
    static String name(Path folder, Path pack) {
        String name = display(folder, pack);
        return name.isEmpty() ? String.valueOf(pack.toAbsolutePath().normalize().getFileName()) : name;
    }

    /** That some packs are invalid, in a sentence. */
    static String invalid(long count) {
        return count == 1 ? "1 pack is invalid." : count + " packs are invalid.";
    }

    /** How many packs were checked and what was found, in a sentence. */
    public static String summary(List<PackChecker.Result> results) {
        long errors = count(results, Finding.Severity.ERROR);
        long warnings = count(results, Finding.Severity.WARNING);
        return (results.size() == 1 ? "1 pack" : results.size() + " packs") + " checked: "
                + (errors == 1 ? "1 error, " : errors + " errors, ")
                + (warnings == 1 ? "1 warning." : warnings + " warnings.");
    }

    private static long count(List<PackChecker.Result> results, Finding.Severity severity) {
        return results.stream()
                .flatMap(result -> result.findings().stream())
                .filter(finding -> finding.severity() == severity)
                .mapToLong(Finding::count)
                .sum();
    }
}
