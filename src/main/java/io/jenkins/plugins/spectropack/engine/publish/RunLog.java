package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run as a whole writes to the log, so that it reads well with one pack and with hundreds: first what goes where, at the end
 * what became of it. In between stands one line a pack.
 */
final class RunLog {

    /** More warnings are counted; whoever wants each asks for details. */
    private static final int MAXIMUM_WARNINGS = 20;

    private static final double NANOS_OF_A_SECOND = 1e9;
    private static final long SECONDS_OF_A_MINUTE = 60;
    private static final long SECONDS_OF_AN_HOUR = 3600;

    private final PublishListener listener;
    private final long begun = System.nanoTime();
    private int warnings;
    private long hidden;

    RunLog(PublishListener listener) {
        this.listener = listener;
    }

    /** What goes where, and as whom. */
    void found(int packs, RegistryTarget target, boolean dryRun) {
        listener.log((packs == 1 ? "1 pack found; it goes to " : packs + " packs found; they go to ")
                + target.describe() + "." + (dryRun ? " This is a dry run: nothing is changed there." : ""));
    }

    /** What the check found. */
    void finding(PackFinding finding) {
        if (!finding.isWarning() || ++warnings <= MAXIMUM_WARNINGS) {
            listener.log(finding.toString());
        } else {
            hidden += finding.getCount();
            listener.detail(finding.toString());
        }
    }

    /** How the check ended. */
    void checked(String summary) {
        if (hidden > 0) {
            listener.log(
                    hidden == 1
                            ? "1 more warning is shown with " + Setting.VERBOSE.words() + " only."
                            : hidden + " more warnings are shown with " + Setting.VERBOSE.words() + " only.");
        }
        listener.log(summary);
    }

    /** What became of the packs: how many, how much, how long, and each that failed once more, since its own line is far above. */
    void ended(List<PublishedPack> packs) {
        Map<PublishedPack.Status, Integer> counts = new EnumMap<>(PublishedPack.Status.class);
        packs.forEach(pack -> counts.merge(pack.status(), 1, Integer::sum));
        listener.log(counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().words())
                .collect(Collectors.joining(", ", packs.size() == 1 ? "1 pack: " : packs.size() + " packs: ", ".")));
        long sent = packs.stream()
                .filter(pack -> pack.is(PublishedPack.Status.PUBLISHED) || pack.is(PublishedPack.Status.OVERWRITTEN))
                .mapToLong(PublishedPack::getArchiveSize)
                .sum();
        listener.log((sent == 0 ? "Nothing was sent" : "Archives of " + Sizes.text(sent) + " were sent") + " in "
                + time((System.nanoTime() - begun) / NANOS_OF_A_SECOND) + ".");
        if (packs.size() > 1) {
            packs.stream()
                    .filter(PublishedPack::isFailed)
                    .forEach(pack -> listener.log(
                            "Failed: " + pack.getName() + ":" + pack.getVersion() + ". " + pack.getError()));
        }
    }

    private static String time(double seconds) {
        if (seconds < SECONDS_OF_A_MINUTE) {
            return Sizes.oneDecimal(seconds) + " s";
        }
        long whole = Math.round(seconds);
        return whole < SECONDS_OF_AN_HOUR
                ? whole / SECONDS_OF_A_MINUTE + " min " + whole % SECONDS_OF_A_MINUTE + " s"
                : whole / SECONDS_OF_AN_HOUR + " h " + whole % SECONDS_OF_AN_HOUR / SECONDS_OF_A_MINUTE + " min";
    }
}
