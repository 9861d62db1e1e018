package io.jenkins.plugins.spectropack.result;

import com.thoughtworks.xstream.converters.Converter;
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
 * Writes a step's record so that a build with a thousand packs stays a small file: one element a pack or finding, its values as
 * attributes, without what follows from others. The registry's host and what the repository begins with are written where they
 * change.
 */
class StepXml implements Converter {

    private static final String PACK = "pack";
    private static final String FINDING = "finding";
    private static final String RETIRED = "retired";
    private static final String HOST = "host";
    private static final String BASE = "base";
    private static final String REPOSITORY = "repository";

    @Override
    public boolean canConvert(Class type) {
        return type == StepRecord.class;
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        StepRecord step = (StepRecord) source;
        attribute(writer, "id", step.id());
        attribute(writer, "title", step.getTitle());
        attribute(writer, "check", step.getCheck());
        attribute(writer, "paletteProblem", step.getPaletteProblem());
        if (step.getMoreFindings() > 0) {
            attribute(writer, "moreFindings", Integer.toString(step.getMoreFindings()));
        }
        String host = "";
        String base = "";
        for (PublishedPack pack : step.getPacks()) {
            Map<String, String> values = KeptValues.of(pack);
            String itsHost = Objects.requireNonNullElse(values.remove(HOST), "");
            String itsBase = base(values.remove(REPOSITORY), pack.getName());
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
        step.getFindings().forEach(finding -> write(writer, FINDING, KeptValues.of(finding)));
        for (RetiredPack pack : step.getRetired()) {
            writer.startNode(RETIRED);
            context.convertAnother(pack);
            writer.endNode();
        }
    }

    /** What a repository begins with; empty if there is none. */
    private static String base(String repository, String name) {
        return repository == null ? "" : repository.substring(0, repository.length() - name.length());
    }

    private static void write(HierarchicalStreamWriter writer, String element, Map<String, String> values) {
        writer.startNode(element);
        values.forEach((name, value) -> attribute(writer, name, value));
        writer.endNode();
    }

    private static void attribute(HierarchicalStreamWriter writer, String name, String value) {
        if (value != null) {
            writer.addAttribute(name, value);
        }
    }

    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        String id = reader.getAttribute("id");
        String title = reader.getAttribute("title");
        String check = reader.getAttribute("check");
        String paletteProblem = reader.getAttribute("paletteProblem");
        String more = reader.getAttribute("moreFindings");
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
        StepRecord step = new StepRecord(id, title, packs, findings);
        step.retired(retired);
        step.check(check);
        step.paletteProblem(paletteProblem);
        step.moreFindings(more == null ? 0 : Integer.parseInt(more));
        return step;
    }

    private static PublishedPack pack(HierarchicalStreamReader reader, String host, String base) {
        return KeptValues.pack(name -> switch (name) {
            case HOST -> host.isEmpty() ? null : host;
            case REPOSITORY -> base.isEmpty() ? null : base + reader.getAttribute("name");
            default -> reader.getAttribute(name);
        });
    }
}
