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
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** Adds what a build published. */
    static synchronized void add(Run<?, ?> build, List<PublishedPack> published) throws IOException {
        List<PublishedPack> there =
                published.stream().filter(PublishedPack::isInRegistry).toList();
        if (there.isEmpty()) {
            return;
        }
        LatestPacks latest = read(build.getParent());
        for (PublishedPack pack : there) {
            LatestPack now = new LatestPack(pack, build.getNumber(), build.getTimeInMillis());
            LatestPack before = latest.packs.get(now.key());
            if (before != null) {
                latest.packs.put(now.key(), before.after(now));
            } else if (latest.packs.size() < MAXIMUM_PACKS) {
                latest.packs.put(now.key(), now);
            }
        }
        file(build.getParent()).write(latest);
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
                KeptValues.of(latest.getPack()).forEach(writer::addAttribute);
                writer.endNode();
            }
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            LatestPacks latest = new LatestPacks();
            while (reader.hasMoreChildren()) {
                reader.moveDown();
                LatestPack pack = new LatestPack(
                        KeptValues.pack(reader::getAttribute),
                        Integer.parseInt(reader.getAttribute("build")),
                        Long.parseLong(reader.getAttribute("time")));
                latest.packs.put(pack.key(), pack);
                reader.moveUp();
            }
            return latest;
        }
    }
}
