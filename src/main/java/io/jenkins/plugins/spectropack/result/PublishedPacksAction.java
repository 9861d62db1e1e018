package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.AbstractBuild;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build published, copied and retired, on its page, in its REST API and, for later steps of a freestyle build, in the environment. There
 * is one for each build, however many steps and branches add to it.
 */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class PublishedPacksAction implements EnvironmentContributingAction {

    private static final int SHORT_DIGEST = "sha256:".length() + 12;

    /** How many findings a build keeps, whatever its packs hold. */
    private static final int MAXIMUM_FINDINGS = 1_000;

    /** How many packs have variables of their own. */
    private static final int MAXIMUM_NUMBERED = 100;

    // Parallel branches add to them while others save the build.
    private final List<StepRecord> steps = new CopyOnWriteArrayList<>();

    private PublishedPacksAction() {}

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
    synchronized StepRecord step(@CheckForNull String id, String title) {
        return steps.stream()
                .filter(step -> id != null && id.equals(step.id()))
                .findFirst()
                .orElseGet(() -> {
                    StepRecord step = new StepRecord(id, title);
                    steps.add(step);
                    return step;
                });
    }

    /** Keeps how a step ended, and as many of its findings as there is room for. */
    synchronized List<PublishedPack> ended(StepRecord step, PublishResult result) {
        Set<PackFinding> others = new HashSet<>();
        steps.stream().filter(other -> other != step).forEach(other -> others.addAll(other.getFindings()));
        return step.ended(result, others, Math.max(0, MAXIMUM_FINDINGS - others.size()));
    }

    /** What each step published, copied or retired, in the order in which they began. */
    public List<StepRecord> getSteps() {
        return steps.stream().filter(step -> !step.isEmpty()).toList();
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
    public int getMoreFindings() {
        return steps.stream().mapToInt(StepRecord::getMoreFindings).sum();
    }

    /** What went wrong with Palette after packs were published, in the order in which steps began. */
    @Exported(name = "paletteProblems", visibility = 2)
    public List<String> getPaletteProblems() {
        return steps.stream()
                .map(StepRecord::getPaletteProblem)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether Palette was to be asked about any of the packs. */
    public boolean isPaletteUsed() {
        return getPacks().stream().anyMatch(pack -> pack.getPaletteStatus() != null);
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

    /** What became of versions that were looked at to retire them, for the REST API. */
    @Exported(name = "retired", visibility = 2)
    public List<Map<String, Object>> getExportedRetired() {
        return steps.stream()
                .flatMap(step -> step.getRetired().stream())
                .map(RetiredPack::toMap)
                .toList();
    }

    /** A size in words; null for an unknown one. */
    @CheckForNull
    public String archiveSize(PublishedPack pack) {
        return pack.getArchiveSize() == null ? null : Sizes.text(pack.getArchiveSize());
    }

    /** The beginning of a manifest's digest, enough to tell two apart; null for an unknown one. */
    @CheckForNull
    public String shortDigest(PublishedPack pack) {
        String digest = pack.getDigest();
        return digest == null ? null : digest.substring(0, Math.min(digest.length(), SHORT_DIGEST)) + "…";
    }

    /** The symbol that stands for how much a finding matters. */
    @NonNull
    public String icon(PackFinding finding) {
        return finding.isWarning() ? "symbol-status-yellow" : "symbol-status-red";
    }

    /** The symbol that stands for a pack's status, also for one that only another version of this plugin knows. */
    @NonNull
    public String icon(PublishedPack pack) {
        if (pack.is(PublishedPack.Status.FAILED)) {
            return "symbol-status-red";
        }
        return pack.isInRegistry() ? "symbol-status-blue" : "symbol-status-disabled";
    }

    /** The symbol that stands for what became of a version. */
    @NonNull
    public String icon(RetiredPack pack) {
        if (pack.is(RetiredPack.Status.FAILED)) {
            return "symbol-status-red";
        }
        return pack.is(RetiredPack.Status.RETIRED) ? "symbol-status-blue" : "symbol-status-disabled";
    }

    /** The symbol that stands for what Palette says of a pack; null if it was not to be asked. */
    @CheckForNull
    public String paletteIcon(PublishedPack pack) {
        String status = pack.getPaletteStatus();
        if (status == null) {
            return null;
        }
        if (status.equals(PaletteStatus.LISTED.name())) {
            return "symbol-status-blue";
        }
        return status.equals(PaletteStatus.NOT_LISTED.name()) ? "symbol-status-yellow" : "symbol-status-disabled";
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

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.PublishedPacksAction_displayName();
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
