package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Watches a list that a registry gives page by page: it may never end, and must not be followed for ever, nor fill the memory. */
final class Pages {

    /** Of one repository or registry; ECR has quotas of as many. */
    private static final int MOST_NAMES = 100_000;

    private static final int MOST_PAGES = 10_000;

    private final String what;
    private final Set<String> seen = new HashSet<>();
    private int names;

    /**
     * Begins with no page.
     *
     * @param what asked whom, as the beginning of a sentence that goes on with what is wrong
     */
    Pages(String what) {
        this.what = what;
    }

    /**
     * Notes where the next page is.
     *
     * @throws RegistryException if it was there already, or is one too many
     */
    void next(String place) throws RegistryException {
        if (!seen.add(Digests.sha256(place.getBytes(StandardCharsets.UTF_8)))) {
            throw failed("gave a page again, so its list never ends");
        }
        if (seen.size() > MOST_PAGES) {
            throw failed("gave more than " + MOST_PAGES + " pages");
        }
    }

    /**
     * Notes names that are kept.
     *
     * @throws RegistryException if they are too many by now
     */
    void names(int more) throws RegistryException {
        names += more;
        if (names > MOST_NAMES) {
            throw failed("named more than " + MOST_NAMES);
        }
    }

    private RegistryException failed(String how) {
        return RegistryException.permanent(what + " " + how + ".");
    }
}
