package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Which versions go. Checked where it is made; travels from the controller to the agent. One of three: the versions that are
 * named, all but the newest of each pack, or those that were pushed long ago.
 *
 * @param packs versions for the first, packs for the others; none for all packs
 * @param keepNewest how many versions of each pack stay, the newest ones; 0 if that does not count
 * @param olderThanDays how many days ago what goes was pushed at least; 0 if that does not count
 * @param dryRun whether it is only said what would go
 * @param startsOver whether this was begun before, so that a version that is named and not there may have gone by that
 */
public record RetireSettings(
        List<PackSelector> packs, int keepNewest, int olderThanDays, boolean dryRun, boolean startsOver)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Checks all of it.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public RetireSettings {
        packs = List.copyOf(packs);
        problem(packs, keepNewest, olderThanDays).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** The same for the first try. */
    public RetireSettings(List<PackSelector> packs, int keepNewest, int olderThanDays, boolean dryRun) {
        this(packs, keepNewest, olderThanDays, dryRun, false);
    }

    /** Says what does not fit together; empty if all does. */
    public static Optional<String> problem(List<PackSelector> packs, int keepNewest, int olderThanDays) {
        boolean versions = packs.stream().anyMatch(PackSelector::isOne);
        if (keepNewest < 0 || olderThanDays < 0) {
            return Optional.of(
                    (keepNewest < 0 ? Setting.KEEP_NEWEST : Setting.OLDER_THAN).words() + " must be at least 1.");
        }
        if (keepNewest > 0 && olderThanDays > 0 || versions && (keepNewest > 0 || olderThanDays > 0)) {
            return Optional.of("Say one of three: the versions that go as NAME:VERSION, how many of the newest stay ("
                    + Setting.KEEP_NEWEST.words() + "), or how many days old what goes is ("
                    + Setting.OLDER_THAN.words() + ").");
        }
        if (keepNewest == 0 && olderThanDays == 0) {
            if (packs.isEmpty() || !packs.stream().allMatch(PackSelector::isOne)) {
                return Optional.of(
                        "It is not said which versions go. Give NAME:VERSION, or how many of the newest stay as "
                                + Setting.KEEP_NEWEST.words() + ", or how many days old what goes is as "
                                + Setting.OLDER_THAN.words() + ".");
            }
        }
        return Optional.empty();
    }
}
