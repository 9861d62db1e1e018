package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.AbstractBuild;
import hudson.model.Api;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.engine.publish.ValidateResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import jenkins.model.RunAction2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build published, copied and retired, on its page and one of its own, in the REST API and, for later steps of a freestyle
 * build, in the environment. There is one for each build, however many steps and branches add to it.
 */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class PublishedPacksAction implements EnvironmentContributingAction, RunAction2 {

    /** How many findings a build keeps, whatever its packs hold: as many as one step tells. */
    private static final int MAXIMUM_FINDINGS = PublishResult.MOST_FINDINGS;

    /** How many packs have variables of their own. */
    private static final int MAXIMUM_NUMBERED = 100;

    // Parallel branches add to them while others save the build.
    private final List<StepRecord> steps = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;

    private PublishedPacksAction() {}

    @Override
    public void onAttached(Run<?, ?> build) {
        run = build;
    }

    @Override
    public void onLoad(Run<?, ?> build) {
        run = build;
    }

    /** The build that the page is of. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** The page in the REST API. */
    public Api getApi() {
        return new Api(this);
    }

    /** That of a build, which gets one if it has none. */
    static PublishedPacksAction of(Run<?, ?> run) {
        synchronized (run) {
            PublishedPacksAction action = run.getAction(PublishedPacksAction.class);
            if (action == null) {
                action = new PublishedPacksAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /** The record of a step that began before, or a new one. */
    synchronized StepRecord step(@CheckForNull String id) {
        return steps.stream()
                .filter(step -> id != null && id.equals(step.id()))
                .findFirst()
                .orElseGet(() -> {
                    StepRecord step = new StepRecord(id);
                    steps.add(step);
                    return step;
                });
    }

    /** Keeps how a step ended, and as many of its findings as there is room for. */
    synchronized List<PublishedPack> ended(StepRecord step, PublishResult result) {
        Set<PackFinding> others = findingsOfOthers(step);
        return step.ended(result, others, Math.max(0, MAXIMUM_FINDINGS - others.size()));
    }

    /** The same for a step that only checks. */
    synchronized void checked(StepRecord step, ValidateResult result) {
        Set<PackFinding> others = findingsOfOthers(step);
        step.checked(result, others, Math.max(0, MAXIMUM_FINDINGS - others.size()));
    }

    private Set<PackFinding> findingsOfOthers(StepRecord step) {
        return steps.stream()
                .filter(other -> other != step)
                .flatMap(other -> other.getFindings().stream())
                .collect(Collectors.toSet());
    }

    /** What the steps did, in the order in which they began. */
    List<StepRecord> getSteps() {
        return List.copyOf(steps);
    }

    /** Whether there is anything to show; a step that has begun has nothing yet. */
    public boolean isShown() {
        return steps.stream().anyMatch(step -> !step.isEmpty());
    }

    /** What the pages show, as it is now. */
    public PacksView getView() {
        return new PacksView(List.copyOf(steps));
    }

    /** The rows of the page, and whether more may come. Reads only. */
    public HttpResponse doRows() {
        PacksView view = getView();
        boolean placeShown = view.isPlaceShown();
        return new RowsResponse(
                run.isBuilding(),
                view.isPaletteUsed(),
                view.getRows().stream().map(row -> row.toMap(placeShown)).toList());
    }

    /** What steps found that only checked, in sentences. */
    @Exported(name = "checks", visibility = 2)
    public List<String> getChecks() {
        return steps.stream().map(StepRecord::getCheck).filter(Objects::nonNull).toList();
    }

    /** All packs, in the order in which steps began. */
    public List<PublishedPack> getPacks() {
        return steps.stream().flatMap(step -> step.getPacks().stream()).toList();
    }

    /** What was found in the packs, each once, up to a limit. */
    public List<PackFinding> getFindings() {
        return steps.stream()
                .flatMap(step -> step.getFindings().stream())
                .distinct()
                .toList();
    }

    /** How many more findings there were. */
    @Exported(name = "moreFindings", visibility = 2)
    public long getMoreFindings() {
        return steps.stream().mapToLong(StepRecord::getMoreFindings).sum();
    }

    /** What went wrong with Palette after packs were published, in the order in which steps began. */
    @Exported(name = "paletteProblems", visibility = 2)
    public List<String> getPaletteProblems() {
        return steps.stream()
                .map(StepRecord::getPaletteProblem)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The findings for the REST API. */
    @Exported(name = "findings", visibility = 2)
    public List<Map<String, Object>> getExportedFindings() {
        return getFindings().stream().map(PackFinding::toMap).toList();
    }

    /** All packs for the REST API. */
    @Exported(name = "packs", visibility = 2)
    public List<Map<String, Object>> getExportedPacks() {
        return getPacks().stream().map(PublishedPack::toMap).toList();
    }

    /** What became of versions that were looked at to retire them. */
    public List<RetiredPack> getRetired() {
        return steps.stream().flatMap(step -> step.getRetired().stream()).toList();
    }

    /** The same for the REST API. */
    @Exported(name = "retired", visibility = 2)
    public List<Map<String, Object>> getExportedRetired() {
        return getRetired().stream().map(RetiredPack::toMap).toList();
    }

    /** How what became of a version is to look, as {@link PackRow#getStatusTone} says. */
    public String tone(RetiredPack pack) {
        if (pack.is(RetiredPack.Status.FAILED)) {
            return "bad";
        }
        return pack.is(RetiredPack.Status.RETIRED) ? "good" : "neutral";
    }

    /**
     * {@code SPECTRO_PACK_REFERENCE} and others for the last pack, {@code SPECTRO_PACK_1_REFERENCE} and so on for each, and
     * {@code SPECTRO_PACK_COUNT}. Not for more than a hundred, because programs cannot be started with an environment of any size.
     * Pipelines have the step's result instead.
     */
    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars variables) {
        if (!(run instanceof AbstractBuild)) {
            return;
        }
        int number = 0;
        for (PublishedPack pack : getPacks()) {
            number++;
            if (number <= MAXIMUM_NUMBERED) {
                set(variables, "SPECTRO_PACK_" + number + "_", pack);
            }
            set(variables, "SPECTRO_PACK_", pack);
        }
        if (number > 0) {
            variables.put("SPECTRO_PACK_COUNT", Integer.toString(number));
        }
    }

    private static void set(EnvVars variables, String prefix, PublishedPack pack) {
        String[][] values = {
            {"NAME", pack.getName()},
            {"VERSION", pack.getVersion()},
            {"STATUS", pack.getStatus()},
            {"PALETTE_STATUS", pack.getPaletteStatus()},
            {"REFERENCE", pack.getReference()},
            {"PINNED_REFERENCE", pack.getPinnedReference()},
            {"DIGEST", pack.getDigest()}
        };
        for (String[] value : values) {
            variables.put(prefix + value[0], value[1] == null ? "" : value[1]);
        }
    }

    /** Null, so that there is no link to an empty page, while no pack has come to its end. */
    @Override
    public String getIconFileName() {
        return isShown() ? "symbol-cube" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.PublishedPacksAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "spectro-packs";
    }
}
