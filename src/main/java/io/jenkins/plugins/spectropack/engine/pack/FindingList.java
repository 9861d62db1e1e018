package io.jenkins.plugins.spectropack.engine.pack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was found in one pack: so many findings of a file and of the pack, the rest counted, so that neither a log nor a build's
 * record grows with what somebody puts into a pack.
 */
final class FindingList {

    static final int PER_FILE = 100;
    static final int PER_PACK = 500;

    private static final String OTHER_FILES = ".";

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Integer> files = new HashMap<>();
    private final Map<Place, Long> more = new LinkedHashMap<>();

    private record Place(Rule rule, String file) {}

    /**
     * Adds a finding, or counts it.
     *
     * @param finding is made only if it is kept
     */
    void add(Rule rule, String file, Supplier<Finding> finding) {
        int inFile = files.getOrDefault(file, 0);
        if (inFile >= PER_FILE) {
            more.merge(new Place(rule, file), 1L, Long::sum);
        } else if (findings.size() >= PER_PACK) {
            more.merge(new Place(rule, OTHER_FILES), 1L, Long::sum);
        } else {
            files.put(file, inFile + 1);
            findings.add(finding.get());
        }
    }

    /** Counts findings that nobody kept. */
    void more(Rule rule, String file, long count) {
        if (count > 0) {
            boolean named = files.containsKey(file) || findings.size() < PER_PACK;
            more.merge(new Place(rule, named ? file : OTHER_FILES), count, Long::sum);
        }
    }

    void add(Finding finding) {
        add(finding.rule(), finding.file(), () -> finding);
    }

    /** What was kept, then one finding for all that were only counted of a rule in a file. */
    List<Finding> all() {
        List<Finding> all = new ArrayList<>(findings);
        more.forEach((place, count) -> all.add(Finding.more(place.rule(), place.file(), count)));
        return all;
    }
}
