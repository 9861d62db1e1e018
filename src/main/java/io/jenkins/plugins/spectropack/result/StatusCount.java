package io.jenkins.plugins.spectropack.result;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How many packs of a page have one status. */
@Restricted(NoExternalUse.class)
public final class StatusCount {

    private final long count;
    private final String words;
    private final String tone;

    StatusCount(long count, String words, String tone) {
        this.count = count;
        this.words = words;
        this.tone = tone;
    }

    /** How many. */
    public long getCount() {
        return count;
    }

    /** The status within a sentence. */
    public String getWords() {
        return words;
    }

    /** How it is to look, as {@link PackRow#getStatusTone} says. */
    public String getTone() {
        return tone;
    }
}
