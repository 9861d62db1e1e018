package io.jenkins.plugins.spectropack.result;

import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import io.jenkins.plugins.spectropack.engine.publish.ValidateResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What one step of a build published, copied or retired, and found, as the build keeps it. It grows while the step works, so that
 * what is in the registry is known however the step ends, and one that starts over goes on with it. {@link StepXml} writes it.
 */
@Restricted(NoExternalUse.class)
public final class StepRecord {

    /** How many packs are kept, so that the build's file cannot grow without limit. */
    private static final int MAXIMUM_PACKS = 10_000;

    private final String id;
    // A build is saved while its steps add to this, and an agent may tell of thousands of packs one by one.
    private final List<PublishedPack> packs = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final List<PackFinding> findings = new CopyOnWriteArrayList<>();
    private final Map<String, RetiredPack> retired = new LinkedHashMap<>();
    private long moreFindings;
    private String paletteProblem;
    private String check;

    StepRecord(String id) {
        this.id = id;
    }

    /** What tells the step from others of the same build, also after a restart. */
    String id() {
        return id;
    }

    /** The packs that have come to their end; in the order in which they were named once the step has ended. */
    public synchronized List<PublishedPack> getPacks() {
        return List.copyOf(packs);
    }

    /** What became of versions that the step looked at to retire them; of those only that have come to their end, until it ends. */
    public synchronized List<RetiredPack> getRetired() {
        return List.copyOf(retired.values());
    }

    /** What was found in the packs, up to a limit. */
    public List<PackFinding> getFindings() {
        return List.copyOf(findings);
    }

    /** How many more findings there were. */
    public long getMoreFindings() {
        return moreFindings;
    }

    /** What went wrong with Palette; null if nothing did. */
    @CheckForNull
    public String getPaletteProblem() {
        return paletteProblem;
    }

    /** How many packs were checked and what was found, in a sentence; null unless the step only checked. */
    @CheckForNull
    public String getCheck() {
        return check;
    }

    /** Whether there is nothing to show yet. */
    synchronized boolean isEmpty() {
        return packs.isEmpty() && retired.isEmpty() && findings.isEmpty() && check == null;
    }

    /** Keeps a pack that has come to its end while others are under way. */
    synchronized void ended(PublishedPack pack) {
        Integer place = places.get(key(pack));
        if (place != null) {
            packs.set(place, pack.after(packs.get(place)));
        } else if (packs.size() < MAXIMUM_PACKS) {
            add(pack);
        }
    }

    private void add(PublishedPack pack) {
        places.putIfAbsent(key(pack), packs.size());
        packs.add(pack);
    }

    /**
     * Keeps how the step ended.
     *
     * @param known findings that other steps of the build have kept: a pack that goes to two registries is checked twice
     * @param room for findings; more are counted only
     * @return its packs, where one that this step sent before it started over counts as sent
     */
    synchronized List<PublishedPack> ended(PublishResult result, Set<PackFinding> known, int room) {
        Map<String, PublishedPack> before = new LinkedHashMap<>();
        packs.forEach(pack -> before.put(key(pack), pack));
        List<PublishedPack> merged = new ArrayList<>();
        for (PublishedPack pack : result.packs()) {
            PublishedPack earlier = before.get(key(pack));
            merged.add(earlier == null ? pack : pack.after(earlier));
        }
        packs.clear();
        places.clear();
        merged.stream().limit(MAXIMUM_PACKS).forEach(this::add);
        keep(result.findings(), known, room);
        paletteProblem = result.paletteProblem().orElse(null);
        return merged;
    }

    /** Keeps a version that was to go and has come to its end while others are still to go. */
    synchronized void retired(RetiredPack pack) {
        if (retired.containsKey(pack.getReference()) || retired.size() < MAXIMUM_PACKS) {
            retired.put(pack.getReference(), pack);
        }
    }

    /** Keeps what became of all versions, and of those that went before the step started over. */
    synchronized void retired(List<RetiredPack> all) {
        Map<String, RetiredPack> merged = new LinkedHashMap<>();
        all.forEach(pack -> merged.put(pack.getReference(), pack));
        retired.values().stream()
                .filter(pack -> pack.is(RetiredPack.Status.RETIRED))
                .forEach(pack -> merged.putIfAbsent(pack.getReference(), pack));
        retired.clear();
        merged.values().stream().limit(MAXIMUM_PACKS).forEach(pack -> retired.put(pack.getReference(), pack));
    }

    /** Keeps what a step found that only checks. */
    synchronized void checked(ValidateResult result, Set<PackFinding> known, int room) {
        keep(result.findings(), known, room);
        check = result.summary();
    }

    private void keep(List<PackFinding> found, Set<PackFinding> known, int room) {
        Set<PackFinding> distinct = new LinkedHashSet<>(found);
        distinct.removeAll(known);
        findings.clear();
        findings.addAll(distinct.stream().limit(room).toList());
        moreFindings = distinct.stream()
                .skip(findings.size())
                .mapToLong(PackFinding::getCount)
                .sum();
    }

    private static String key(PublishedPack pack) {
        return pack.getName() == null ? pack.getFolder() + "/" : pack.getName() + ":" + pack.getVersion();
    }

    /** Writes a record into the build's file. XStream finds it by its name. */
    public static final class ConverterImpl implements Converter {

        @Override
        public boolean canConvert(Class type) {
            return type == StepRecord.class;
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            StepRecord step = (StepRecord) source;
            StepXml.attribute(writer, "id", step.id);
            StepXml.attribute(writer, "check", step.check);
            StepXml.attribute(writer, "paletteProblem", step.paletteProblem);
            if (step.moreFindings > 0) {
                StepXml.attribute(writer, "moreFindings", Long.toString(step.moreFindings));
            }
            StepXml.write(new StepXml.Content(step.getPacks(), step.getFindings(), step.getRetired()), writer, context);
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            StepRecord step = new StepRecord(reader.getAttribute("id"));
            step.check = reader.getAttribute("check");
            step.paletteProblem = reader.getAttribute("paletteProblem");
            String more = reader.getAttribute("moreFindings");
            step.moreFindings = more == null ? 0 : Long.parseLong(more);
            StepXml.Content content = StepXml.read(reader, context);
            content.packs().forEach(step::add);
            step.findings.addAll(content.findings());
            content.retired().forEach(pack -> step.retired.put(pack.getReference(), pack));
            return step;
        }
    }
}
