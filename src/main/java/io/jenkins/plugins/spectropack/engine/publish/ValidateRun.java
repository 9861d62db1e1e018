package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The use case of checking: finds packs, checks all of them and sends nothing; needs neither a registry nor a credential. Runs
 * where the packs lie, in Jenkins on the agent.
 */
public final class ValidateRun {

    private final List<String> packs;
    private final Validation validation;
    private final Path folder;
    private final boolean confined;
    private final PublishListener listener;

    /**
     * Prepares a run, which happens once.
     *
     * @param packs folders of packs, or Ant patterns of folders
     * @param validation which findings make a pack invalid
     * @param folder what folders of packs are relative to, and what log lines name files relative to
     * @param confined whether packs must lie inside that folder, all links followed
     * @param listener is told the findings and how many there are
     */
    public ValidateRun(
            List<String> packs, Validation validation, Path folder, boolean confined, PublishListener listener) {
        this.packs = List.copyOf(packs);
        this.validation = validation;
        this.folder = folder;
        this.confined = confined;
        this.listener = listener;
    }

    /**
     * Checks the packs.
     *
     * @return what was found; that there is no such pack is told there, too
     * @throws IOException with a sentence if this machine fails
     * @throws InterruptedException if the thread was interrupted; all work has stopped then
     */
    public ValidateResult run() throws IOException, InterruptedException {
        List<PackChecker.Result> results;
        RunFindings findings = new RunFindings(validation, file -> PackChecks.display(folder, file));
        try (ProgressLog progress = new ProgressLog(listener)) {
            results = PackChecks.of(
                    PackChecks.folders(packs, folder, confined),
                    validation,
                    pack -> Optional.empty(),
                    findings,
                    progress);
        } catch (PackException e) {
            return new ValidateResult(List.of(), List.of(), "", e.getMessage());
        }
        List<CheckedPack> checked = results.stream()
                .map(result -> new CheckedPack(PackChecks.name(folder, result.folder()), result))
                .toList();
        findings.all().forEach(finding -> listener.log(finding.toString()));
        String summary = PackChecks.summary(results);
        listener.log(summary);
        long invalid = checked.stream().filter(pack -> !pack.isValid()).count();
        return new ValidateResult(checked, findings.all(), summary, invalid == 0 ? null : PackChecks.invalid(invalid));
    }
}
