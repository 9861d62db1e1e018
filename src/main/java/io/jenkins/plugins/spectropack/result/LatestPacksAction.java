package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Functions;
import hudson.Util;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.File;
import java.io.IOException;
import java.text.DateFormat;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A job's page with the newest version of each pack that its builds published. Whoever may see the job may see it. */
@ExportedBean
@Restricted(NoExternalUse.class)
public final class LatestPacksAction implements Action {

    private final Job<?, ?> job;

    LatestPacksAction(Job<?, ?> job) {
        this.job = job;
    }

    /** The job that the page is of. */
    public Job<?, ?> getJob() {
        return job;
    }

    /** What the page shows. */
    public LatestPacksView getView() throws IOException {
        return new LatestPacksView(LatestPacks.of(job));
    }

    /**
     * The rows of the page. Loads no build, and reads only.
     *
     * @param zone the time zone of who looks; empty for that of Jenkins
     */
    public HttpResponse doRows(@QueryParameter String zone) throws IOException {
        LatestPacksView view = getView();
        boolean placeShown = view.getPlaces().size() > 1;
        DateFormat dates = dates(zone);
        return new RowsResponse(
                false,
                view.isPaletteUsed(),
                view.getPacks().stream()
                        .map(latest -> row(latest, view.row(latest).toMap(placeShown), dates))
                        .toList());
    }

    /** As Jenkins shows dates to whoever asks. */
    private static DateFormat dates(@CheckForNull String zone) {
        DateFormat dates =
                DateFormat.getDateTimeInstance(DateFormat.MEDIUM, DateFormat.SHORT, Functions.getCurrentLocale());
        if (Util.fixEmpty(zone) != null) {
            dates.setTimeZone(TimeZone.getTimeZone(zone));
        }
        return dates;
    }

    private Map<String, Object> row(LatestPack latest, Map<String, Object> row, DateFormat dates) {
        row.put("time", latest.getTime());
        row.put("date", dates.format(latest.getDate()));
        row.put("build", latest.getBuild());
        if (new File(job.getBuildDir(), Integer.toString(latest.getBuild())).isDirectory()) {
            row.put("buildName", "#" + latest.getBuild());
            row.put("buildUrl", "../" + latest.getBuild() + "/spectro-packs/");
        } else {
            row.put("deleted", latest.getBuild());
        }
        if (latest.getRetiredBy() != 0) {
            row.put("retired", Messages.LatestPacksAction_retired(latest.getRetiredBy()));
            row.remove("referenceToCopy");
            row.remove("pinnedToCopy");
        }
        return row;
    }

    /** The packs for the REST API. */
    @Exported(name = "packs")
    public List<Map<String, Object>> getExportedPacks() throws IOException {
        return LatestPacks.of(job).stream().map(LatestPack::toMap).toList();
    }

    /** The page in the REST API. */
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-cube";
    }

    @Override
    public String getDisplayName() {
        return Messages.LatestPacksAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "spectro-packs";
    }

    /** Adds the page to jobs that published something. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job target) {
            Job<?, ?> job = target;
            return LatestPacks.isThere(job) ? List.of(new LatestPacksAction(job)) : List.of();
        }
    }

    /** Takes what a build published when it ends. */
    @Extension
    public static final class Collector extends RunListener<Run<?, ?>> {

        @Override
        public void onCompleted(Run<?, ?> run, @NonNull TaskListener listener) {
            PublishedPacksAction action = run.getAction(PublishedPacksAction.class);
            if (action == null) {
                return;
            }
            try {
                LatestPacks.add(run, action.getSteps());
            } catch (IOException | RuntimeException e) {
                // The build is done, and has said what it published.
                listener.getLogger().println(Messages.LatestPacksAction_notKept(Reasons.of(e)));
            }
        }
    }
}
