package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.AbstractBuild;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack.Status;
import io.jenkins.plugins.spectropack.engine.publish.Sizes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build published, on its page, in its REST API and, for later steps of a freestyle build, in the environment. There
 * is one for each build, however many steps and branches add to it.
 */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class PublishedPacksAction implements EnvironmentContributingAction {

    private static final int SHORT_DIGEST = "sha256:".length() + 12;

    // Parallel branches add to them while others save the build.
    private final List<PublishedPack> packs = new CopyOnWriteArrayList<>();
    private final List<PackFinding> findings = new CopyOnWriteArrayList<>();
    private final List<String> paletteProblems = new CopyOnWriteArrayList<>();

    private PublishedPacksAction() {}

    /** Adds packs, what was found in them and what is wrong with Palette, to a build's action and saves the build. */
    public static void add(
            Run<?, ?> run, List<PublishedPack> published, List<PackFinding> found, @CheckForNull String paletteProblem)
            throws IOException {
        synchronized (run) {
            PublishedPacksAction action = run.getAction(PublishedPacksAction.class);
            if (action == null) {
                action = new PublishedPacksAction();
                run.addAction(action);
            }
            action.packs.addAll(published);
            found.stream().filter(action::isNew).forEach(action.findings::add);
            if (paletteProblem != null) {
                action.paletteProblems.add(paletteProblem);
            }
        }
        run.save();
    }

    /** All packs, in the order in which steps ended. */
    public List<PublishedPack> getPacks() {
        return List.copyOf(packs);
    }

    /** A pack that is published to several registries is checked each time. */
    private boolean isNew(PackFinding finding) {
        return findings.stream().noneMatch(known -> known.toMap().equals(finding.toMap()));
    }

    /** What was found in the packs, in the order in which steps ended. */
    public List<PackFinding> getFindings() {
        return List.copyOf(findings);
    }

    /** What went wrong with Palette after packs were published, in the order in which steps ended. */
    @Exported(name = "paletteProblems", visibility = 2)
    public List<String> getPaletteProblems() {
        return List.copyOf(paletteProblems);
    }

    /** Whether Palette was to be asked about any of the packs. */
    public boolean isPaletteUsed() {
        return packs.stream().anyMatch(pack -> pack.getPaletteStatus() != null);
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

    /** The symbol that stands for a pack's status. */
    @NonNull
    public String icon(PublishedPack pack) {
        if (pack.isFailed()) {
            return "symbol-status-red";
        }
        return pack.is(Status.SKIPPED) || pack.is(Status.PLANNED) ? "symbol-status-disabled" : "symbol-status-blue";
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
     * {@code SPECTRO_PACK_COUNT}. Pipelines have the step's result instead.
     */
    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars variables) {
        if (!(run instanceof AbstractBuild)) {
            return;
        }
        int number = 0;
        for (PublishedPack pack : getPacks()) {
            number++;
            set(variables, "SPECTRO_PACK_" + number + "_", pack);
            set(variables, "SPECTRO_PACK_", pack);
        }
        variables.put("SPECTRO_PACK_COUNT", Integer.toString(number));
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
