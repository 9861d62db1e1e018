package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.Rule;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a run tells of what it found in all its packs: so many findings, then of each rule how many more there are. Log, JSON, SARIF
 * and a build's record have the same ones, so none of them grows with the number of packs. Not safe for several threads.
 */
final class RunFindings {

    /** So many are told one by one. */
    static final int MOST = 1_000;

    /** The longest list of findings that a run or a pack of it has. */
    static final int LONGEST = MOST + 2 * Rule.values().length;

    private final Validation validation;
    private final Function<Path, String> display;
    private final List<PackFinding> told = new ArrayList<>();
    private final Map<Rule, Long> more = new EnumMap<>(Rule.class);

    /**
     * Begins with none.
     *
     * @param validation which findings make a pack invalid
     * @param display names a file
     */
    RunFindings(Validation validation, Function<Path, String> display) {
        this.validation = validation;
        this.display = display;
    }

    /**
     * Adds what was found in the next pack.
     *
     * @return the same with the findings that are told of it: one that is invalid keeps its first reason, whatever there was before
     */
    PackChecker.Result add(PackChecker.Result result) {
        List<Finding> all = result.findings();
        List<Finding> kept = all.subList(0, Math.min(all.size(), MOST - told.size()));
        kept.forEach(finding ->
                told.add(new PackFinding(display.apply(result.folder().resolve(finding.file())), finding)));
        if (kept.size() == all.size()) {
            return result;
        }
        List<Finding> rest = all.subList(kept.size(), all.size());
        rest.forEach(finding -> more.merge(finding.rule(), finding.count(), Long::sum));
        return new PackChecker.Result(result.folder(), result.pack(), withCounts(kept, rest));
    }

    private List<Finding> withCounts(List<Finding> kept, List<Finding> rest) {
        List<Finding> findings = new ArrayList<>(kept);
        Optional<Finding> reason = kept.stream().anyMatch(validation::rejects)
                ? Optional.empty()
                : rest.stream().filter(validation::rejects).findFirst();
        reason.ifPresent(findings::add);
        Map<Rule, Long> counts = new EnumMap<>(Rule.class);
        rest.stream()
                .filter(finding -> finding != reason.orElse(null))
                .forEach(finding -> counts.merge(finding.rule(), finding.count(), Long::sum));
        counts.forEach((rule, count) -> findings.add(Finding.more(rule, ".", count)));
        return findings;
    }

    /** What is told of all packs, with files as the log names them. */
    List<PackFinding> all() {
        return Stream.concat(
                        told.stream(),
                        more.entrySet().stream()
                                .map(rule -> new PackFinding(".", Finding.more(rule.getKey(), rule.getValue()))))
                .toList();
    }
}
