package io.jenkins.plugins.spectropack.result;

import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import hudson.XmlFile;
import hudson.model.Job;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.spectropack.engine.publish.KeptValues;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The newest versions that a job's builds published, in a small file beside the job's configuration: builds need not be loaded to
 * know it, and it outlives them.
 */
final class LatestPacks {

    private static final String FILE = "spectro-packs.xml";
    private static final int MAXIMUM_PACKS = 10_000;
    private static final XStream2 XML = new XStream2();

    static {
        XML.alias("latest-packs", LatestPacks.class);
        XML.registerConverter(new Xml());
    }

    // By name and registry, sorted.
    private final Map<String, LatestPack> packs = new TreeMap<>();

    private LatestPacks() {}

    /** Whether any build of a job published a pack. Reads nothing. */
    static boolean isThere(Job<?, ?> job) {
        return file(job).exists();
    }

    private static XmlFile file(Job<?, ?> job) {
        return new XmlFile(XML, new File(job.getRootDir(), FILE));
    }

    /** Those of a job; none if nothing was published. */
    static Collection<LatestPack> of(Job<?, ?> job) throws IOException {
        return List.copyOf(read(job).packs.values());
    }

    private static LatestPacks read(Job<?, ?> job) throws IOException {
        XmlFile file = file(job);
        return file.exists() ? (LatestPacks) file.read() : new LatestPacks();
    }

    /** Adds what the steps of a build published, and marks what they retired, in the order in which they began. */
    static synchronized void add(Run<?, ?> build, List<StepRecord> steps) throws IOException {
        if (steps.stream()
                .allMatch(step -> published(step).isEmpty() && retired(step).isEmpty())) {
            return;
        }
        LatestPacks latest = read(build.getParent());
        for (StepRecord step : steps) {
            published(step)
                    .forEach(pack -> latest.add(new LatestPack(pack, build.getNumber(), build.getTimeInMillis())));
            Set<String> gone = retired(step);
            latest.packs.replaceAll((key, pack) ->
                    gone.contains(pack.getPack().getReference()) ? pack.retired(build.getNumber()) : pack);
        }
        if (!latest.packs.isEmpty()) {
            file(build.getParent()).write(latest);
        }
    }

    private static List<PublishedPack> published(StepRecord step) {
        return step.getPacks().stream().filter(PublishedPack::isInRegistry).toList();
    }

    /** The references that a step deleted. */
    private static Set<String> retired(StepRecord step) {
        return step.getRetired().stream()
                .filter(pack -> pack.is(RetiredPack.Status.RETIRED))
                .map(RetiredPack::getReference)
                .collect(Collectors.toSet());
    }

    private void add(LatestPack now) {
        LatestPack before = packs.get(now.key());
        if (before != null) {
            packs.put(now.key(), before.after(now));
        } else if (packs.size() < MAXIMUM_PACKS) {
            packs.put(now.key(), now);
        }
    }

    /** One element a pack, its values as attributes. */
    private static final class Xml implements Converter {

        @Override
        public boolean canConvert(Class type) {
            return type == LatestPacks.class;
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            for (LatestPack latest : ((LatestPacks) source).packs.values()) {
                writer.startNode("pack");
                writer.addAttribute("build", Integer.toString(latest.getBuild()));
                writer.addAttribute("time", Long.toString(latest.getTime()));
                if (latest.getRetiredBy() != 0) {
                    writer.addAttribute("retired", Integer.toString(latest.getRetiredBy()));
                }
                KeptValues.of(latest.getPack()).forEach(writer::addAttribute);
                writer.endNode();
            }
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            LatestPacks latest = new LatestPacks();
            while (reader.hasMoreChildren()) {
                reader.moveDown();
                String retired = reader.getAttribute("retired");
                LatestPack pack = new LatestPack(
                        KeptValues.pack(reader::getAttribute),
                        Integer.parseInt(reader.getAttribute("build")),
                        Long.parseLong(reader.getAttribute("time")),
                        retired == null ? 0 : Integer.parseInt(retired));
                latest.packs.put(pack.key(), pack);
                reader.moveUp();
            }
            return latest;
        }
    }
}
