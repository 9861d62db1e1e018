package io.jenkins.plugins.spectropack.result;

import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import io.jenkins.plugins.spectropack.engine.publish.KeptValues;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes what a step's record holds so that a build with a thousand packs stays a small file: one element a pack or finding, its
 * values as attributes, without what follows from others. The registry's host and what the repository begins with are written
 * where they change.
 */
final class StepXml {

    private static final String PACK = "pack";
    private static final String FINDING = "finding";
    private static final String RETIRED = "retired";
    private static final String HOST = "host";
    private static final String BASE = "base";
    private static final String REPOSITORY = "repository";

    private StepXml() {}

    /** What is written as elements. */
    record Content(List<PublishedPack> packs, List<PackFinding> findings, List<RetiredPack> retired) {}

    static void write(Content content, HierarchicalStreamWriter writer, MarshallingContext context) {
        String host = "";
        String base = "";
        for (PublishedPack pack : content.packs()) {
            Map<String, String> values = KeptValues.of(pack);
            String itsHost = Objects.requireNonNullElse(values.remove(HOST), "");
            String itsBase = base(values);
            if (!itsHost.equals(host)) {
                host = itsHost;
                values.put(HOST, host);
            }
            if (!itsBase.equals(base)) {
                base = itsBase;
                values.put(BASE, base);
            }
            write(writer, PACK, values);
        }
        content.findings().forEach(finding -> write(writer, FINDING, KeptValues.of(finding)));
        for (RetiredPack pack : content.retired()) {
            writer.startNode(RETIRED);
            context.convertAnother(pack);
            writer.endNode();
        }
    }

    /** Takes out what the repository begins with; empty if there is none, or if it does not end with the pack's name. */
    private static String base(Map<String, String> values) {
        String repository = values.get(REPOSITORY);
        String name = values.get("name");
        if (repository == null || name == null || !repository.endsWith(name)) {
            return "";
        }
        values.remove(REPOSITORY);
        return repository.substring(0, repository.length() - name.length());
    }

    private static void write(HierarchicalStreamWriter writer, String element, Map<String, String> values) {
        writer.startNode(element);
        values.forEach((name, value) -> attribute(writer, name, value));
        writer.endNode();
    }

    static void attribute(HierarchicalStreamWriter writer, String name, String value) {
        if (value != null) {
            writer.addAttribute(name, value);
        }
    }

    static Content read(HierarchicalStreamReader reader, UnmarshallingContext context) {
        List<PublishedPack> packs = new ArrayList<>();
        List<PackFinding> findings = new ArrayList<>();
        List<RetiredPack> retired = new ArrayList<>();
        String host = "";
        String base = "";
        while (reader.hasMoreChildren()) {
            reader.moveDown();
            if (reader.getNodeName().equals(PACK)) {
                host = Objects.requireNonNullElse(reader.getAttribute(HOST), host);
                base = Objects.requireNonNullElse(reader.getAttribute(BASE), base);
                packs.add(pack(reader, host, base));
            } else if (reader.getNodeName().equals(FINDING)) {
                findings.add(KeptValues.finding(reader::getAttribute));
            } else if (reader.getNodeName().equals(RETIRED)) {
                retired.add((RetiredPack) context.convertAnother(null, RetiredPack.class));
            }
            reader.moveUp();
        }
        return new Content(packs, findings, retired);
    }

    private static PublishedPack pack(HierarchicalStreamReader reader, String host, String base) {
        return KeptValues.pack(name -> switch (name) {
            case HOST -> host.isEmpty() ? null : host;
            case REPOSITORY -> base.isEmpty() ? reader.getAttribute(name) : base + reader.getAttribute("name");
            default -> reader.getAttribute(name);
        });
    }
}
